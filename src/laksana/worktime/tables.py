"""Reads the tables into a calendar."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.hours import Hours
from laksana.worktime.models import Holiday, OfficeHours, Ramadan


def read_calendar() -> WorkCalendar:
    """Return the calendar that the tables describe now, as this transaction sees them."""
    days_off = list(Holiday.objects.values_list("date", "name", "decree_id").order_by("date"))
    decreed = [day.year for day, _, decree in days_off if decree is not None]
    return calendar_of(
        OfficeHours.objects.all(),
        Ramadan.objects.all(),
        {day: name for day, name, _ in days_off},
        decreed_through=max(decreed, default=0),
    )


def calendar_of(
    hours: Iterable[OfficeHours],
    months: Iterable[Ramadan],
    days_off: Mapping[date, str],
    *,
    decreed_through: int,
) -> WorkCalendar:
    """Return the calendar of these rows, stored or not."""
    return WorkCalendar(tuple(_hours(hours, months)), days_off, decreed_through=decreed_through)


def _hours(hours: Iterable[OfficeHours], months: Iterable[Ramadan]) -> Iterator[Hours]:
    """Ordinary hours first, for those of Ramadan hold over them; of each kind the later ones last."""
    rows = sorted(hours, key=lambda row: row.since or date.min)
    kinds = OfficeHours.Kind
    yield from (_of_row(row) for row in rows if row.kind == kinds.ORDINARY)
    shortened = [_of_row(row) for row in rows if row.kind == kinds.RAMADAN]
    for month in months:
        for each in shortened:
            since, until = (
                max(each.since or date.min, month.since),
                min(each.until or date.max, month.until),
            )
            if since <= until:
                yield replace(each, since=since, until=until)


def _of_row(row: OfficeHours) -> Hours:
    return Hours(row.weekday, row.open, row.close, row.break_start, row.break_end, row.since, row.until)
