"""Anybody who has the address from a paper's QR learns whether it is genuine, and nothing that stands in it or its case."""

from datetime import datetime, timedelta
from typing import Final

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from laksana.documents.services import letterhead
from laksana.files.upload import too_large
from laksana.signing import services as signing
from laksana.signing.services import Verified

_PER_MINUTE: Final = 30
_MINUTE: Final = 60
_LIST_KEPT: Final = timedelta(hours=1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Say what was signed, by whom and when; a POST brings a file to compare, which is read once and kept nowhere."""
    at = timezone.now()
    if _too_many(request, at):
        return _answer(request, {"busy": True}, 429)
    found = signing.verification(token, at)
    if found is None:
        return _answer(request, {"unknown": True}, 404)
    context: dict[str, object] = {"found": found}
    if request.method == "POST":
        context |= _compared(request, found)
    return _answer(request, context, 200)


@require_safe
@cache_control(public=True, max_age=int(_LIST_KEPT.total_seconds()))
def revoked(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (a view gets the request)
    """Give the list of certificates that the office's own authority has revoked."""
    try:
        content = signing.revoked_list(timezone.now())
    except LookupError:
        raise Http404 from None
    return HttpResponse(content, content_type="application/pkix-crl")


def _answer(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    response = render(request, "portal/verification.html", {"office": letterhead(), **context}, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    if status == 429:
        response["Retry-After"] = str(_MINUTE)
    return response


def _compared(request: HttpRequest, found: Verified) -> dict[str, object]:
    offered = request.FILES.get("file")
    if offered is None:
        refused = too_large(request).get("file")
        return {"fault": _("This file is too large to be compared.") if refused else _("Choose a file.")}
    return {"verdict": found.told_of(signing.digest_of(offered)), "offered": str(offered.name)[:200]}


def _too_many(request: HttpRequest, at: datetime) -> bool:
    """Tell whether one address asks more often than a person would; the address itself is kept a minute, as the cache's key."""
    key = f"verification:{request.META.get('REMOTE_ADDR', '')}:{int(at.timestamp()) // _MINUTE}"
    cache.add(key, 0, 2 * _MINUTE)
    try:
        return cache.incr(key) > _PER_MINUTE
    except ValueError:
        return False
