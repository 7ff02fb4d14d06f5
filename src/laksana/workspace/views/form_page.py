"""What the template of a form needs, and the two addresses beside every form: drawing it anew, keeping it as a draft."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from laksana.cases.errors import Refused
from laksana.web.forms.reading import Sent
from laksana.web.undo import Undo, tell_with_undo
from laksana.web.visits import Visit, sign_in_first, visit_of
from laksana.workspace.forms_kept import PlaceOf, keep
from laksana.workspace.places import FormPlace, start_place, step_place

_DROPPED = "draft_dropped"
"""The key of the session under which the draft dropped last is kept."""


def form_context(
    place: FormPlace, sent: Sent | None = None, errors: Mapping[str, object] | None = None
) -> dict[str, Any]:
    """Return what `web/form.html` needs. Without `sent` the draft stands in the form, where there is one."""
    draft = place.draft() if sent is None else None
    if draft is not None:
        sent = Sent.from_draft(draft.data)
    return {
        "form": place.form(sent, errors),
        "action": place.url,
        "refresh_url": place.refresh_url,
        "draft_url": place.draft_url,
        "preview_url": place.preview_url,
        "as_whom": place.as_whom,
        "revision": place.item.revision if place.item else None,
        "saved_at": draft.saved_at if draft else None,
        "submit_label": _("Complete the step") if place.item else _("Send"),
    }


def _refresh(place_of: PlaceOf) -> Callable[..., HttpResponseBase]:
    @require_POST
    def refresh(request: HttpRequest, **named: Any) -> HttpResponse:
        """Draw the form anew with what was typed so far, and keep that."""
        visit = visit_of(request)
        if not isinstance(visit, Visit):
            return visit
        try:
            place = place_of(*named.values(), visit.person, visit.at)
        except Refused:
            return _gone(request)
        sent = place.read(request)
        place.keep_draft(sent)
        return render(request, "web/form_body.html", form_context(place, sent))

    return refresh


def _draft(place_of: PlaceOf) -> Callable[..., HttpResponseBase]:
    @require_POST
    def draft(request: HttpRequest, **named: Any) -> HttpResponse:
        """Keep what was typed; without a session too, and say so then."""
        visit = visit_of(request)
        if not isinstance(visit, Visit):
            keep(request, place_of, **named)
            return sign_in_first(request)
        try:
            place = place_of(*named.values(), visit.person, visit.at)
        except Refused:
            return _gone(request)
        if request.POST.get("_forget"):
            _forget(request, place)
            return redirect(place.url)
        if request.POST.get("_bring_back"):
            _bring_back(request, place)
            return redirect(place.url)
        place.keep_draft(place.read(request))
        return render(request, "web/parts/saved.html", {"saved_at": visit.at})

    return draft


def _forget(request: HttpRequest, place: FormPlace) -> None:
    """Drop the draft; the session keeps it until the next one is dropped, so that it can be brought back."""
    draft = place.draft()
    place.drop_draft()
    if draft is not None:
        request.session[_DROPPED] = {"url": place.url, "data": draft.data}
        tell_with_undo(
            request, _("Your draft has been discarded."), Undo(place.draft_url, [("_bring_back", "1")])
        )


def _bring_back(request: HttpRequest, place: FormPlace) -> None:
    """Put a draft that was just dropped back, unless something was typed anew since."""
    dropped = request.session.pop(_DROPPED, None)
    if dropped is None or dropped["url"] != place.url or place.draft() is not None:
        messages.warning(request, _("There is no discarded draft of this form any more."))
        return
    place.keep_draft(Sent.from_draft(dropped["data"]))
    messages.success(request, _("Your draft is back."))


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "web/parts/form_gone.html", status=409)


refresh_start, draft_start = _refresh(start_place), _draft(start_place)
refresh_step, draft_step = _refresh(step_place), _draft(step_place)
