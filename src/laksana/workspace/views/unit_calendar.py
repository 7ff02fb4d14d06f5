"""Who of those below one is absent when: a month at a time, as a calendar and as a table."""

import calendar as months
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS_ABBR
from django.views.decorators.http import require_safe

from laksana.agenda.services import Away, Reason, away
from laksana.library.kepegawaian.cuti.ledger import waiting
from laksana.library.kepegawaian.riwayat.rights import readable_people
from laksana.library.keuangan.sppd.travels import travels
from laksana.people.models import Person, Unit
from laksana.web.visits import Visit, for_employees
from laksana.workspace.views.calendar import month_asked
from laksana.worktime.models import Holiday
from laksana.worktime.services import calendar
from laksana.worktime.zone import local_day


@dataclass(frozen=True)
class Cell:
    """A day of the month; without a day, a cell of the months beside it."""

    day: date | None
    kind: str = ""
    note: str = ""
    today: bool = False
    absent: list[Away] = field(default_factory=list)


def _absent(people: list[Person], first: date, last: date) -> list[Away]:
    """Return who is absent: what is recorded, travel orders beside it, and leave that is asked for and not yet granted."""
    recorded = away(people, first, last)
    by_nip, by_key = {person.nip: person for person in people}, {person.pk: person for person in people}
    on_duty = [
        Away(by_nip[each.nip], each.first, each.last, Reason.TRAVEL)
        for each in travels(first, last)
        if each.nip in by_nip and not _is_recorded(by_nip[each.nip], each.first, each.last, recorded)
    ]
    asked = [
        Away(by_key[person], leave.first, leave.last, Reason.ASKED)
        for person, leave in waiting(by_key)
        if leave.first <= last and leave.last >= first
    ]
    return sorted([*recorded, *on_duty, *asked], key=lambda each: (each.first, each.person.name))


def _is_recorded(person: Person, first: date, last: date, recorded: list[Away]) -> bool:
    return any(each.person == person and each.first <= first and each.last >= last for each in recorded)


@require_safe
@for_employees
def month(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the month of everybody below one, or, to those who keep the files, of everybody. Answers 404 to all others."""
    people = readable_people(visit.person, visit.at).filter(active=True).select_related("unit")
    if not people.exists():
        raise Http404
    unit = request.GET.get("unit", "")
    chosen = people.filter(unit__code=unit) if unit else people
    today, work = local_day(visit.at), calendar()
    first = month_asked(request, today)
    last = date(first.year, first.month, months.monthrange(first.year, first.month)[1])
    absent = _absent(list(chosen), first, last)
    by_day: defaultdict[date, list[Away]] = defaultdict(list)
    for each in absent:
        for number in range((min(each.last, last) - max(each.first, first)).days + 1):
            by_day[max(each.first, first) + timedelta(days=number)].append(each)
    off = {row.date: row.name for row in Holiday.objects.filter(date__range=(first, last))}
    weeks = [
        [
            Cell(None) if day.month != first.month
            else Cell(
                day, "holiday" if day in off else "" if work.is_workday(day) else "off", off.get(day, ""),
                day == today, by_day[day],
            )
            for day in week
        ]
        for week in months.Calendar(months.MONDAY).monthdatescalendar(first.year, first.month)
    ]  # fmt: skip
    context = {
        "first": first,
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": last + timedelta(days=1),
        "weeks": weeks,
        "weekdays": [str(name).capitalize() for name in WEEKDAYS_ABBR.values()],
        "days": [
            (day, found)
            for day, found in sorted(by_day.items())
            if found and (day in off or work.is_workday(day))
        ],
        "absent": absent,
        "units": Unit.objects.filter(people__in=people).distinct(),
        "unit": unit,
    }
    return render(request, "workspace/unit_calendar.html", context)
