"""Making the lists: what falls due is written once, its case opened with what is known, and those concerned are told."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laksana.cases import actions
from laksana.cases.errors import Refused
from laksana.cases.models import Case
from laksana.library.kepegawaian.penjagaan.employees import Employee, employees
from laksana.library.kepegawaian.penjagaan.finding import FINDERS, Due
from laksana.library.kepegawaian.penjagaan.models import DueRow
from laksana.library.kepegawaian.riwayat.rights import KEEPERS
from laksana.library.tables import tables_read
from laksana.notices.services import notify_many
from laksana.people.models import Person
from laksana.people.services import holders
from laksana.sop.law import law_of
from laksana.sop.rules import get
from laksana.worktime.zone import local_day

NOTICE = "penjagaan"


@dataclass(frozen=True)
class _Found:
    employee: Employee
    due: Due
    checked: bool


def make_lists(at: datetime) -> int:
    """List what falls due on the day of `at` and is not listed yet, and open its cases; return the rows added.

    It may be called as often as one likes, by several workers at once: a row is written together with its case, and once.
    """
    added = [row for found in _unlisted(at) if (row := _list(found, at))]
    _tell(added, at)
    return len(added)


def _unlisted(at: datetime) -> list[_Found]:
    listed = set(DueRow.objects.values_list("person", "kind", "key"))
    found = (each for employee in employees(local_day(at)) for each in _due(employee, at))
    return [each for each in found if (each.employee.person.pk, each.due.kind, each.due.key) not in listed]


def _due(employee: Employee, at: datetime) -> Iterator[_Found]:
    for find in FINDERS:
        with law_of(local_day(at)), tables_read() as tables:
            found = list(find(employee, local_day(at)))
        for due in found:
            known = all(table.origin.checked for table in tables.values())
            yield _Found(employee, due, get(due.rule).checked and known)


def _list(found: _Found, at: datetime) -> DueRow | None:
    """Write a row with its case, in one transaction; None where another worker has just done so."""
    due, person = found.due, found.employee.person
    try:
        with transaction.atomic():
            row = DueRow.objects.create(
                person=person, kind=due.kind, key=due.key, due=due.due, act_by=due.act_by, why=due.why[:500],
                rule=due.rule, checked=found.checked, listed_at=at,
            )  # fmt: skip
            row.case = _case(found, at)
            if row.case is not None:
                row.save(update_fields=["case"])
            return row
    except IntegrityError:
        return None


def _case(found: _Found, at: datetime) -> Case | None:
    """Return the case for what is due: one that somebody has opened already, else a new one; None where no case is asked."""
    due = found.due
    if not due.procedure:
        return None
    if (open_already := _opened(due)) is not None:
        return open_already
    initiator = found.employee.person if due.own else None
    try:
        return actions.open_known(due.procedure, at, due.known, initiator=initiator)
    except Refused:
        return None  # the procedure is not in force: the row stands without a case


def _opened(due: Due) -> Case | None:
    same = {f"data__{name}": value for name, value in due.same.items()}
    cases = Case.objects.filter(procedure=due.procedure, **same).exclude(state=Case.State.CANCELLED)
    return cases.order_by("pk").last()


def _tell(rows: Iterable[DueRow], at: datetime) -> None:
    """Tell who keeps the lists how much is new, and each employee that something of his own waits for him."""
    rows = list(rows)
    if not rows:
        return
    labels = {kind: str(DueRow.Kind(kind).label) for kind in DueRow.Kind.values}
    counts = Counter(row.kind for row in rows)
    told = ", ".join(f"{labels[kind]} {count}" for kind, count in counts.items())
    text = ngettext(
        "New on the lists of what falls due: %(told)s.",
        "New on the lists of what falls due: %(told)s.",
        len(rows),
    )
    keepers: list[Person] = list(
        dict.fromkeys(each for desk in sorted(KEEPERS) for each in holders(desk, at))
    )
    notify_many(keepers, NOTICE, text % {"told": told}, reverse("workspace:due-lists"), at)
    own = {row.person_id: row for row in rows if row.kind in (DueRow.Kind.CHILD, DueRow.Kind.QUARTER)}
    for row in own.values():
        url = row.case.get_absolute_url() if row.case else reverse("workspace:home")
        text = _("Falls due for you on %(day)s: %(what)s.") % {
            "day": f"{row.due:%d-%m-%Y}",
            "what": row.get_kind_display(),
        }
        notify_many([row.person_id], NOTICE, text, url, at)
