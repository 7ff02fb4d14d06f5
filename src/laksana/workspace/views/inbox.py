"""Tugas saya: what waits for whoever is signed in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.cases import services as cases
from laksana.cases.errors import Invalid
from laksana.cases.models import Case, WorkItem
from laksana.people.services import desk_titles
from laksana.sop.definition import Step
from laksana.web.forms.directory import Directory
from laksana.web.standing import Standing, standing
from laksana.web.undo import Undo, tell_with_undo
from laksana.web.visits import Visit, for_employees
from laksana.workspace import saved_views, tour
from laksana.workspace.duties import counters
from laksana.workspace.models import SavedView
from laksana.workspace.paging import page_number
from laksana.workspace.record import own_record
from laksana.workspace.sifting import Choices, Desk, Due, Grouping, Sifting, group_of
from laksana.worktime.services import calendar

PAGE = 50
GROUPED = 150
"""How many of the most urgent are grouped: a group must not be cut by a page."""


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


@dataclass(frozen=True)
class Group:
    """Lines of the inbox under one heading."""

    heading: str
    tasks: list[Task]


@require_safe
def home(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (a view gets the request)
    """Lead to the first page."""
    return redirect("workspace:inbox")


@require_http_methods(["GET", "HEAD", "POST"])
@for_employees
def inbox(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what waits, the most urgent first, sifted as the address says; keep that sifting as a view."""
    sifting, views = Sifting.asked(request.GET), saved_views.views_of(visit.person)
    if request.method == "POST":
        return _keep_view(request, visit, sifting, views)
    first = next((view for view in views if view.is_default), None)
    if first is not None and not request.GET:
        return redirect(f"{reverse('workspace:inbox')}?{first.query}")
    template = (
        "workspace/parts/tasks.html"
        if request.headers.get("HX-Target") == "div#daftar"
        else "workspace/inbox.html"
    )
    return render(request, template, _context(request, visit, sifting, views))


def _keep_view(request: HttpRequest, visit: Visit, sifting: Sifting, views: list[SavedView]) -> HttpResponse:
    name, default = request.POST.get("nama", ""), request.POST.get("utama") == "1"
    try:
        view = saved_views.keep(visit.person, name, sifting, visit.at, default=default)
    except Invalid as refusal:
        asked = {"view_errors": refusal.errors, "view_name": name, "view_default": default}
        context = _context(request, visit, sifting, views) | asked
        return render(request, "workspace/inbox.html", context, status=422)
    messages.success(request, _("The view is kept as %(name)s.") % {"name": view.name})
    return redirect(f"{reverse('workspace:inbox')}?{view.query}")


def _context(
    request: HttpRequest, visit: Visit, sifting: Sifting, views: list[SavedView]
) -> dict[str, object]:
    page, waiting = page_number(request), cases.waiting_steps(visit.person, visit.at)
    by_duty = counters(waiting)
    grouping = Grouping(sifting.kelompok) if sifting.kelompok else None
    most = GROUPED if grouping else PAGE
    found = cases.sifted_inbox(
        visit.person,
        visit.at,
        sifting.sift(waiting, visit.at),
        offset=0 if grouping else (page - 1) * PAGE,
        limit=most + 1,
    )
    tasks = _tasks(found[:most], visit.at)
    return {
        "tasks": tasks,
        "groups": _grouped(tasks, grouping, visit.at),
        "grouped": bool(grouping),
        "most": most,
        "acts": _acts(tasks, visit),
        "colleagues": Directory(visit.at).groups("person") if tasks else [],
        "fresh_key": uuid4(),
        "record": own_record(visit.person, visit.at),
        "tour": tour.stops() if tour.is_due(request) else [],
        "today": visit.at,
        "me": visit.person,
        "counters": by_duty,
        "sifting": sifting,
        "duty": next((counter for counter in by_duty if counter.duty == sifting.tugas), None),
        "choices": Choices.among(waiting),
        "dues": list(Due),
        "desks": list(Desk),
        "groupings": list(Grouping),
        "views": views,
        "view": next((view for view in views if view.query == sifting.query), None),
        "page": page,
        "more": len(found) > most,
    }


def _acts(tasks: list[Task], visit: Visit) -> set[str]:
    """Return which acts on several steps at once have something to act on in this list."""
    taken = {task.item.claimed_by_id == visit.person.pk for task in tasks}
    return {name for name, there in (("lepas", True in taken), ("ambil", False in taken)) if there}


def _grouped(tasks: list[Task], grouping: Grouping | None, at: datetime) -> list[Group]:
    """Return the tasks in groups, within each the most urgent first; one group without a heading where none is asked for."""
    if grouping is None:
        return [Group("", tasks)] if tasks else []
    found: dict[tuple[str, str], list[Task]] = {}
    for task in tasks:
        found.setdefault(group_of(task.item, grouping, at), []).append(task)
    return [Group(heading, found[place, heading]) for place, heading in sorted(found)]


@require_POST
@for_employees
def drop_view(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Delete a view one keeps."""
    view = get_object_or_404(SavedView, pk=key, person=visit.person)
    view.delete()
    again = [("nama", view.name), *([("utama", "1")] if view.is_default else [])]
    undo = Undo(f"{reverse('workspace:inbox')}?{view.query}", again)
    tell_with_undo(request, _("The view %(name)s has been deleted.") % {"name": view.name}, undo)
    return redirect(f"{reverse('workspace:inbox')}?semua=1")


@require_POST
@for_employees
def first_view(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Let My tasks open with a view, or no longer."""
    view = get_object_or_404(SavedView, pk=key, person=visit.person)
    saved_views.make_default(view, default=not view.is_default)
    text = (
        _("My tasks opens with everything again.") if view.is_default else _("My tasks opens with this view.")
    )
    messages.success(request, text)
    return redirect(f"{reverse('workspace:inbox')}?{view.query}")


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
