"""Starting a case."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.cases import services as cases
from laksana.cases.actions.start import start as start_case
from laksana.cases.errors import Invalid, NotFound
from laksana.library.told import rights_of
from laksana.sop.definition import Procedure
from laksana.sop.form import to_json
from laksana.web.forms.reading import Sent
from laksana.web.visits import Visit, for_employees
from laksana.workspace.forms_kept import keeping_what_was_typed
from laksana.workspace.places import FormPlace, start_place
from laksana.workspace.views.answers import refusals_answered, sent_key
from laksana.workspace.views.form_page import form_context


@dataclass(frozen=True)
class Section:
    """A bidang with the procedures of it that a person may start."""

    title: str
    procedures: list[Procedure]


@require_safe
@for_employees
def choose(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the procedures that this person may start, by section."""
    sections: dict[str, Section] = {}
    for procedure in cases.startable_by(visit.person, visit.at):
        sections.setdefault(procedure.unit, Section(procedure.unit, [])).procedures.append(procedure)
    return render(request, "workspace/start.html", {"sections": list(sections.values())})


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@keeping_what_was_typed(start_place)
@for_employees
def form(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:
    """Show the form of the first step, and start the case with it."""
    place = start_place(procedure, visit.person, visit.at)
    if request.method != "POST":
        place = place.opened_with(request.GET.dict())
        return _page(request, place, form_context(place))
    sent = place.read(request)
    if not sent.final:
        place.keep_draft(sent)
        return _page(request, place, form_context(place, sent))
    try:
        case = start_case(
            procedure, visit.person, visit.at, values=sent.raw, outcome=sent.outcome, evidence=sent.evidence,
            key=sent_key(request),
        )  # fmt: skip
    except Invalid as refusal:
        place.keep_draft(sent)
        return _page(request, place, form_context(place, sent, refusal.errors), status=422)
    place.drop_draft()
    messages.success(request, _("Case %(number)s has been started.") % {"number": case.number})
    return redirect("workspace:case", case.number)


def _page(
    request: HttpRequest, place: FormPlace, context: dict[str, object], status: int = 200
) -> HttpResponse:
    return render(request, "workspace/start_form.html", {**context, "place": place}, status=status)


@require_POST
@refusals_answered
@for_employees
def begin_from(request: HttpRequest, visit: Visit, number: str, right: str) -> HttpResponse:  # noqa: ARG001
    """Begin at the counter, for the applicant of a case, the form by which he uses a right: filled in from the case."""
    view = cases.case_view(number, visit.person, visit.at)
    if not view.content:
        raise NotFound("There is no such case.")
    found = next((each for each in rights_of(view.case, visit.at) if each.id == right), None)
    if found is None:
        return redirect("workspace:case", number)
    place = start_place(found.form, visit.person, visit.at)
    asked = place.step.asks
    given = {name: value for name, value in found.values.items() if name in asked and value is not None}
    place.keep_draft(Sent(to_json(given), None))
    return redirect(place.url)
