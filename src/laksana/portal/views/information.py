"""Public information: the list of it, what is exempt and why, and the year's report; as pages and as open data."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from laksana.cases.models import Case, WorkItem
from laksana.documents.services import letterhead
from laksana.files.serving import serve
from laksana.library.informasi import services as informasi
from laksana.library.informasi.services import Exemption, Figures, PublicInformation
from laksana.portal.views.library import as_asked, for_anybody
from laksana.web.tables import csv_answer

_PAGE = 50
_LONGEST = 100


@require_safe
@for_anybody
@as_asked
def overview(request: HttpRequest) -> HttpResponse:
    """Show what there is of public information, and how to ask for what is not there."""
    at = timezone.now()
    entries = informasi.published_now(at)
    context = {
        "office": letterhead(),
        "categories": [
            (row, sum(1 for each in entries if each.category == row.kategori))
            for row in informasi.CATEGORIES.rows()
        ],
        "total": len(entries),
        "newest": sorted(entries, key=lambda each: each.published, reverse=True)[:5],
        "exempt": len(_announced(at)),
        "reports": informasi.approved_reports(at),
    }
    return render(request, "portal/information.html", context)


@require_safe
@for_anybody
@as_asked
def listed(request: HttpRequest) -> HttpResponse:
    """Show the list of public information, or what of it answers to words, a category and an agency."""
    asked = _asked(request)
    entries = informasi.published_now(timezone.now())
    found = asked.of(entries)
    page = Paginator(found, _PAGE).get_page(request.GET.get("halaman"))
    context = {
        "office": letterhead(),
        "asked": asked,
        "page": page,
        "total": len(entries),
        "categories": informasi.CATEGORIES.rows(),
        "agencies": sorted({each.agency for each in entries}),
        "rest": _without_page(request),
    }
    return render(request, "portal/information_list.html", context)


@require_safe
@for_anybody
@as_asked
def entry(request: HttpRequest, key: str) -> HttpResponse:
    """Show one entry of the list."""
    found = next((each for each in informasi.published_now(timezone.now()) if each.key == key), None)
    if found is None:
        raise Http404
    return render(request, "portal/information_entry.html", {"office": letterhead(), "each": found})


@require_safe
@for_anybody
def listed_csv(request: HttpRequest) -> HttpResponse:
    """Give the list, or what was looked for in it, as CSV."""
    heads = (
        "kode", "nomor", "ringkasan_isi", "perangkat_daerah", "unit_menguasai", "penanggung_jawab", "waktu_tempat_pembuatan",
        "bentuk", "jangka_penyimpanan", "media", "kategori", "tautan", "tanggal_diumumkan", "keputusan", "diperbarui_sebelum",
    )  # fmt: skip
    found = _asked(request).of(informasi.published_now(timezone.now()))
    return csv_answer(heads, (_cells(each) for each in found), "daftar-informasi-publik")


def _cells(each: PublicInformation) -> tuple[object, ...]:
    return (
        each.key, each.number, each.summary, each.agency, each.unit, each.responsible, each.made, each.form, each.retention,
        each.media, each.category, each.link, each.published, each.decree, each.renew_by,
    )  # fmt: skip


@require_safe
@for_anybody
def listed_jsonld(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give the list as DCAT in JSON-LD, for catalogues that harvest it."""
    page = settings.BASE_URL.rstrip("/") + reverse("portal:information-list")
    made = informasi.catalogue(informasi.published_now(timezone.now()), letterhead(), page, page)
    return JsonResponse(made, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})


@require_safe
@for_anybody
@as_asked
def exempt(request: HttpRequest) -> HttpResponse:
    """Show what is exempt in general words: the basis, the decision and until when; never the information."""
    return render(
        request, "portal/exempt.html", {"office": letterhead(), "entries": _announced(timezone.now())}
    )


@require_safe
@for_anybody
def exempt_csv(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give the list of exempt information, in general words, as CSV."""
    heads = (
        "keputusan",
        "tanggal",
        "uraian_umum",
        "perangkat_daerah",
        "dasar",
        "jangka",
        "berakhir",
        "status",
    )
    rows = (
        (each.decision, each.decided, each.summary, each.unit, each.basis, each.period, each.ends, each.state)
        for each in _announced(timezone.now())
    )
    return csv_answer(heads, rows, "daftar-informasi-yang-dikecualikan")


def _announced(at: datetime) -> list[Exemption]:
    return [each for each in informasi.exemptions_now(at) if each.announced and each.summary]


@require_safe
@for_anybody
@as_asked
def report(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year's report once it is signed."""
    case, counted = _report(year)
    context = {
        "office": letterhead(),
        "year": year,
        "case": case,
        "rows": case.data.get("rekap_layanan") or [],
        "figures": counted,
        "letters": informasi.letters(),
        "paper": informasi.report_paper(case),
    }
    return render(request, "portal/information_report.html", context)


@require_safe
@for_anybody
def report_file(request: HttpRequest, year: int, form: str) -> HttpResponseBase:  # noqa: ARG001
    """Give a year's report as its signed PDF, or its figures as CSV or JSON."""
    case, counted = _report(year)
    giving: Callable[[int, Case, Figures], HttpResponseBase] | None = _FORMS.get(form)
    if giving is None:
        raise Http404
    return giving(year, case, counted)


def _report(year: int) -> tuple[Case, Figures]:
    """Return the case of a year's signed report, and the figures as they stood when it was signed. Raises Http404."""
    at = timezone.now()
    case = informasi.approved_reports(at).get(year)
    if case is None:
        raise Http404
    signed = (
        case.work_items.filter(step="tandatangan-laporan", state=WorkItem.State.DONE)
        .order_by("-done_at")
        .values_list("done_at", flat=True)
        .first()
    )
    return case, informasi.figures(year, signed or at)


def _as_pdf(year: int, case: Case, _counted: Figures) -> HttpResponseBase:
    paper = informasi.report_paper(case)
    if paper is None:
        raise Http404
    return serve(paper.stored, f"Laporan Layanan Informasi Publik {year}.pdf", download=True)


def _as_csv(year: int, _case: Case, counted: Figures) -> HttpResponseBase:
    return csv_answer(("bagian", "ukuran", "rincian", "nilai"), counted.lines(), f"layanan-informasi-{year}")


def _as_json(year: int, case: Case, counted: Figures) -> HttpResponseBase:
    made: dict[str, Any] = {
        "tahun": year,
        "sampai": counted.until.isoformat(),
        "laporan": case.data.get("nomor_laporan"),
        "rekap_layanan": [
            {name: _number(held) for name, held in row.items()}
            for row in case.data.get("rekap_layanan") or ()
        ],
        "angka": [
            {"bagian": part, "ukuran": figure, "rincian": of, "nilai": value}
            for part, figure, of, value in counted.lines()
        ],
    }
    return JsonResponse(made, json_dumps_params={"ensure_ascii": False})


def _number(held: Any) -> Any:
    """Return what a case keeps of a number as one; anything else as it is."""
    try:
        number = float(held)
    except (TypeError, ValueError):
        return held
    return int(number) if number.is_integer() else number


_FORMS: dict[str, Callable[[int, Case, Figures], HttpResponseBase]] = {
    "pdf": _as_pdf,
    "csv": _as_csv,
    "json": _as_json,
}


@dataclass(frozen=True)
class _Asked:
    """What somebody looks for in the list."""

    words: str
    category: str
    agency: str

    def of(self, entries: Iterable[PublicInformation]) -> list[PublicInformation]:
        """Return the entries that answer to it."""
        return informasi.matching(entries, self.words, self.category, self.agency)


def _asked(request: HttpRequest) -> _Asked:
    words, category, agency = (request.GET.get(name, "").strip() for name in ("q", "kategori", "opd"))
    return _Asked(words[:_LONGEST], category, agency)


def _without_page(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("halaman", None)
    return asked.urlencode()
