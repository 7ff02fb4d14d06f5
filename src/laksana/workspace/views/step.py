"""Doing a step: the case's page with the form of one of its open steps, and the form's sending."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laksana.cases import services as cases
from laksana.cases.actions.complete import complete
from laksana.cases.errors import AlreadyDone, Invalid, NotYours, Refused
from laksana.cases.models import WorkItem
from laksana.web.undo import Undo, tell_with_undo
from laksana.web.visits import Visit, for_employees
from laksana.workspace.case_page import case_page
from laksana.workspace.forms_kept import keeping_what_was_typed
from laksana.workspace.places import FormPlace, step_place
from laksana.workspace.views.answers import back_to_case, refusals_answered, sent_key, tell
from laksana.workspace.views.form_page import form_context


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@keeping_what_was_typed(step_place)
@for_employees
def step(request: HttpRequest, visit: Visit, number: str, item: int) -> HttpResponse:
    """Show the case with this step's form, or do the step."""
    try:
        place = step_place(number, item, visit.person, visit.at)
    except NotYours as refusal:
        tell(request, _first(item) or refusal)
        return back_to_case(number)
    if request.method != "POST":
        return render(request, "workspace/case.html", case_page(visit, number, place, form_context(place)))
    sent = place.read(request)
    if not sent.final:
        place.keep_draft(sent)
        return _again(request, visit, place, form_context(place, sent), 200)
    try:
        case = complete(
            item,
            _revision(request),
            visit.person,
            sent.raw,
            visit.at,
            outcome=sent.outcome,
            evidence=sent.evidence,
            key=sent_key(request),
        )
    except Invalid as refusal:
        place.keep_draft(sent)
        return _again(request, visit, place, form_context(place, sent, refusal.errors), 422)
    except Refused as refusal:
        place.keep_draft(sent)
        tell(request, refusal)
        return back_to_case(number)
    place.drop_draft()
    tell_with_undo(request, _("Done: %(step)s.") % {"step": place.step.activity}, _undo(item, visit))
    return redirect("workspace:case", case.number)


def _undo(item: int, visit: Visit) -> Undo | None:
    """Return how the step just done is taken back, where nothing has gone out with it."""
    done = WorkItem.objects.select_related("case").get(pk=item)
    if not cases.may_withdraw(visit.person, done, visit.at):
        return None
    return Undo(reverse("workspace:withdraw", args=[done.case.number, item]))


def _again(
    request: HttpRequest, visit: Visit, place: FormPlace, context: dict[str, object], status: int
) -> HttpResponse:
    number = place.case.number if place.case else ""
    return render(request, "workspace/case.html", case_page(visit, number, place, context), status=status)


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("_revision", "")
    return int(given) if given.isdecimal() else 0


def _first(item_id: int) -> AlreadyDone | None:
    """Return who did the step meanwhile, where somebody did."""
    item = WorkItem.objects.filter(pk=item_id).exclude(done_at=None).select_related("done_by").first()
    if item is None or item.done_by is None:
        return None
    return AlreadyDone("", str(item.done_by), item.done_at)
