"""What one was told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from laksana.web.visits import Visit, for_employees
from laksana.workspace.paging import page_number

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_employees
def notices(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the notices, the latest first; mark all of them as read."""
    from laksana.notices import services as told

    if request.method == "POST":
        told.mark_all_read(visit.person, visit.at)
        return redirect("workspace:notices")
    page = page_number(request)
    start = (page - 1) * PAGE
    found = list(told.notices_of(visit.person)[start : start + PAGE + 1])
    context = {"notices": found[:PAGE], "page": page, "more": len(found) > PAGE}
    return render(request, "workspace/notices.html", context)
