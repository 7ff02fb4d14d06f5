"""Tugas saya: what waits for whoever is signed in."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.cases.models import Case, WorkItem
from laksana.people.services import desk_titles
from laksana.sop.definition import Step
from laksana.web.standing import Standing, standing
from laksana.web.visits import Visit, for_employees
from laksana.workspace import tour
from laksana.workspace.duties import counters
from laksana.workspace.paging import page_number
from laksana.workspace.record import own_record
from laksana.worktime.services import calendar

PAGE = 50


@dataclass(frozen=True)
class Task:
    """A line of the inbox."""

    item: WorkItem
    step: Step
    standing: Standing
    sender: str
    """Who did the step before, or who started the case."""
    shared: str
    """The common desk it lies on, "" when it is the person's own."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (a view gets the request)
    """Lead to the first page."""
    return redirect("workspace:inbox")


@require_safe
@for_employees
def inbox(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what waits, the most urgent first."""
    chosen, late, page = request.GET.get("sop", ""), request.GET.get("lewat") == "1", page_number(request)
    by_duty = counters(cases.waiting_steps(visit.person, visit.at))
    duty = next((counter for counter in by_duty if counter.duty == request.GET.get("tugas", "")), None)
    found = cases.inbox(
        visit.person,
        visit.at,
        procedure=chosen,
        late=late,
        steps=duty.steps if duty else None,
        offset=(page - 1) * PAGE,
        limit=PAGE + 1,
    )
    context = {
        "tasks": _tasks(found[:PAGE], visit.at),
        "record": own_record(visit.person, visit.at),
        "tour": tour.stops() if tour.is_due(request) else [],
        "today": visit.at,
        "me": visit.person,
        "counters": by_duty,
        "duty": duty,
        "procedures": cases.procedures_in_force(visit.at),
        "chosen": chosen,
        "late": late,
        "page": page,
        "more": len(found) > PAGE,
    }
    template = (
        "workspace/parts/tasks.html"
        if request.headers.get("HX-Target") == "div#daftar"
        else "workspace/inbox.html"
    )
    return render(request, template, context)


def _tasks(items: list[WorkItem], at: datetime) -> list[Task]:
    if not items:
        return []
    senders, shared, work_calendar = _senders(items), _shared_desks(items), calendar()
    return [
        Task(
            item,
            cases.definition(item.case).step(item.step),
            standing(item.opened_at, item.due_at, at, work_calendar),
            senders.get(item.pk, ""),
            shared.get(item.desk, ""),
        )
        for item in items
    ]


def _senders(items: list[WorkItem]) -> dict[int, str]:
    """Return item -> who did the step that opened it; two queries for all."""
    done = WorkItem.objects.filter(
        case__in={item.case_id for item in items}, done_at__in={item.opened_at for item in items}
    ).exclude(done_by=None)
    by = {(case, at): name for case, at, name in done.values_list("case_id", "done_at", "done_by__name")}
    starters = Case.objects.filter(pk__in={item.case_id for item in items}).values_list(
        "pk", "initiator__name"
    )
    started = dict(starters)
    return {
        item.pk: by.get((item.case_id, item.opened_at)) or started.get(item.case_id) or "" for item in items
    }


def _shared_desks(items: list[WorkItem]) -> dict[str, str]:
    """Return the desks that several people sit at, with their names."""
    common = {item.desk for item in items if item.desk.partition(":")[0] in ("unit", "group")}
    return desk_titles(common) if common else {}
