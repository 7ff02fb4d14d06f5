"""What an action reads of its case."""

from collections import defaultdict
from typing import TypeVar

from django.db.models import QuerySet

from laksana.cases.engine.marking import ACTIVE
from laksana.cases.engine.past import Past
from laksana.cases.models import Case, Clock, Instance, WorkItem

R = TypeVar("R", WorkItem, Clock, Instance)


def locked_case(case_id: int) -> Case | None:
    """Return a case with its row locked until the transaction ends; None where there is none."""
    return Case.objects.select_for_update().filter(pk=case_id).first()


def active_items(case: Case) -> list[WorkItem]:
    """Return the work items that are open or wait, in the order in which they were opened."""
    items = list(WorkItem.objects.filter(case=case, state__in=ACTIVE).order_by("pk"))
    for item in items:
        item.case = case
    return items


def instances(case: Case) -> list[Instance]:
    """Return every instance of a case, finished ones too."""
    return list(Instance.objects.filter(case=case).order_by("pk"))


def running_clocks(case: Case) -> list[Clock]:
    """Return the clocks that have not stopped."""
    running = (Clock.State.RUNNING, Clock.State.PAUSED)
    return list(Clock.objects.filter(case=case, state__in=running).order_by("pk"))


def past(case: Case) -> list[Past]:
    """Return what was done, in order."""
    rows = WorkItem.objects.filter(case=case, state=WorkItem.State.DONE).order_by("done_at", "pk")
    return [Past(*row) for row in rows.values_list("step", "lane", "instance", "done_by_id")]


def by_case(rows: "QuerySet[R]") -> defaultdict[int, list[R]]:
    """Return rows by the key of their case."""
    found: defaultdict[int, list[R]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.case_id].append(row)
    return found
