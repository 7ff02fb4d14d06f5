"""One page for what citizens write that others may read: what waits, and deciding what readers ask."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laksana.cases.errors import Refused
from laksana.library import moderated
from laksana.library.informasi import moderation
from laksana.publishing import services as publishing
from laksana.publishing.models import Response
from laksana.web.visits import Visit, VisitView, for_employees
from laksana.workspace.views.office_form import answer, spec

_DECIDED_SHOWN = 20
_READINGS_SHOWN = 10


def for_editors(view: VisitView[...]) -> Any:
    """Let only those in who decide about what citizens write."""

    @for_employees
    def guarded(request: HttpRequest, visit: Visit, /, *args: Any, **named: Any) -> HttpResponseBase:
        if not moderation.may_moderate(visit.person, visit.at):
            return render(request, "403.html", status=403)
        return view(request, visit, *args, **named)

    return guarded


@require_safe
@for_editors
def queue(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what waits for a decision, the nearest end first, and what was decided last."""
    responses = Response.objects.select_related("item", "decided_by")
    waiting = moderated.waiting(visit.person, visit.at)
    context = {
        "responses": responses.filter(state=Response.State.WAITING),
        "texts": waiting,
        "decided": responses.exclude(state=Response.State.WAITING).order_by("-decided_at")[:_DECIDED_SHOWN],
        "at": visit.at,
    }
    return render(request, "workspace/moderation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def moderate(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Ask for the decision about what a reader asks, with what is said of it, and carry it out."""
    response = get_object_or_404(Response.objects.select_related("item"), pk=key)
    if response.state != Response.State.WAITING:
        return redirect("workspace:moderation")

    def do(values: Mapping[str, Any]) -> str:
        try:
            moderation.decide(response, values["decision"] == "kabul", values["said"], visit.person, visit.at)
        except moderation.AlreadyDecidedError:
            raise ValidationError(_("Somebody has decided about it meanwhile.")) from None
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return _("Decided. Its sender sees it on his page.")

    said_help = {
        Response.Kind.REPLY: _(
            "The reply is published as it was written; this goes into the log and to its sender."
        ),
        Response.Kind.CORRECTION: _("A granted correction is published with these words."),
        Response.Kind.TAKEDOWN: _("Everybody reads this in the place of the item."),
    }[Response.Kind(response.kind)]
    fields = {
        "decision": spec(
            "choice", _("Decision"), choices={"kabul": _("Grant it"), "tolak": _("Refuse it")}, required=True
        ),
        "said": spec(
            "longtext",
            _("Reason, or the words of the correction"),
            required=True,
            max_length=1000,
            help=said_help,
        ),
    }
    publishing.note_contact_reading(response, visit.person, visit.at)
    told = f"{response.item.title}\n\n{response.name} ({response.contact}):\n{response.text}"
    return answer(
        request, visit, fields, do, heading=str(response.get_kind_display()).capitalize(), lead=told,
        submit_label=_("Decide"), back=reverse("workspace:moderation"), template="workspace/moderate.html",
        context={"readings": response.readings.select_related("person")[:_READINGS_SHOWN], "days": moderation.kept_days()},
    )  # fmt: skip
