"""The user's guide inside the workspace, and the end of the short tour."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from laksana.people.models import Account, Holding, overlapping
from laksana.web import guide
from laksana.web.visits import Visit, for_employees
from laksana.workspace import tour
from laksana.worktime.zone import local_day


@require_safe
@for_employees
def index(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the chapters, the reader's own marked."""
    context = {"chapters": guide.chapters().values(), "own": _own_chapter(visit)}
    return render(request, "workspace/guide.html", context)


@require_safe
@for_employees
def own(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001  (a view gets the request)
    """Lead to the chapter for the reader's work."""
    return redirect("workspace:guide-chapter", _own_chapter(visit))


@require_safe
@for_employees
def chapter(request: HttpRequest, visit: Visit, slug: str) -> HttpResponse:  # noqa: ARG001  (every employee reads all)
    """Show a chapter."""
    if slug not in guide.chapters():
        raise Http404
    context = {"chapter": guide.chapters()[slug], "page": guide.page(slug, _chapter_url)}
    return render(request, "workspace/guide_chapter.html", context)


@require_POST
@for_employees
def end_tour(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keep that the tour was taken or skipped."""
    account = visit.person.account
    if isinstance(account, Account):
        tour.take(request, account, visit.at)
    return redirect("workspace:inbox")


def _chapter_url(slug: str) -> str:
    return reverse("workspace:guide-chapter", args=[slug])


def _own_chapter(visit: Visit) -> str:
    """Return the slug of the chapter for a person's positions today; who looks after the system reads of that."""
    if visit.is_administrator:
        return "administrator"
    day = local_day(visit.at)
    held = Holding.objects.filter(overlapping(day, day), person=visit.person)
    positions = list(held.values_list("position__code", "position__heads_unit"))
    return guide.chapter_for(
        frozenset(code for code, _ in positions), heads=any(heads for _, heads in positions)
    )
