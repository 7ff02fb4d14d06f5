"""The office at one instant: what runs, what is late, and at which unit it waits.

Counted by unit, never by person: an office mends its SOPs by it, it does not rank its people.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from laksana.cases.models import Case, WorkItem
from laksana.people.services import units_of_desks
from laksana.worktime.zone import day_begins, local_day


@dataclass(frozen=True)
class UnitLoad:
    """What waits at the desks of one unit."""

    unit: str
    name: str
    waiting: int
    late: int
    oldest: datetime | None
    """When the item that has waited longest was opened."""

    def with_(self, other: "UnitLoad") -> "UnitLoad":
        """Return both together."""
        oldest = min((at for at in (self.oldest, other.oldest) if at), default=None)
        return replace(self, waiting=self.waiting + other.waiting, late=self.late + other.late, oldest=oldest)


@dataclass(frozen=True)
class OfficeToday:
    """Cases running, opened and ended today, items that wait and are late; units with most that is late first."""

    running: int
    opened: int
    ended: int
    waiting: int
    late: int
    units: tuple[UnitLoad, ...]


def office_today(at: datetime) -> OfficeToday:
    """Return how the office stands at an instant; a handful of queries however many cases there are."""
    morning = day_begins(local_day(at))
    cases: dict[str, Any] = Case.objects.aggregate(
        running=Count("pk", filter=Q(state=Case.State.RUNNING)),
        opened=Count("pk", filter=Q(opened_at__gte=morning, opened_at__lte=at)),
        ended=Count("pk", filter=Q(state=Case.State.ENDED, ended_at__gte=morning, ended_at__lte=at)),
    )
    loads = _by_unit(_by_desk(at))
    waiting, late = sum(load.waiting for load in loads), sum(load.late for load in loads)
    return OfficeToday(**cases, waiting=waiting, late=late, units=tuple(loads))


def waiting_longest(items: "QuerySet[WorkItem]", limit: int) -> "list[WorkItem]":
    """Return those of `items` that have been open longest, with their cases."""
    found = items.filter(state=WorkItem.State.OPEN).select_related("case__sop").order_by("opened_at", "pk")
    return list(found.defer("case__search_text", "case__sop__definition")[:limit])


def _by_desk(at: datetime) -> list[dict[str, Any]]:
    opened = WorkItem.objects.filter(state=WorkItem.State.OPEN).order_by().values("desk")
    late = Count("pk", filter=Q(due_at__lt=at))
    counted = opened.annotate(waiting=Count("pk"), late=late, oldest=Min("opened_at"))
    return [{**row} for row in counted]


def _by_unit(desks: Iterable[dict[str, Any]]) -> list[UnitLoad]:
    desks = list(desks)
    units = units_of_desks(desk["desk"] for desk in desks)
    found: dict[str, UnitLoad] = {}
    for desk in desks:
        code, name = units.get(desk["desk"], ("", ""))
        load = UnitLoad(code, name, desk["waiting"], desk["late"], desk["oldest"])
        found[code] = found[code].with_(load) if code in found else load
    return sorted(found.values(), key=lambda load: (-load.late, -load.waiting, load.name))
