"""The calendar, a month at a time: working days and days off, and what its reader has before him."""

import calendar as months
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.views.decorators.http import require_safe

from laksana.agenda import services as agenda
from laksana.agenda.models import Feed
from laksana.agenda.services import Entry, Kind
from laksana.web.visits import Visit, for_employees
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.models import Holiday
from laksana.worktime.services import calendar
from laksana.worktime.zone import local_day


@dataclass(frozen=True)
class Cell:
    """A day of the month's table; without a day, a cell of the months beside it."""

    day: date | None
    kind: str = ""
    note: str = ""
    today: bool = False
    entries: list[Entry] = field(default_factory=list)
    """What the reader has on that day; days off are its `note`."""


@require_safe
@for_employees
def month(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a month: working days, days off, today; and the hours and days off of its year."""
    today, work = local_day(visit.at), calendar()
    first = month_asked(request, today)
    last = date(first.year, first.month, months.monthrange(first.year, first.month)[1])
    off = {row.date: row for row in Holiday.objects.filter(date__year=first.year).order_by("date")}
    mine = agenda.entries(visit.person, first, last, visit.at)
    by_day = _by_day(mine, first, last)
    weeks = [
        [_cell(day, first, today, off, work, by_day[day]) for day in week]
        for week in months.Calendar(months.MONDAY).monthdatescalendar(first.year, first.month)
    ]
    context = {
        "first": first,
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": last + timedelta(days=1),
        "weeks": weeks,
        "weekdays": [str(name).capitalize() for name in WEEKDAYS_ABBR.values()],
        "workdays": work.workdays_between(first - timedelta(days=1), last),
        "days": [(day, found) for day, found in sorted(by_day.items()) if found],
        "has_feed": Feed.objects.filter(person=visit.person).exists(),
        "holidays": off.values(),
        "hours": _hours(work, first, last),
    }
    return render(request, "workspace/calendar.html", context)


def month_asked(request: HttpRequest, today: date) -> date:
    """Return the first day of the month asked for by `bulan`, of this month for anything that is none."""
    year, _dash, number = request.GET.get("bulan", "").partition("-")
    if (
        year.isdecimal()
        and number.isdecimal()
        and 2000 <= int(year[:5]) <= 2100
        and 1 <= int(number[:3]) <= 12
    ):
        return date(int(year), int(number), 1)
    return today.replace(day=1)


def _by_day(entries: list[Entry], first: date, last: date) -> defaultdict[date, list[Entry]]:
    found: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind is not Kind.HOLIDAY:
            begin, end = max(entry.first, first), min(entry.last, last)
            for number in range((end - begin).days + 1):
                found[begin + timedelta(days=number)].append(entry)
    return found


def _cell(
    day: date, first: date, today: date, off: dict[date, Holiday], work: WorkCalendar, entries: list[Entry]
) -> Cell:
    if day.month != first.month:
        return Cell(None)
    if day in off:
        return Cell(day, "holiday", off[day].name, day == today, entries)
    return Cell(day, "" if work.is_workday(day) else "off", "", day == today, entries)


def _hours(work: WorkCalendar, first: date, last: date) -> list[tuple[str, str]]:
    """Return weekday -> opening and closing, as they are in this month."""
    found: dict[int, str] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if work.is_workday(day) and day.weekday() not in found:
            found[day.weekday()] = f"{work.opening(day):%H.%M} – {work.closing(day):%H.%M}"
    return [(str(WEEKDAYS[weekday]), said) for weekday, said in sorted(found.items())]
