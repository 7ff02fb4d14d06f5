"""Serving the files of cases: only to whoever may open those of the case, and never as something that runs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.cases.models import Attachment
from laksana.disclosure import services as disclosure
from laksana.files import previews
from laksana.files.serving import contain, serve
from laksana.web.visits import Visit, for_employees


@require_safe
@for_employees
def attachment(request: HttpRequest, visit: Visit, key: int) -> HttpResponseBase:
    """Give a file: in the page where that is safe, else as a download."""
    row = Attachment.objects.filter(pk=key).select_related("stored", "case__sop").first()
    if row is None or not _may_read(row, visit):
        raise Http404
    if row.destroyed_at is not None:
        return render(request, "web/destroyed.html", {"row": row}, status=410)
    return serve(row.stored, row.name, download="unduh" in request.GET)


@require_safe
@for_employees
def look(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Show the pages of a file as pictures, each drawn when it comes into sight."""
    row = _readable(visit, key)
    try:
        count = previews.pages(row.stored)
    except (previews.NoPreviewError, FileNotFoundError):
        count = 0
    return render(request, "web/look.html", {"row": row, "pages": range(1, count + 1)})


@require_safe
@for_employees
def page(request: HttpRequest, visit: Visit, key: int, number: int) -> HttpResponse:  # noqa: ARG001
    """Give a page of a file, counted from 1, as a picture."""
    row = _readable(visit, key)
    try:
        drawn = previews.page(row.stored, number - 1)
    except (previews.NoPreviewError, FileNotFoundError):
        raise Http404 from None
    response = HttpResponse(drawn, content_type="image/webp")
    contain(response)
    return response


def _readable(visit: Visit, key: int) -> Attachment:
    row = Attachment.objects.filter(pk=key, destroyed_at=None).select_related("stored", "case").first()
    if row is None or not _may_read(row, visit):
        raise Http404
    return row


def _may_read(row: Attachment, visit: Visit) -> bool:
    """Return whether a person may read a file; that he does is written down where it is kept to some lanes."""
    if row.case_id is None:
        return row.by_id == visit.person.pk
    if not cases.may_open(visit.person, visit.at, row):
        return False
    if row.case and (spec := cases.definition(row.case).fields.get(row.field)) and spec.seen_by:
        disclosure.note_reading(row.case, visit.person, [row.field], visit.at, row)
    return True
