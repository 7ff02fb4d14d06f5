"""The standard time of a step in working minutes, so that it can be held against the time really taken."""

from datetime import datetime, timedelta

from laksana.sop.duration import Duration, Unit
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local_day

_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60}
_RUNNING = {Unit.RUNNING_MINUTE: 1, Unit.RUNNING_HOUR: 60}


def standard_minutes(standard: Duration, calendar: WorkCalendar, since: datetime) -> int:
    """Return the working minutes that a standard gives, for a step that opens on the first working day from `since`.

    menit and jam are working minutes as they stand. hari kerja counts the office hours of so many working days.
    hari, minggu, bulan and tahun count the office hours within so many calendar days, jam berjalan those within so
    many hours of the clock.
    """
    if standard.unit in _MINUTES:
        return int(standard.amount * _MINUTES[standard.unit])
    day = calendar.workday_on_or_after(local_day(since))
    start = calendar.opening(day)
    if standard.unit is Unit.WORKDAY:
        last = calendar.add_workdays(day, int(standard.amount) - 1)
        return calendar.minutes_between(start, calendar.closing(last))
    if standard.unit in _RUNNING:
        running = timedelta(minutes=int(standard.amount * _RUNNING[standard.unit]))
        return calendar.minutes_between(start, start + running)
    return calendar.minutes_between(start, calendar.deadline(start, standard))
