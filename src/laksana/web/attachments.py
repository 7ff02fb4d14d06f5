"""Serving the files of cases: only to whoever may open those of the case, and never as something that runs."""

from typing import Final

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.cases.models import Attachment
from laksana.files import services as files
from laksana.web.visits import Visit, for_employees

SHOWN: Final = frozenset(
    {"application/pdf", "image/jpeg", "image/png", "image/webp", "image/gif", "text/plain"}
)
"""What a browser may show by itself; everything else is downloaded."""


@require_safe
@for_employees
def attachment(request: HttpRequest, visit: Visit, key: int) -> HttpResponseBase:
    """Give a file: in the page where that is safe, else as a download."""
    row = Attachment.objects.filter(pk=key).select_related("stored").first()
    if row is None or not _may_read(row, visit):
        raise Http404
    media_type = row.stored.media_type
    shown = media_type in SHOWN and "unduh" not in request.GET
    return FileResponse(
        files.open_file(row.stored), as_attachment=not shown, filename=row.name, content_type=media_type
    )


def _may_read(row: Attachment, visit: Visit) -> bool:
    if row.case_id is None:
        return row.by_id == visit.person.pk
    return cases.may_open_files(visit.person, visit.at, row.case_id)
