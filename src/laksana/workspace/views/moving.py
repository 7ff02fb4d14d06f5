"""Moving running cases to the version of their procedure in force: what it would do first, then case by case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laksana.cases import services as cases
from laksana.cases.actions import migrate
from laksana.cases.actions.migrate import Preview, preview_migration
from laksana.cases.errors import Refused
from laksana.cases.models import Case, SopVersion
from laksana.web.visits import Visit, for_administrators
from laksana.workspace.views.answers import refusals_answered, sent_key, tell

_MOST = 50


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_administrators
def moving(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:
    """Show the cases that run on an earlier version and whether each can move; move one."""
    version = cases.version_in_force(procedure, visit.at)
    running = Case.objects.filter(procedure=procedure, state=Case.State.RUNNING).exclude(sop=version)
    if request.method == "POST":
        case = running.filter(number=request.POST.get("case", "")).first()
        if case is not None:
            try:
                migrate(case.pk, version, visit.person, visit.at, key=sent_key(request))
                told = _("%(case)s now runs on version %(version)s.")
                messages.success(request, told % {"case": case.number, "version": version.version})
            except Refused as refusal:
                tell(request, refusal)
        return redirect("workspace:moving", procedure)
    waiting = running.select_related("sop").order_by("opened_at")[:_MOST]
    shown = [_shown(case, version) for case in waiting]
    context = {"version": version, "shown": shown, "count": running.count(), "most": _MOST}
    return render(request, "workspace/moving.html", context)


def _shown(case: Case, version: SopVersion) -> tuple[Case, list[str], Preview]:
    """Return a case, what is being done in it, and what moving it would do."""
    preview = preview_migration(case, version)
    procedure = cases.definition(case)
    return case, [procedure.step(step).activity for step in preview.open_steps], preview
