"""The days on which an opening of each period falls, and what a period tells of itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from laksana.sop.definition import Opening
from laksana.worktime.calendar import WorkCalendar, months_later
from laksana.worktime.zone import OFFICE_ZONE

_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""Kind of period -> its months."""
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Occurrence:
    """One time at which the calendar asks for a case: its key, its instant, and what its period tells."""

    key: str
    at: datetime
    told: dict[str, Any]


def instant(opening: Opening, day: date) -> datetime:
    """Return when a case of an opening opens on a day."""
    return datetime.combine(day, time.fromisoformat(opening.at), OFFICE_ZONE)


def moved(opening: Opening, day: date, calendar: WorkCalendar) -> date:
    """Return the day, or the working day that it moves to where the opening says so."""
    match opening.moved:
        case "next":
            return calendar.workday_on_or_after(day)
        case "previous":
            return calendar.workday_on_or_before(day)
    return day


def occurrences(opening: Opening, first: date, last: date, calendar: WorkCalendar) -> Iterator[Occurrence]:
    """Yield the times of an opening of each period that lie on the days from `first` to `last`, in their order."""
    found = (
        _daily(opening, first, last, calendar)
        if opening.each == "day"
        else _periodic(opening, first, last, calendar)
    )
    for key, day, start, end in found:
        if first <= day <= last:
            at = instant(opening, day)
            yield Occurrence(key, at, _told(start, end, at))


def _daily(
    opening: Opening, first: date, last: date, calendar: WorkCalendar
) -> Iterator[tuple[str, date, date, date]]:
    # A day off may move by some days, at the most by the longest run of days off.
    day = first - 30 * _DAY if opening.moved else first
    while day <= last + (30 * _DAY if opening.moved else timedelta()):
        if not opening.weekdays or day.isoweekday() in opening.weekdays:
            about = day + opening.about * _DAY
            yield day.isoformat(), moved(opening, day, calendar), about, about
        day += _DAY


def _periodic(
    opening: Opening, first: date, last: date, calendar: WorkCalendar
) -> Iterator[tuple[str, date, date, date]]:
    months = _MONTHS[opening.each or "month"]
    # A day that moves may leave its period: the one before and the one after are looked at too.
    start = months_later(_start_of(first, months), -months)
    while start <= months_later(last.replace(day=1), months):
        about = months_later(start, opening.about * months)
        end = months_later(about, months) - _DAY
        day = moved(opening, _day_in(opening, months_later(start, opening.month - 1), calendar), calendar)
        yield _key(start, months), day, about, end
        start = months_later(start, months)


def _start_of(day: date, months: int) -> date:
    """Return the first day of the period of so many months that a day lies in."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _day_in(opening: Opening, month: date, calendar: WorkCalendar) -> date:
    """Return the day of a month that an opening names."""
    last = months_later(month, 1) - _DAY
    if opening.day is not None:
        return min(month.replace(day=1) + (opening.day - 1) * _DAY, last)
    if opening.week is not None:
        # The weeks of a month are those whose Monday lies in it.
        monday = month + (-month.weekday() % 7 + 7 * (opening.week - 1)) * _DAY
        return calendar.workday_on_or_after(monday)
    place = opening.workday or 1
    if place > 0:
        return calendar.add_workdays(month - _DAY, place)
    return calendar.subtract_workdays(last + _DAY, -place)


def _key(start: date, months: int) -> str:
    match months:
        case 1:
            return f"{start:%Y-%m}"
        case 12:
            return f"{start:%Y}"
    return f"{start:%Y}-{'T' if months == 3 else 'S'}{(start.month - 1) // months + 1}"


def _told(start: date, end: date, at: datetime) -> dict[str, Any]:
    """Return what a period tells of itself: its year, month, quarter, half-year, first and last day."""
    return {
        "tahun": start.year,
        "bulan": start.month,
        "triwulan": _ROMAN[(start.month - 1) // 3],
        "semester": (start.month - 1) // 6 + 1,
        "bulan_tahun": f"{start:%m-%Y}",
        "hari_pertama": start,
        "hari_terakhir": end,
        "saat": at,
    }
