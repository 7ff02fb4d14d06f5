"""A change of the calendar: recorded with its decree, and followed by what was computed from the old one."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.current import calendar_changed
from laksana.worktime.models import CalendarChange, CalendarRevision, Decree
from laksana.worktime.tables import read_calendar

OnChange = Callable[[WorkCalendar, datetime], Iterable[str]]
"""Recomputes by the new calendar what an app computed from the old one, returning a line for each one moved.

Called inside the transaction of the change. Called again with the same calendar, it moves nothing.
"""
on_change: list[OnChange] = []
"""What apps above want done when the calendar changes; they append to it when they are loaded."""


@contextmanager
def changing(at: datetime, decree: Decree | None = None, by: str = "") -> Iterator[CalendarChange]:
    """Change the tables inside, and say in `what` of the given record what was done; all happens, or nothing.

    Where `what` stays empty nothing was changed, and nothing is recorded.

    Two changes wait for each other, so that each recomputes from the calendar it leaves behind.
    """
    with transaction.atomic():
        revision, _ = CalendarRevision.objects.select_for_update().get_or_create(pk=CalendarRevision.SINGLE)
        change = CalendarChange(at=at, decree=decree, by=by)
        yield change
        if not change.what:
            return
        revision.token = uuid.uuid4()
        revision.save()
        calendar_changed(revision.token)
        change.moved = recompute(read_calendar(), at)
        change.save()


def recompute(calendar: WorkCalendar, at: datetime) -> list[str]:
    """Have everything recomputed by `calendar`; return a line for each thing that moved."""
    return [line for hook in on_change for line in hook(calendar, at)]
