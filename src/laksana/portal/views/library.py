"""What anybody may read without signing in: the procedures whose definition says that they are public. No case stands here."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from laksana.cases import services as cases
from laksana.documents.services import letterhead, sop_pdf
from laksana.library.services import find, sections_of
from laksana.portal.explained import explained
from laksana.sop.definition import Procedure
from laksana.web.chart import chart_of

PAGE_KEPT = timedelta(minutes=5)
"""How long browsers and proxies may keep a page."""
PDF_KEPT = timedelta(hours=1)
"""How long sheets are kept once they were set: whoever asks for them again and again costs the office no typesetting."""
for_anybody = cache_control(public=True, max_age=int(PAGE_KEPT.total_seconds()))
as_asked = vary_on_headers("Cookie", "Accept-Language")


@require_safe
@for_anybody
@as_asked
def library(request: HttpRequest) -> HttpResponse:
    """Show the public procedures by section, or those that hold the words looked for, the best first."""
    words = request.GET.get("q", "").strip()[:100]
    book = public_procedures(timezone.now())
    context = {
        "words": words,
        "found": find(book, words) if words else [],
        "sections": sections_of(book),
        "office": letterhead(),
    }
    return render(request, "portal/library.html", context)


@require_safe
@for_anybody
@as_asked
def procedure(request: HttpRequest, procedure: str) -> HttpResponse:
    """Explain one public procedure: what it is, who does what in what time, what is needed, and on which law it stands."""
    at = timezone.now()
    book = {each.id: each for each in public_procedures(at)}
    if procedure not in book:
        raise Http404
    shown = book[procedure]
    versions = cases.procedures_in_force(at)
    context = {
        "procedure": shown,
        "explained": explained(shown),
        "chart": chart_of(
            shown,
            next(version.digest for version in versions if version.procedure == procedure),
            {version.procedure: version.title for version in versions},
        ),
        "related": [book[other] for other in shown.related if other in book],
        "office": letterhead(),
    }
    return render(request, "portal/procedure.html", context)


@require_safe
@cache_control(public=True, max_age=int(PDF_KEPT.total_seconds()))
def pdf(request: HttpRequest, procedure: str) -> HttpResponse:  # noqa: ARG001  (a view gets the request)
    """Give the sheets of a public procedure as PDF."""
    at = timezone.now()
    shown = next((each for each in public_procedures(at) if each.id == procedure), None)
    if shown is None:
        raise Http404
    key = f"public-sop:{cases.version_in_force(procedure, at).digest}"
    content = cache.get_or_set(key, lambda: sop_pdf(shown, at), PDF_KEPT.total_seconds())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="SOP-{shown.code}-{procedure}.pdf"'
    return response


def public_procedures(at: datetime) -> list[Procedure]:
    """Return the public procedures in force, in the order of the book."""
    return [procedure for procedure in cases.book_in_force(at).values() if procedure.public]
