"""The calendar in force, kept by each thread and given up when any process has changed it.

Reading the tables for every action would cost more than the action. So each thread (which in Django is each
connection) keeps its calendar and, at most once a second, asks the one-row table `CalendarRevision` whether
its token is still the same. A calendar is thus at most a second old; `services.settle` catches what slipped
through.

A thread that has changed the calendar itself asks every time until its transaction ends: it must see its own
change at once, and must not keep it after a rollback. Other threads never see an uncommitted calendar.
"""

import threading
import time
import uuid

from django.db import transaction

from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.models import CalendarRevision
from laksana.worktime.tables import read_calendar

TRUSTED_SECONDS = 1.0


class _Kept(threading.local):
    calendar: WorkCalendar | None = None
    token: uuid.UUID | None = None
    asked = 0.0
    uncommitted: uuid.UUID | None = None


_kept = _Kept()


def current_calendar() -> WorkCalendar:
    """Return the calendar in force; its content is at most `TRUSTED_SECONDS` old."""
    now = time.monotonic()
    if _kept.calendar is not None and _kept.uncommitted is None and now - _kept.asked < TRUSTED_SECONDS:
        return _kept.calendar
    token = CalendarRevision.objects.values_list("token", flat=True).first()
    if token != _kept.uncommitted:
        _kept.uncommitted = None
    if _kept.calendar is None or token != _kept.token:
        _kept.calendar, _kept.token = read_calendar(), token
    _kept.asked = now
    return _kept.calendar


def forget_calendar() -> None:
    """Let this thread read the tables anew the next time."""
    _kept.calendar = _kept.uncommitted = None


def calendar_changed(token: uuid.UUID) -> None:
    """Take note that this transaction changes the calendar to the revision `token`."""
    _kept.calendar, _kept.uncommitted = None, token
    transaction.on_commit(lambda: _committed(token))


def _committed(token: uuid.UUID) -> None:
    if _kept.uncommitted == token:
        _kept.uncommitted = None
