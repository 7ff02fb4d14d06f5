"""How a view answers when an action refuses, and how it names the action that was sent."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from laksana.cases.errors import AlreadyDone, Invalid, NotFound, NotYours, Refused
from laksana.web.forms.step_form import as_text
from laksana.web.values import moment_text

P = ParamSpec("P")


def sent_key(request: HttpRequest) -> UUID:
    """Return the key a form was given, so that sent twice it acts once; a new one where it has none."""
    try:
        return UUID(request.POST.get("_key", ""))
    except ValueError:
        return uuid4()


def refusals_answered(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Answer what an action refuses: unknown things are not found, others' things are forbidden, the rest goes back."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotFound as refusal:
            raise Http404(str(refusal)) from None
        except NotYours as refusal:
            return render(request, "workspace/refused.html", {"why": as_text(str(refusal))}, status=403)

    return answered


def refusal_text(refusal: Refused) -> str:
    """Return in one line why an action was refused."""
    if isinstance(refusal, AlreadyDone) and refusal.by and refusal.at:
        told = _("%(who)s was first, on %(when)s. Nothing was changed by you.")
        return told % {"who": refusal.by, "when": moment_text(refusal.at)}
    if isinstance(refusal, Invalid):
        return " ".join(as_text(why) for why in refusal.errors.values())
    return as_text(str(refusal))


def tell(request: HttpRequest, refusal: Refused) -> None:
    """Say on the next page why an action was refused."""
    if isinstance(refusal, AlreadyDone) and refusal.by and refusal.at:
        messages.warning(request, refusal_text(refusal))
    elif isinstance(refusal, Invalid):
        for why in refusal.errors.values():
            messages.error(request, as_text(why))
    else:
        messages.error(request, refusal_text(refusal))


def back_to_case(number: str, fragment: str = "") -> HttpResponse:
    """Return the way to a case's page."""
    response = redirect("workspace:case", number)
    if fragment:
        response["Location"] += f"#{fragment}"
    return response
