"""What the PPID looks after: the published list and what is overdue, exemptions with their reviews, the year's report."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laksana.cases.errors import NotYours
from laksana.library.informasi import services as informasi
from laksana.people.models import Person
from laksana.people.services import desks_of
from laksana.registers import services as registers
from laksana.web.tables import csv_answer
from laksana.web.visits import Visit, for_employees
from laksana.workspace.views.answers import refusals_answered
from laksana.worktime.zone import local_day

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def looks_after(person: Person, at: datetime) -> bool:
    """Return whether a person takes part in keeping the list of exempt information, and so sees it and its reviews."""
    return not informasi.keepers().isdisjoint(desks_of(person, at))


@require_safe
@refusals_answered
@for_employees
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what is overdue for renewal, which exemptions end when, and the years to report on."""
    _check(visit)
    today = local_day(visit.at)
    entries = informasi.published_now(visit.at)
    overdue = sorted((each for each in entries if each.overdue(today)), key=lambda each: each.renew_by)
    context = {
        "total": len(entries),
        "overdue": overdue,
        "unset": [each for each in entries if not each.decree],
        "exemptions": _seen(visit),
        "planned": [each for each in informasi.planned(visit.at) if each.exemption.state != "berakhir"],
        "years": informasi.years(visit.at),
        "approved": informasi.approved_reports(visit.at),
        "today": today,
    }
    return render(request, "workspace/information.html", context)


@require_safe
@refusals_answered
@for_employees
def exemptions_csv(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """Give the list of exempt information as those may read it who keep it, with ends and reviews; the reading is noted."""
    _check(visit)
    heads = (
        "berkas", "keputusan", "tanggal", "informasi", "uraian_umum", "perangkat_daerah", "dasar", "jangka", "berakhir",
        "batas_penetapan_terbuka", "status",
    )  # fmt: skip
    rows = [
        (
            each.case, each.decision, each.decided, told, each.summary, each.unit, each.basis, each.period, each.ends,
            each.review, each.state,
        )
        for each, told in _seen(visit)
    ]  # fmt: skip
    return csv_answer(heads, rows, "dik-lengkap")


@require_safe
@refusals_answered
@for_employees
def year(request: HttpRequest, visit: Visit, year: int) -> HttpResponse:
    """Show a year as the registers tell it now, for any year."""
    counted = _counted(visit, year)
    context = {
        "year": year,
        "figures": counted,
        "rows": [month.row for month in counted.months],
        "letters": informasi.letters(),
        "approved": informasi.approved_reports(visit.at).get(year),
    }
    return render(request, "workspace/information_year.html", context)


@require_safe
@refusals_answered
@for_employees
def year_file(request: HttpRequest, visit: Visit, year: int, form: str) -> HttpResponseBase:  # noqa: ARG001
    """Give a year of the registers as PDF, CSV or JSON."""
    counted = _counted(visit, year)
    if form == "csv":
        return csv_answer(
            ("bagian", "ukuran", "rincian", "nilai"), counted.lines(), f"layanan-informasi-{year}"
        )
    if form == "json":
        lines = [
            dict(zip(("bagian", "ukuran", "rincian", "nilai"), line, strict=True)) for line in counted.lines()
        ]
        made = {"tahun": year, "sampai": counted.until.isoformat(), "angka": lines}
        return JsonResponse(made, json_dumps_params={"ensure_ascii": False})
    if form != "pdf":
        raise Http404
    response = HttpResponse(informasi.report_pdf(year, visit.at), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="layanan-informasi-{year}.pdf"'
    return response


def _counted(visit: Visit, year: int) -> informasi.Figures:
    _check(visit)
    if not _FIRST_YEAR <= year <= min(_LAST_YEAR, local_day(visit.at).year):
        raise Http404
    return informasi.figures(year, visit.at)


def _seen(visit: Visit) -> list[tuple[informasi.Exemption, str]]:
    """Return the exemptions with their information as this person may read it; that he did is noted in the book."""
    opened = registers.book("informasi-dikecualikan", "dik")
    found = informasi.exemptions_now(visit.at)
    readable = {
        (line.case, registers.words(line.cells.get("informasi_yang_dikecualikan")))
        for line in registers.entries("informasi-dikecualikan", "dik", visit.person, visit.at)
        if not line.sealed
    }
    if found:
        registers.note_reading(opened, registers.Asked(), visit.person, visit.at, "halaman", len(found))
    return [
        (
            each,
            each.information
            if not each.case or (each.case, each.information) in readable
            else registers.MASK,
        )
        for each in found
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_employees
def bring_in(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take decisions made before Laksana into the list of exempt information from a file, and report line by line."""
    _check(visit)
    report, error, status = None, "", 200
    if request.method == "POST":
        try:
            report = _brought_in(request, visit)
        except informasi.NoTableError as refusal:
            error = str(refusal)
        status = 422 if error or (report and report.refused) else 200
    context = {
        "report": report,
        "error": error,
        "columns": informasi.EARLIER_COLUMNS,
        "letters": informasi.letters(),
    }
    return render(request, "workspace/exemptions_import.html", context, status=status)


def _brought_in(request: HttpRequest, visit: Visit) -> informasi.Report:
    sent = request.FILES.get("berkas")
    if sent is None or sent.size is None:
        raise informasi.NoTableError(_("Choose a file."))
    if sent.size > informasi.MOST_BYTES:
        raise informasi.NoTableError(_("The file is larger than 5 MB."))
    return informasi.bring_in(sent.name or "", sent.read(), visit.person, visit.at)


def _check(visit: Visit) -> None:
    """Raise NotYours for one who takes no part in it."""
    if not looks_after(visit.person, visit.at):
        raise NotYours(_("This page is for those who look after public information."))
