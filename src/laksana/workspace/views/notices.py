"""What one was told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from laksana.notices import services as told
from laksana.web.visits import Visit, for_employees
from laksana.workspace.paging import page_number

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_employees
def notices(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the notices, the latest first; mark all of them as read."""
    if request.method == "POST":
        told.mark_read(visit.person, visit.at)
        return redirect("workspace:notices")
    page = page_number(request)
    start = (page - 1) * PAGE
    found = list(told.latest(visit.person)[start : start + PAGE + 1])
    context = {"notices": found[:PAGE], "page": page, "more": len(found) > PAGE}
    return render(request, "workspace/notices.html", context)


@require_safe
@for_employees
def follow(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Lead to what a notice speaks of; it counts as read."""
    notice = get_object_or_404(told.latest(visit.person), pk=key)
    told.mark_read(visit.person, visit.at, [notice.pk])
    own = url_has_allowed_host_and_scheme(notice.url, allowed_hosts={request.get_host()})
    return redirect(notice.url if own else "workspace:notices")
