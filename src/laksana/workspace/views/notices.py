"""What one was told: the list, what is read, and what is new since a page was opened."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.notices import services as told
from laksana.web.undo import Undo, tell_with_undo
from laksana.web.visits import Visit, for_employees
from laksana.workspace.paging import page_number

PAGE = 50
SHOWN = 3
"""New notices that a page shows by themselves; the list has the others."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_employees
def notices(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the notices, the latest first; mark those that were marked as read, or all of them."""
    if request.method == "POST":
        return _mark_read(request, visit)
    page, unread = page_number(request), request.GET.get("baca") == "belum"
    start = (page - 1) * PAGE
    wanted = told.unread(visit.person) if unread else told.latest(visit.person)
    found = list(wanted[start : start + PAGE + 1])
    context = {"notices": found[:PAGE], "page": page, "more": len(found) > PAGE, "only_unread": unread}
    return render(request, "workspace/notices.html", context)


def _mark_read(request: HttpRequest, visit: Visit) -> HttpResponse:
    chosen = _chosen(request) if request.POST.get("what") == "chosen" else None
    if chosen == []:
        messages.error(request, _("Mark at least one notice."))
        return redirect("workspace:notices")
    number = told.mark_read(visit.person, visit.at, chosen)
    undo = Undo(reverse("workspace:notices-unread"), [("at", visit.at.isoformat())]) if number else None
    text = ngettext("%(number)d notice marked as read.", "%(number)d notices marked as read.", number)
    tell_with_undo(request, text % {"number": number}, undo)
    return redirect("workspace:notices")


def _chosen(request: HttpRequest) -> list[int]:
    given: Iterable[str] = request.POST.getlist("item")
    return [int(key) for key in given if key.isdecimal()]


@require_POST
@for_employees
def unread_again(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Undo marking as read."""
    at = _instant(request.POST.get("at", ""))
    number = told.mark_unread(visit.person, at) if at else 0
    text = ngettext("%(number)d notice is unread again.", "%(number)d notices are unread again.", number)
    messages.success(request, text % {"number": number})
    return redirect("workspace:notices")


def _instant(text: str) -> datetime | None:
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at and at.tzinfo else None


@require_safe
@for_employees
def news(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Answer an open page whether something new was told since it asked last: 304 when nothing changed."""
    state = told.state_of(visit.person)
    if request.headers.get("If-None-Match") == f'"{state}"':
        response = HttpResponse(status=304)
    else:
        fresh = told.since(visit.person, request.GET.get("sejak", ""), SHOWN + 1)
        context = {"state": state, "told": fresh[:SHOWN], "more": len(fresh) > SHOWN}
        response = render(request, "workspace/parts/news.html", context)
    response["ETag"] = f'"{state}"'
    return response


@require_safe
@for_employees
def follow(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Lead to what a notice speaks of; it counts as read."""
    notice = get_object_or_404(told.latest(visit.person), pk=key)
    told.mark_read(visit.person, visit.at, [notice.pk])
    own = url_has_allowed_host_and_scheme(notice.url, allowed_hosts={request.get_host()})
    return redirect(notice.url if own else "workspace:notices")
