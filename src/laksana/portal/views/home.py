"""The first page, the page of each service, and how the services do."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.documents.services import letterhead
from laksana.library.services import find
from laksana.portal.explained import explained
from laksana.portal.performance import figures
from laksana.portal.personal import personal
from laksana.portal.service import ServiceText, Situation, service_of, situations
from laksana.portal.views.library import as_asked, for_anybody
from laksana.sop.definition import Procedure


@dataclass(frozen=True)
class Offered:
    """A service of the office."""

    procedure: Procedure
    text: ServiceText


@dataclass(frozen=True)
class Shelf:
    """What brings people here, and the services for it."""

    situation: Situation
    services: list[Offered]


@require_safe
@for_anybody
@as_asked
def home(request: HttpRequest) -> HttpResponse:
    """Show what the office does for people, by what brings them here; or what answers to the words looked for."""
    at = timezone.now()
    words = request.GET.get("q", "").strip()[:100]
    book = list(cases.book_in_force(at).values())
    offered = [Offered(each, text) for each in book if (text := service_of(each)) is not None]
    found = {each.procedure.id for each in find([o.procedure for o in offered], words)} if words else set()
    offered = sorted(
        (each for each in offered if not words or each.procedure.id in found),
        key=lambda each: each.text.order,
    )
    shelves = [Shelf(each, [o for o in offered if o.text.situation == each.id]) for each in situations()]
    told = figures(book, at)
    context = {
        "words": words,
        "shelves": [shelf for shelf in shelves if shelf.services],
        "office": letterhead(),
        "received": sum(each.started for each in told),
        "finished": sum(each.ended for each in told),
        "running": sum(each.running for each in told),
    }
    return render(request, "portal/home.html", context)


@require_safe
@never_cache
def service(request: HttpRequest, procedure: str) -> HttpResponse:
    """Explain one service to whoever thinks of asking for it."""
    shown, text = offered_service(procedure)
    context = {
        "procedure": shown,
        "text": text,
        "explained": explained(shown),
        "personal": personal(shown),
        "office": letterhead(),
    }
    return render(request, "portal/service.html", context)


@require_safe
@for_anybody
@as_asked
def performance(request: HttpRequest) -> HttpResponse:
    """Show how the services did in the last year."""
    at = timezone.now()
    context = {"rows": figures(list(cases.book_in_force(at).values()), at), "office": letterhead(), "at": at}
    return render(request, "portal/performance.html", context)


@require_safe
@for_anybody
@as_asked
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what happens to personal data."""
    book = cases.book_in_force(timezone.now()).values()
    offered = [Offered(each, text) for each in book if (text := service_of(each)) is not None]
    return render(request, "portal/privacy.html", {"services": offered, "office": letterhead()})


@require_safe
@for_anybody
@as_asked
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible these pages are, and whom to tell where they are not."""
    return render(request, "portal/accessibility.html", {"office": letterhead()})


def offered_service(procedure: str) -> tuple[Procedure, ServiceText]:
    """Return a service in force with its text. Raises Http404."""
    shown = cases.book_in_force(timezone.now()).get(procedure)
    text = service_of(shown) if shown else None
    if shown is None or text is None:
        raise Http404
    return shown, text
