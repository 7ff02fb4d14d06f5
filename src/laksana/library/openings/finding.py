"""What the calendar asks for in a span of time, whether it was opened already or not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from laksana.cases.behaviour import behaviour
from laksana.cases.models import Case
from laksana.library.openings.periods import instant, moved, occurrences
from laksana.people.models import Person
from laksana.sop.definition import Opening, Procedure
from laksana.sop.duration import Unit
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local_day


@dataclass(frozen=True)
class Asked:
    """A case that the calendar asks for: of what, since when, with what is known; and the case that it comes after."""

    procedure: Procedure
    opening: Opening
    key: str
    at: datetime
    known: Mapping[str, Any] = field(default_factory=dict)
    person: Person | None = None
    after: Case | None = None
    told: str = ""
    """What it is for, in words; "" where the period says it."""

    @property
    def same(self) -> dict[str, Any]:
        """Return what a case that somebody opened for it already has in its data; nothing where no value tells the period."""
        if self.opening.each and not any(value.names for value in self.opening.known.values()):
            return {}
        names = self.opening.same or self.opening.of
        if self.opening.each:
            names = names or tuple(self.known)
        return {name: self.known[name] for name in names if name in self.known}


def asked(
    procedure: Procedure, opening: Opening, since: datetime, until: datetime, calendar: WorkCalendar
) -> Iterator[Asked]:
    """Yield what an opening asks for between two instants, both counted, in the order of time.

    What follows a date is asked for as long as that date does not lie before `since`, however early its case should have opened.
    """
    if opening.follows:
        found = _following(procedure, opening, since, calendar)
    elif opening.found:
        found = _found(procedure, opening, since, until, calendar)
    else:
        found = _each(procedure, opening, since, until, calendar)
    yield from sorted((each for each in found if each.at <= until), key=lambda each: (each.at, each.key))


def _each(
    procedure: Procedure, opening: Opening, since: datetime, until: datetime, calendar: WorkCalendar
) -> Iterator[Asked]:
    for time in occurrences(opening, local_day(since), local_day(until), calendar):
        if since <= time.at:
            known = {name: value.value(time.told) for name, value in opening.known.items()}
            yield Asked(procedure, opening, time.key, time.at, known)


def _following(
    procedure: Procedure, opening: Opening, since: datetime, calendar: WorkCalendar
) -> Iterator[Asked]:
    for thing, case in _last_of_each(procedure, opening).items():
        due = date.fromisoformat(str(case.data[opening.follows or ""])[:10])
        if due < local_day(since):
            continue
        day = moved(opening, _ahead(opening, due, calendar), calendar)
        known = {name: value.value(case.data) for name, value in opening.known.items()}
        key = ":".join((*thing, due.isoformat()))[-160:]
        yield Asked(procedure, opening, key, instant(opening, day), known, after=case, told=", ".join(thing))


def _last_of_each(procedure: Procedure, opening: Opening) -> dict[tuple[str, ...], Case]:
    """Return the latest ended case that tells the date, for each thing by the values that name it."""
    cases = Case.objects.filter(procedure=procedure.id, state=Case.State.ENDED).order_by("ended_at", "pk")
    return {
        tuple(str(case.data.get(name, "")) for name in opening.of): case
        for case in cases
        if case.data.get(opening.follows or "")
    }


def _ahead(opening: Opening, due: date, calendar: WorkCalendar) -> date:
    if opening.ahead is None:
        return due
    if opening.ahead.unit is Unit.WORKDAY:
        return calendar.subtract_workdays(due, int(opening.ahead.amount))
    return due - timedelta(days=int(opening.ahead.amount))


def _found(
    procedure: Procedure, opening: Opening, since: datetime, until: datetime, calendar: WorkCalendar
) -> Iterator[Asked]:
    find = behaviour(procedure.id).finders[opening.found or ""]
    for each in find(local_day(since), local_day(until), calendar):
        at = instant(opening, moved(opening, each.day, calendar))
        if since <= at:
            yield Asked(procedure, opening, each.key[:160], at, each.known, each.person, told=each.told)
