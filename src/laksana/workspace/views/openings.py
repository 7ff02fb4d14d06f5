"""What the calendar opens: every such procedure with its next times, and the switch of each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laksana.cases import services as cases
from laksana.library.openings import services as openings
from laksana.library.openings.services import Line
from laksana.web.visits import Visit, for_employees
from laksana.workspace.views.office_form import may_keep


@require_http_methods(["GET", "HEAD", "POST"])
@for_employees
def calendar_openings(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what the calendar opens and when next; those who keep the calendar switch it on and off."""
    if request.method == "POST":
        if not may_keep(visit):
            return render(request, "403.html", status=403)
        _switch(request, visit)
        return redirect("workspace:calendar-openings")
    lines = openings.lines(visit.at)
    opened = {row.case_id for line in lines for row in line.opened}
    context = {
        "lines": lines,
        "off": sum(not line.on for line in lines),
        "seen": cases.cases_seen_by(visit.person, visit.at, opened),
        "may_keep": may_keep(visit),
    }
    return render(request, "workspace/calendar_openings.html", context)


def _switch(request: HttpRequest, visit: Visit) -> None:
    """Switch the opening that the form names, or with the name "semua" every one."""
    wanted, on = request.POST.get("pembukaan", ""), request.POST.get("nyala") == "1"
    chosen = [line for line in openings.lines(visit.at) if wanted in ("semua", _name(line))]
    for line in chosen:
        openings.switch(line.procedure.id, line.opening.id, visit.person, visit.at, on=on)
    if not chosen:
        messages.warning(request, _("This procedure is opened by the calendar no longer."))
    elif on:
        messages.success(request, _("Switched on. Cases open from now on; nothing is opened for the past."))
    else:
        messages.success(request, _("Switched off. Cases that were opened stay as they are."))


def _name(line: Line) -> str:
    return f"{line.procedure.id}:{line.opening.id}"
