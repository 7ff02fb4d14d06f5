"""The page of a case, and everything of it in one zip."""

import tempfile

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.files.serving import file_name
from laksana.library.told import Right, procedures_told, rights_of
from laksana.registers.services import write_bundle
from laksana.web.visits import Visit, for_employees
from laksana.workspace.case_page import case_page
from laksana.workspace.places import place_of
from laksana.workspace.readings import note_personal
from laksana.workspace.views.answers import refusals_answered
from laksana.workspace.views.form_page import form_context


@require_safe
@refusals_answered
@for_employees
def case(request: HttpRequest, visit: Visit, number: str) -> HttpResponse:
    """Show a case: its map, data, files and history, and the form of the first step that is this person's to do."""
    view = cases.case_view(number, visit.person, visit.at)
    note_personal(view, visit)
    place = place_of(view.mine[0], visit.person, visit.at) if view.mine else None
    context = form_context(place) if place else {}
    page = case_page(visit, number, place, context, view)
    return render(request, "workspace/case.html", {**page, "rights": _at_the_counter(view, visit)})


def _at_the_counter(view: cases.CaseView, visit: Visit) -> list[Right]:
    """Return what an officer may begin for the applicant who stands before him."""
    if not view.content or view.case.procedure not in procedures_told():
        return []
    startable = {each.id for each in cases.startable_by(visit.person, visit.at)}
    return [right for right in rights_of(view.case, visit.at) if right.form in startable]


@require_safe
@refusals_answered
@for_employees
def bundle(request: HttpRequest, visit: Visit, number: str) -> FileResponse:  # noqa: ARG001
    """Give a case's files, data, events and their sums as a zip, to whoever may see all of it: content, files, every field."""
    view = cases.case_view(number, visit.person, visit.at)
    if view.hidden or not (view.content and view.files):
        raise Http404
    target = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    write_bundle(view.case, target, visit.at)
    target.seek(0)
    name = file_name(number.replace("/", "-"), "application/zip")
    response = FileResponse(target, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response
