"""The office today: how much runs and is late, at which units it waits, and what has waited longest."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.cases.models import WorkItem
from laksana.measurement.services import UnitLoad, office_today, waiting_longest
from laksana.sop.definition import Step
from laksana.web.standing import working_time
from laksana.web.visits import Visit, for_employees
from laksana.worktime.services import calendar

_SHOWN = 15


@dataclass(frozen=True)
class UnitRow:
    """A unit with how long its oldest item has waited, in words, and its share of the most loaded, in percent."""

    load: UnitLoad
    oldest: str
    percent: int


@dataclass(frozen=True)
class LongWait:
    """A step that has been open long, as far as the reader may know of its case."""

    item: WorkItem
    step: Step
    waited: str


@require_safe
@for_employees
def today(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the office as it stands now. Cases are named only to those who may know of them."""
    work_calendar, office = calendar(), office_today(visit.at)
    most = max((load.waiting for load in office.units), default=0)
    readable = WorkItem.objects.filter(case__in=cases.readable_by(visit.person, visit.at))
    context = {
        "office": office,
        "units": [
            UnitRow(
                load,
                working_time(work_calendar.minutes_between(load.oldest, visit.at)) if load.oldest else "–",
                round(100 * load.waiting / most),
            )
            for load in office.units
        ],
        "longest": [
            LongWait(
                item,
                cases.definition(item.case).step(item.step),
                working_time(work_calendar.minutes_between(item.opened_at, visit.at)),
            )
            for item in waiting_longest(readable, _SHOWN)
        ],
        "now": visit.at,
    }
    return render(request, "workspace/today.html", context)
