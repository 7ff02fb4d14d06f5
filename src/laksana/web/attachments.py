"""Serving the files of cases: only to whoever may open those of the case, and never as something that runs."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.cases.models import Attachment
from laksana.files.serving import serve
from laksana.web.visits import Visit, for_employees


@require_safe
@for_employees
def attachment(request: HttpRequest, visit: Visit, key: int) -> HttpResponseBase:
    """Give a file: in the page where that is safe, else as a download."""
    row = Attachment.objects.filter(pk=key).select_related("stored").first()
    if row is None or not _may_read(row, visit):
        raise Http404
    if row.destroyed_at is not None:
        return render(request, "web/destroyed.html", {"row": row}, status=410)
    return serve(row.stored, row.name, download="unduh" in request.GET)


def _may_read(row: Attachment, visit: Visit) -> bool:
    if row.case_id is None:
        return row.by_id == visit.person.pk
    return cases.may_open_files(visit.person, visit.at, row.case_id)
