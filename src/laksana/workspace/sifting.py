"""How somebody sifts what waits for him: filters and grouping, as they stand in the address of the page and in a saved view."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from laksana.cases import services as cases
from laksana.cases.models import WorkItem
from laksana.sop.definition import Procedure
from laksana.workspace.duties import Duty, duty_of
from laksana.worktime.zone import OFFICE_ZONE, local_day


class Due(StrEnum):
    """When work falls due; the value stands in addresses."""

    LATE = "lewat"
    TODAY = "hari-ini"
    WEEK = "pekan-ini"
    LATER = "nanti"

    @property
    def label(self) -> Promise:
        """Return how a filter and the heading of a group name it."""
        return _DUE_LABELS[self]

    def span(self, at: datetime) -> tuple[datetime | None, datetime | None]:
        """Return from when on and before when such work is due; None where there is no end."""
        today = local_day(at)
        tomorrow = datetime.combine(today + timedelta(days=1), time.min, OFFICE_ZONE)
        monday = tomorrow + timedelta(days=6 - today.weekday())
        return {
            Due.LATE: (None, at),
            Due.TODAY: (at, tomorrow),
            Due.WEEK: (tomorrow, monday),
            Due.LATER: (monday, None),
        }[self]


_DUE_LABELS = {
    Due.LATE: _("late"),
    Due.TODAY: _("due today"),
    Due.WEEK: _("due this week"),
    Due.LATER: _("due later"),
}


class Desk(StrEnum):
    """On whose desk it lies: a common one from which nobody took it yet, or one's own."""

    SHARED = "bersama"
    OWN = "sendiri"

    @property
    def label(self) -> Promise:
        """Return how the filter names it."""
        return _DESK_LABELS[self]


_DESK_LABELS = {Desk.SHARED: _("on a shared desk"), Desk.OWN: _("mine alone")}


class Grouping(StrEnum):
    """What the list is grouped by."""

    PROCEDURE = "prosedur"
    URGENCY = "tenggat"
    UNIT = "unit"
    KIND = "jenis"

    @property
    def label(self) -> Promise:
        """Return how the choice names it."""
        return _GROUPING_LABELS[self]


_GROUPING_LABELS = {
    Grouping.PROCEDURE: _("by procedure"),
    Grouping.URGENCY: _("by urgency"),
    Grouping.UNIT: _("by unit in charge"),
    Grouping.KIND: _("by kind of case"),
}


@dataclass(frozen=True)
class Sifting:
    """The filters and the grouping; "" leaves one open. The names are those of the address."""

    tugas: str = ""
    sop: str = ""
    unit: str = ""
    jenis: str = ""
    tenggat: str = ""
    meja: str = ""
    kelompok: str = ""

    @classmethod
    def asked(cls, given: Mapping[str, str]) -> "Sifting":
        """Return what an address asks for; what is no choice is left out. `lewat=1` is the short way to what is late."""
        late = Due.LATE if given.get("lewat") == "1" else ""
        return cls(
            tugas=_one_of(Duty, given.get("tugas", "")),
            sop=given.get("sop", "")[:80],
            unit=given.get("unit", "")[:200],
            jenis=given.get("jenis", "")[:20],
            tenggat=_one_of(Due, given.get("tenggat", "")) or late,
            meja=_one_of(Desk, given.get("meja", "")),
            kelompok=_one_of(Grouping, given.get("kelompok", "")),
        )

    @property
    def query(self) -> str:
        """Return it as it stands in an address; "" for everything, ungrouped."""
        return urlencode(self.pairs)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return what is chosen, by the names of the address."""
        return [(name, value) for name, value in vars(self).items() if value]

    @property
    def is_narrowed(self) -> bool:
        """Return whether a filter leaves anything out."""
        return any(value for name, value in vars(self).items() if name != "kelompok")

    def sift(self, waiting: Iterable[cases.WaitingStep], at: datetime) -> cases.Sift:
        """Return it as `cases.sifted_inbox` takes it, from what waits, counted by step."""
        since, before = Due(self.tenggat).span(at) if self.tenggat else (None, None)
        shared = self.meja == Desk.SHARED if self.meja else None
        return cases.Sift(self._steps(waiting), since, before, shared)

    def _steps(self, waiting: Iterable[cases.WaitingStep]) -> list[tuple[int, str]] | None:
        """Return those of the waiting steps that are left; None without a filter that asks for the definition."""
        if not (self.tugas or self.sop or self.unit or self.jenis):
            return None
        return [(each.sop, each.step) for each in waiting if self._lets_through(each)]

    def _lets_through(self, waiting: cases.WaitingStep) -> bool:
        procedure = cases.definition_of_version(waiting.sop)
        return (
            self.sop in ("", procedure.id)
            and self.unit in ("", procedure.owner)
            and self.jenis in ("", procedure.kind)
            and self.tugas in ("", duty_of(procedure.step(waiting.step)))
        )


def _one_of(choices: type[StrEnum], given: str) -> str:
    return given if given in list(choices) else ""


@dataclass(frozen=True)
class Choice:
    """A value of a filter with how much waits under it."""

    value: str
    label: str
    waiting: int


@dataclass(frozen=True)
class Choices:
    """What the filters offer somebody: only what waits for him."""

    procedures: list[Choice]
    units: list[Choice]
    kinds: list[Choice]

    @classmethod
    def among(cls, waiting: Iterable[cases.WaitingStep]) -> "Choices":
        """Return the procedures that wait, those in charge of them and their kinds, in the order of the book."""
        counted: dict[str, tuple[Procedure, int]] = {}
        for each in waiting:
            procedure = cases.definition_of_version(each.sop)
            counted[procedure.id] = (procedure, counted.get(procedure.id, (procedure, 0))[1] + each.waiting)
        ordered = sorted(counted.values(), key=lambda found: _place(found[0]))
        return cls(
            [Choice(each.id, f"{each.code} {each.title}", number) for each, number in ordered],
            _summed((each.owner, number) for each, number in ordered),
            _summed((each.kind, number) for each, number in ordered),
        )


def _place(procedure: Procedure) -> tuple[str, int]:
    """Return where a procedure stands in the book: A.2 before A.10."""
    place = procedure.code.partition(".")[2]
    return procedure.section, int(place) if place.isdecimal() else 0


def _summed(rows: Iterable[tuple[str, int]]) -> list[Choice]:
    found: Counter[str] = Counter()
    for value, number in rows:
        found[value] += number
    return [Choice(value, value, number) for value, number in found.items()]


def group_of(item: WorkItem, grouping: Grouping, at: datetime) -> tuple[str, str]:
    """Return the group an item belongs to: what it is ordered by, and its heading."""
    if grouping is Grouping.URGENCY:
        due = next(each for each in Due if _falls(item, each, at))
        return str(list(Due).index(due)), str(due.label).capitalize()
    procedure = cases.definition(item.case)
    if grouping is Grouping.UNIT:
        return procedure.owner, procedure.owner
    if grouping is Grouping.KIND:
        return procedure.kind, procedure.kind.capitalize()
    section, place = _place(procedure)
    return f"{section}{place:04}", f"{procedure.code} {procedure.title}"


def _falls(item: WorkItem, due: Due, at: datetime) -> bool:
    if item.due_at is None:
        return due is Due.LATER
    since, before = due.span(at)
    return (since is None or since <= item.due_at) and (before is None or item.due_at < before)
