"""The calendar an office begins with: hours of Perpres 21/2023, decreed days off, and a forecast."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time
from importlib.resources import files

from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.models import Decree, Holiday, OfficeHours, Ramadan
from laksana.worktime.tables import calendar_of
from laksana.worktime.zone import local_day

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
YEARS_BACK, YEARS_AHEAD = 1, 2


def seed_tables(at: datetime) -> int:
    """Fill what is missing for the years around `at`; return the number of rows added.

    A year that has any day off, and hours where there are any, are left as the office keeps them.
    """
    hours = [] if OfficeHours.objects.exists() else list(_office_hours())
    OfficeHours.objects.bulk_create(hours)
    months = [] if Ramadan.objects.exists() else list(_ramadan())
    Ramadan.objects.bulk_create(months)
    year = local_day(at).year
    years = range(year - YEARS_BACK, year + YEARS_AHEAD + 1)
    kept = {day.year for day in Holiday.objects.values_list("date", flat=True)}
    days_off = [day for year in years if year not in kept for day in _days_off(year)]
    Holiday.objects.bulk_create(days_off)
    return len(hours) + len(months) + len(days_off)


def shipped_calendar(years: range) -> WorkCalendar:
    """Return the calendar as it ships, of these years: what an office's calendar is before the office changes it."""
    listed = {year: decreed_days_off(year) for year in years}
    days_off = {day.date: day.name for year in years for day in listed[year] or packaged_days_off(year)}
    decreed = max((year for year in years if listed[year]), default=0)
    return calendar_of(_office_hours(), list(_ramadan()), days_off, decreed_through=decreed)


def packaged_days_off(year: int) -> list[Holiday]:
    """Return the days off of a year as the package `holidays` knows them, named in Indonesian."""
    import holidays  # heavy, and needed only when a year is laid out

    found: list[Holiday] = []
    for packaged, category in (
        ("public", Holiday.Category.NATIONAL),
        ("government", Holiday.Category.COLLECTIVE_LEAVE),
    ):
        days = holidays.country_holidays("ID", years=year, categories=(packaged,), language="id")
        found += [Holiday(date=day, category=category, name=name) for day, name in sorted(days.items())]
    return found


def decreed_days_off(year: int) -> list[Holiday]:
    """Return the days off of a year as its decree lists them; none where the seed holds no list."""
    return [
        Holiday(date=date.fromisoformat(row["date"]), category=row["category"], name=row["name"])
        for row in _rows("holidays.csv")
        if row["date"].startswith(f"{year}-")
    ]


def _days_off(year: int) -> list[Holiday]:
    decree = _decree(year)
    days_off = decreed_days_off(year) or packaged_days_off(year)
    for day in days_off:
        day.decree = decree
    return days_off


def _decree(year: int) -> Decree | None:
    for row in _rows("decrees.csv"):
        if int(row["year"]) == year:
            values = {
                "about": row["about"],
                "issued": date.fromisoformat(row["issued"]),
                "source": row["source"],
                "checked": row["checked"] == "true",
            }
            return Decree.objects.get_or_create(number=row["number"], defaults=values)[0]
    return None


def _office_hours() -> Iterator[OfficeHours]:
    for row in _rows("office-hours.csv"):
        yield OfficeHours(
            kind=row["kind"],
            weekday=WEEKDAYS.index(row["weekday"]),
            open=time.fromisoformat(row["open"]),
            break_start=time.fromisoformat(row["break_start"]),
            break_end=time.fromisoformat(row["break_end"]),
            close=time.fromisoformat(row["close"]),
            source=row["source"],
            checked=row["checked"] == "true",
        )


def _ramadan() -> Iterator[Ramadan]:
    for row in _rows("ramadan.csv"):
        yield Ramadan(
            since=date.fromisoformat(row["since"]),
            until=date.fromisoformat(row["until"]),
            source=row["source"],
            checked=row["checked"] == "true",
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
