"""Taking spreadsheets of personnel systems into the employee files, and parts of all files out."""

import io
import tempfile

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from laksana.library.kepegawaian.riwayat import layouts, rights, spreadsheet
from laksana.library.kepegawaian.riwayat.kinds import CONTENTS
from laksana.library.kepegawaian.riwayat.services import columns, standing
from laksana.library.kepegawaian.riwayat.spreadsheet import Report, SheetError
from laksana.web.visits import Visit, for_employees
from laksana.workspace.personnel_words import part_title
from laksana.workspace.sending import TYPES

_OWN = ("nip", "nama", "tmt", "sampai", "nomor_sk")


@require_http_methods(["GET", "HEAD", "POST"])
@for_employees
def take(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take a file in wholly or not at all, and tell of each row that was refused and why."""
    if not rights.keeps_files(visit.person, visit.at):
        raise Http404
    kind, document = request.POST.get("bagian", ""), request.POST.get("dokumen", "").strip()[:200]
    errors: dict[str, str] = {}
    report: Report | None = None
    if request.method == "POST":
        report = _taken(request, visit, kind, document, errors)
    context = {
        "kinds": [(key, part_title(key), [*_OWN, *columns(key)], layouts.names(key)) for key in CONTENTS],
        "kind": kind,
        "document": document,
        "errors": errors,
        "report": report,
        "part": part_title(kind) if kind in CONTENTS else "",
    }
    bad = bool(errors or (report and report.refused))
    return render(request, "workspace/personnel_import.html", context, status=422 if bad else 200)


def _taken(
    request: HttpRequest, visit: Visit, kind: str, document: str, errors: dict[str, str]
) -> Report | None:
    sent = request.FILES.get("berkas")
    if kind not in CONTENTS:
        errors["bagian"] = _("Choose one.")
    if sent is None:
        errors["berkas"] = _("Attach a file.")
    elif (sent.size or 0) > spreadsheet.MAX_BYTES:
        errors["berkas"] = _("The file is too large.")
    if errors or sent is None:
        return None
    try:
        return spreadsheet.take(kind, sent.read(), at=visit.at, by=visit.person, document=document)
    except SheetError as error:
        errors["berkas"] = _("The file was not taken: %(why)s.") % {"why": error}
        return None


@require_POST
@for_employees
def give(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Send a part of all files; that each of them was read is recorded."""
    kind, form = request.POST.get("bagian", ""), request.POST.get("bentuk", "")
    if not rights.keeps_files(visit.person, visit.at) or kind not in CONTENTS or form not in ("csv", "xlsx"):
        raise Http404
    people = standing(kind).values_list("person", flat=True).order_by("person").distinct()
    rights.note_export(visit.person, list(people), kind, visit.at)
    name = f"berkas-pegawai-{kind}.{form}"
    if form == "xlsx":
        file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
        spreadsheet.write_xlsx(kind, file)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=name, content_type=TYPES["xlsx"])
    text = io.StringIO()
    text.write("\ufeff")
    spreadsheet.write_csv(kind, text)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text.getvalue(), content_type=TYPES["csv"], headers=headers)
