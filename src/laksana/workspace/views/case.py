"""The page of a case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.web.visits import Visit, for_employees
from laksana.workspace.case_page import case_page
from laksana.workspace.places import place_of
from laksana.workspace.views.answers import refusals_answered
from laksana.workspace.views.form_page import form_context


@require_safe
@refusals_answered
@for_employees
def case(request: HttpRequest, visit: Visit, number: str) -> HttpResponse:
    """Show a case: its map, data, files and history, and the form of the first step that is this person's to do."""
    view = cases.case_view(number, visit.person, visit.at)
    place = place_of(view.mine[0], visit.person, visit.at) if view.mine else None
    context = form_context(place) if place else {}
    return render(request, "workspace/case.html", case_page(visit, number, place, context, view))
