"""The other requests of the same person: which hold their days, which overlap, and how much of a year's leave they take."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from laksana.cases.behaviour import Situation
from laksana.cases.engine.marking import ACTIVE
from laksana.cases.models import Case, WorkItem
from laksana.people.models import Person
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local_day

CLOSING = ("beritahu-tolak", "beritahu-tangguh", "tutup")
"""Steps at which a request without a letter has been refused, deferred or withdrawn: its days are free again."""
DECIDING = ("putus", "putus-atas")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Leave:
    """Days of leave that a request holds, the first and the last included."""

    case: int
    number: str
    kind: str
    first: date
    last: date
    granted: bool
    added: int = 0
    """Days at the end for a place hard to reach, which the balance does not pay."""
    extends: bool = False
    """Of unpaid leave: that it extends an earlier one."""

    def overlaps(self, first: date, last: date) -> bool:
        """Return whether it shares a day with a span."""
        return self.first <= last and first <= self.last

    def workdays(self, year: int, calendar: WorkCalendar) -> int:
        """Return its working days that fall in a year."""
        return workdays_of_year(self.first, self.last - timedelta(days=self.added), year, calendar)


def workdays_of_year(first: date, last: date, year: int, calendar: WorkCalendar) -> int:
    """Return the working days from `first` to `last` that fall in a year."""
    first, last = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    return max(0, calendar.workdays_between(first - _DAY, last))


def others(situation: Situation) -> list[Leave]:
    """Return the other leave of the one who asks, in the order in which it was asked for.

    When it is decided, only what was asked for before or is granted counts: of two requests sent at the same moment the
    first is granted.
    """
    case, nip = situation.case, situation.values.get("nip")
    found = [leave for leave in leave_of(case.initiator_id, nip) if leave.case != case.pk]
    if situation.step.id in DECIDING:
        found = [leave for leave in found if leave.granted or leave.case < case.pk]
    return found


def granted_annual(situation: Situation) -> list[Leave]:
    """Return the annual leave granted to the one who asks, up to its last day whatever sick leave falls into it."""
    annual = [
        each for each in _held(situation.case.initiator_id, situation.values.get("nip")) if each.granted
    ]
    return [each for each in annual if each.kind == "tahunan"]


def unpaid_until(situation: Situation, last: date) -> Leave | None:
    """Return the unpaid leave granted to the one who asks that ends on a day."""
    return next((each for each in _unpaid(situation) if each.last == last), None)


def unpaid_from(situation: Situation, first: date) -> Leave | None:
    """Return the unpaid leave granted to the one who asks that begins on a day."""
    return next((each for each in _unpaid(situation) if each.first == first), None)


def _unpaid(situation: Situation) -> Iterator[Leave]:
    held = _held(situation.case.initiator_id, situation.values.get("nip"))
    yield from (
        each for each in held if each.kind == "cltn" and each.granted and each.case != situation.case.pk
    )


def leave_of(person: int | None, nip: str | None = None) -> list[Leave]:
    """Return the leave that a person asked for or was granted: not what was refused, deferred, withdrawn or cancelled."""
    return leave_among(list(cases_of(person, nip).order_by("pk")))


def leave_among(cases: Sequence[Case]) -> list[Leave]:
    """Return the leave that requests of one person, in the order in which they were made, hold; one query."""
    found = _holding(cases)
    return [leave for leave in (_cut_by_sickness(each, found) for each in found) if leave.first <= leave.last]


def cases_of(person: int | None, nip: str | None = None) -> QuerySet[Case]:
    """Return a person's requests, whatever became of them."""
    mine = (Q(initiator=person) if person else Q()) | (Q(data__nip=nip) if nip else Q())
    return Case.objects.filter(mine, procedure="cuti", data__has_key="mulai")


def wait_for_turn(person: int | None) -> None:
    """Let two who ask for leave of the same person at once go one after the other, until the transaction ends.

    Each then sees the days that the one before him reserved. SQLite has one writer at a time anyway.
    """
    if person is not None:
        list(Person.objects.select_for_update(no_key=True).filter(pk=person).values_list("pk"))


def _held(person: int | None, nip: str | None) -> list[Leave]:
    return _holding(list(cases_of(person, nip).order_by("pk")))


def _holding(cases: Sequence[Case]) -> list[Leave]:
    items = WorkItem.objects.filter(case__in=cases, state__in=ACTIVE, step__in=CLOSING)
    closing = set(items.values_list("case_id", flat=True))
    return [
        _leave(case)
        for case in cases
        if case.data.get("nomor_surat") or (case.state == Case.State.RUNNING and case.pk not in closing)
    ]


def _last_day(case: Case) -> date:
    """Return the last day of a leave; of one that was cancelled while it ran, the last before the cancellation."""
    last = date.fromisoformat(case.data.get("dijalankan_sampai") or case.data["selesai"])
    if case.state == Case.State.CANCELLED and case.ended_at is not None:
        return min(last, local_day(case.ended_at) - _DAY)
    return last


def waiting(people: Collection[int]) -> Iterator[tuple[int, Leave]]:
    """Yield whose leave is asked for and not yet granted; two queries however many people."""
    cases = Case.objects.filter(
        procedure="cuti", initiator__in=people, state=Case.State.RUNNING, data__has_key="mulai"
    ).exclude(data__has_key="nomor_surat")
    items = WorkItem.objects.filter(case__in=cases, state__in=ACTIVE, step__in=CLOSING)
    closing = set(items.values_list("case_id", flat=True))
    for case in cases.order_by("pk"):
        if case.pk not in closing and case.initiator_id is not None:
            yield case.initiator_id, _leave(case)


def _leave(case: Case) -> Leave:
    data = case.data
    issued = bool(data.get("nomor_surat"))
    return Leave(
        case.pk,
        case.number,
        data["jenis_cuti"],
        date.fromisoformat(data["mulai"]),
        _last_day(case),
        issued or data.get("keputusan") in ("disetujui", "perubahan"),
        int(data.get("tambahan_tempat_sulit") or 0) if data["jenis_cuti"] == "tahunan" else 0,
        data["jenis_cuti"] == "cltn" and bool(data.get("perpanjangan_cltn")),
    )


def _cut_by_sickness(leave: Leave, found: list[Leave]) -> Leave:
    """Return annual leave without the days from which on sick leave was granted within it (rule tumpang-tindih)."""
    if leave.kind != "tahunan" or not leave.granted:
        return leave
    sick = [each for each in found if each.kind == "sakit" and each.granted]
    begun = [max(each.first, leave.first) for each in sick if each.overlaps(leave.first, leave.last)]
    return replace(leave, last=min(begun) - _DAY, added=0) if begun else leave


def overlapping(kind: str, first: date, last: date, leaves: list[Leave]) -> Iterator[Leave]:
    """Yield what a request would overlap; sick leave may fall into annual leave already granted, which ends with it."""
    for leave in leaves:
        gives_way = kind == "sakit" and leave.kind == "tahunan" and leave.granted
        if leave.overlaps(first, last) and not gives_way:
            yield leave


def recorded(year: int, leaves: list[Leave], calendar: WorkCalendar) -> int:
    """Return the working days of annual leave in a year that these requests have taken or ask for."""
    return sum(leave.workdays(year, calendar) for leave in leaves if leave.kind == "tahunan")


def has_long_leave(year: int, leaves: list[Leave]) -> bool:
    """Return whether long leave begins in a year: it then has no annual leave (rule cuti-besar)."""
    return any(leave.kind == "besar" and leave.first.year == year for leave in leaves)


def illness_since(first: date, leaves: list[Leave]) -> date:
    """Return when an illness began that goes on on a day: sick leave granted up to the day before belongs to it."""
    before = {leave.last: leave.first for leave in leaves if leave.kind == "sakit" and leave.granted}
    while first - _DAY in before:
        first = before[first - _DAY]
    return first
