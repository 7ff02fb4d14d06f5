"""What an action reads of its case."""

from collections import defaultdict
from typing import TypeVar

from django.db.models import QuerySet

from laksana.cases.engine.past import Past
from laksana.cases.models import Case, Clock, Instance, WorkItem
from laksana.prepared import Select, execute

R = TypeVar("R", WorkItem, Clock, Instance)
_CASE = Select(Case, "id = %s", locked=True)
_CASE_OF_ITEM = Select(Case, "id = (SELECT case_id FROM cases_workitem WHERE id = %s)", locked=True)
_ACTIVE = Select(WorkItem, "case_id = %s AND state IN ('terbuka', 'menunggu')")
_case_of = WorkItem._meta.get_field("case")
_INSTANCES = Select(Instance, "case_id = %s")
_PAST = (
    "SELECT step, lane, instance, done_by_id FROM cases_workitem"
    " WHERE case_id = %s AND state = 'selesai' ORDER BY done_at, id"
)
_CLOCKS = Select(Clock, "case_id = %s AND state IN ('jalan', 'jeda')")


def locked_case(case_id: int) -> Case | None:
    """Return a case with its row locked until the transaction ends; None where there is none."""
    return next(iter(_CASE(case_id)), None)


def locked_case_of(item_id: int) -> Case | None:
    """Return the case of a work item, locked; None where there is none."""
    return next(iter(_CASE_OF_ITEM(item_id)), None)


def active_items(case: Case) -> list[WorkItem]:
    """Return the work items that are open or wait, in the order in which they were opened."""
    items = _ACTIVE(case.pk)
    for item in items:
        _case_of.set_cached_value(item, case)
    return items


def instances(case: Case) -> list[Instance]:
    """Return every instance of a case, finished ones too."""
    return _INSTANCES(case.pk)


def running_clocks(case: Case) -> list[Clock]:
    """Return the clocks that have not stopped."""
    return _CLOCKS(case.pk)


def past(case: Case) -> list[Past]:
    """Return what was done, in order."""
    return [Past(*row) for row in execute(_PAST, [case.pk])]


def by_case(rows: "QuerySet[R]") -> defaultdict[int, list[R]]:
    """Return rows by the key of their case."""
    found: defaultdict[int, list[R]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.case_id].append(row)
    return found
