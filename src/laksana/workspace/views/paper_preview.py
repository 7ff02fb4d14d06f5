"""The paper that a form's formatted text will become, as PDF, before anything is sent.

With a form sent to it, it answers with what stands in the form; asked plainly, with the draft that was kept last, which is how
the page shows it beside the text while one writes.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from laksana.cases.errors import Refused
from laksana.documents.services import preview_body
from laksana.sop.form import clean
from laksana.web.forms.reading import Sent
from laksana.web.visits import Visit, visit_of
from laksana.workspace.forms_kept import PlaceOf
from laksana.workspace.places import FormPlace, start_place, step_place


def _preview(place_of: PlaceOf) -> Callable[..., HttpResponseBase]:
    @require_http_methods(["GET", "POST"])
    @xframe_options_sameorigin
    def preview(request: HttpRequest, **named: Any) -> HttpResponseBase:
        """Return the paper as PDF, to whoever may fill this form in."""
        visit = visit_of(request)
        if not isinstance(visit, Visit):
            return visit
        try:
            place = place_of(*named.values(), visit.person, visit.at)
        except Refused:
            raise Http404 from None
        field = request.GET.get("isian", "")
        if field not in place.step.asks:
            raise Http404
        try:
            pdf = preview_body(_situation(place, _typed(request, place)), field)
        except KeyError:
            raise Http404 from None
        answer = HttpResponse(pdf, content_type="application/pdf")
        answer["Content-Disposition"] = 'inline; filename="pratinjau.pdf"'
        answer["Cache-Control"] = "no-store"
        return answer

    return preview


def _typed(request: HttpRequest, place: FormPlace) -> Sent | None:
    if request.method == "POST":
        return place.read(request)
    draft = place.draft()
    return Sent.from_draft(draft.data) if draft is not None else None


def _situation(place: FormPlace, sent: Sent | None) -> Any:
    """Return the case as it would stand with what can be read of the form already."""
    known = place.situation.values
    if sent is None:
        return place.situation
    typed = clean(place.procedure, place.step, sent.raw, known, outcome=sent.outcome).values
    return replace(place.situation, values={**known, **typed}, outcome=sent.outcome)


preview_start, preview_step = _preview(start_place), _preview(step_place)
