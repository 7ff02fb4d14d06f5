"""The door to what the calendar opens: opening what has come, switching it on and off, and telling what is to come."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import IntegrityError, transaction

from laksana.cases import actions
from laksana.cases import services as cases
from laksana.cases.errors import Refused
from laksana.cases.models import Case
from laksana.library.models import CalendarSwitch, OpenedByCalendar
from laksana.library.openings.finding import Asked, asked
from laksana.library.openings.words import in_words
from laksana.people.models import Person
from laksana.people.services import holders
from laksana.sop.definition import Opening, Procedure
from laksana.sop.form import to_json
from laksana.worktime.services import calendar

__all__ = ["Line", "lines", "lines_of", "open_due", "switch", "switch_on_what_is_new"]

logger = logging.getLogger("laksana.library")
_AHEAD = timedelta(days=400)
"""How far the next time of an opening is looked for: that of a yearly one lies within it."""
_PLAIN = str | int | bool
"""What a case that is there already can be recognised by: a value that databases compare."""


@dataclass(frozen=True)
class Line:
    """An opening as a page tells it: whether it is switched on, the next times, and the last cases it opened."""

    procedure: Procedure
    opening: Opening
    switch: CalendarSwitch | None
    next: list[Asked]
    opened: list[OpenedByCalendar]

    @property
    def when(self) -> str:
        """Return in words when a case opens."""
        return in_words(self.opening, self.procedure)

    @property
    def on(self) -> bool:
        """Return whether the office lets the calendar open these cases."""
        return self.switch is not None and self.switch.on


def open_due(at: datetime) -> list[Case]:
    """Open the cases whose time has come since their opening was switched on, each once; return those that are new.

    It may be called as often as one likes, by several workers at once. What was missed while no worker ran is made up for; of
    what comes daily only the latest.
    """
    made = []
    for procedure, opening, chosen in _switched_on(at):
        due = list(asked(procedure, opening, chosen.since, at, calendar()))
        for each in due[-1:] if opening.each == "day" else due:
            if case := _open(each, at):
                made.append(case)
    return made


def _switched_on(at: datetime) -> Iterator[tuple[Procedure, Opening, CalendarSwitch]]:
    chosen = {(row.procedure, row.opening): row for row in CalendarSwitch.objects.filter(on=True)}
    if not chosen:
        return
    for procedure in cases.book_in_force(at).values():
        for opening in procedure.opens:
            if row := chosen.get((procedure.id, opening.id)):
                yield procedure, opening, row


def _open(each: Asked, at: datetime) -> Case | None:
    """Open a case and write that it was, in one transaction; None where it stands already or cannot be opened."""
    row = {"procedure": each.procedure.id, "opening": each.opening.id, "key": each.key}
    if OpenedByCalendar.objects.filter(**row).exists():
        return None
    try:
        with transaction.atomic():
            there = _opened_by_hand(each)
            case = there or actions.open_known(
                each.procedure.id, at, each.known, initiator=_initiator(each, at)
            )
            OpenedByCalendar.objects.create(**row, due_at=each.at, opened_at=at, case=case)
    except IntegrityError:
        return None  # another worker has just done so
    except Refused as refusal:
        logger.warning("%s %s %s is not opened: %s", *row.values(), refusal)
        return None
    return None if there else case


def _initiator(each: Asked, at: datetime) -> Person | None:
    """Return whose case it is. Raises Refused where the position that it is opened for is vacant."""
    if each.person is not None or each.opening.for_ is None:
        return each.person
    sitting = holders(f"position:{each.opening.for_.of}", at)
    if not sitting:
        raise Refused(f"nobody holds {each.opening.for_.of}")
    return sitting[0]


def _opened_by_hand(each: Asked) -> Case | None:
    """Return the case that somebody has opened for the same: of the same period or thing, after the one before."""
    plain = {name: value for name, value in to_json(each.same).items() if isinstance(value, _PLAIN)}
    if not plain:
        return None
    found = Case.objects.filter(
        procedure=each.procedure.id, **{f"data__{name}": value for name, value in plain.items()}
    ).exclude(state=Case.State.CANCELLED)
    if each.after is not None:
        found = found.filter(opened_at__gt=each.after.opened_at).exclude(pk=each.after.pk)
    return found.order_by("pk").last()


def switch(procedure: str, opening: str, person: Person | None, at: datetime, *, on: bool) -> CalendarSwitch:
    """Let the calendar open these cases from now on, or no longer. What fell before is not opened."""
    row, new = CalendarSwitch.objects.get_or_create(
        procedure=procedure, opening=opening, defaults={"on": on, "since": at, "changed_by": person}
    )
    if not new and row.on != on:
        row.on, row.since, row.changed_by = on, at, person
        row.save(update_fields=["on", "since", "changed_by"])
    return row


def switch_on_what_is_new(at: datetime) -> int:
    """Switch on every opening about which the office has not said anything yet; return how many those are."""
    known = set(CalendarSwitch.objects.values_list("procedure", "opening"))
    new = [
        (procedure.id, opening.id)
        for procedure in cases.book_in_force(at).values()
        for opening in procedure.opens
        if (procedure.id, opening.id) not in known
    ]
    for procedure_id, opening_id in new:
        switch(procedure_id, opening_id, None, at, on=True)
    return len(new)


def lines(at: datetime) -> list[Line]:
    """Return every opening of the book in its order."""
    return [line for procedure in cases.book_in_force(at).values() for line in lines_of(procedure, at)]


def lines_of(procedure: Procedure, at: datetime, *, shown: int = 3) -> list[Line]:
    """Return the openings of a procedure, each with as many of the next times and of the last cases as are `shown`."""
    if not procedure.opens:
        return []
    chosen = {
        row.opening: row
        for row in CalendarSwitch.objects.filter(procedure=procedure.id).select_related("changed_by")
    }
    opened = OpenedByCalendar.objects.filter(procedure=procedure.id).select_related("case")
    return [
        Line(
            procedure,
            opening,
            chosen.get(opening.id),
            _next(procedure, opening, at, shown),
            list(opened.filter(opening=opening.id)[:shown]),
        )
        for opening in procedure.opens
    ]


def _next(procedure: Procedure, opening: Opening, at: datetime, shown: int) -> list[Asked]:
    """Return the next times of an opening; of what follows a date also those whose time has come."""
    done = set(
        OpenedByCalendar.objects.filter(procedure=procedure.id, opening=opening.id).values_list(
            "key", flat=True
        )
    )
    to_come = (
        each for each in asked(procedure, opening, at, at + _AHEAD, calendar()) if each.key not in done
    )
    return list(islice(to_come, shown))
