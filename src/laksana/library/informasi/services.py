"""The door of `informasi` for the pages: the published list, the list of exempt information, the year's report."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from laksana.cases.models import Attachment, Case, WorkItem
from laksana.documents.services import letterhead, render
from laksana.library.catalogue import entry
from laksana.library.informasi.annual import Figures, figures, years
from laksana.library.informasi.dcat import catalogue
from laksana.library.informasi.earlier import COLUMNS as EARLIER_COLUMNS
from laksana.library.informasi.earlier import MOST_BYTES, NoTableError, Report, bring_in
from laksana.library.informasi.exempt import PROCEDURE, Exemption, exemptions, in_force, touched
from laksana.library.informasi.informasi_dikecualikan.rules import LETTERS
from laksana.library.informasi.kept import exemptions_now, published_now
from laksana.library.informasi.published import CATEGORIES, PublicInformation, matching, published
from laksana.library.informasi.reviews import Planned, planned
from laksana.sop.performer import Kind

__all__ = [
    "CATEGORIES",
    "EARLIER_COLUMNS",
    "MOST_BYTES",
    "Exemption",
    "Figures",
    "NoTableError",
    "Planned",
    "PublicInformation",
    "Report",
    "approved_reports",
    "bring_in",
    "catalogue",
    "exemptions",
    "exemptions_now",
    "figures",
    "in_force",
    "keepers",
    "letters",
    "matching",
    "planned",
    "published",
    "published_now",
    "report_paper",
    "report_pdf",
    "touched",
    "years",
]  # fmt: skip

_TEMPLATE = Path(__file__).resolve().parent / "laporan-register.typ"
_REPORTS = "daftar-informasi-publik"


@cache
def keepers() -> frozenset[str]:
    """Return the desks that take part in the consequence test: they see the list of exempt information and its reviews."""
    bindings = [
        binding
        for performer in entry(PROCEDURE).procedure.performers.values()
        for binding in (performer.holder, performer.recorded_by)
        if binding is not None and binding.kind in (Kind.POSITION, Kind.GROUP)
    ]
    return frozenset(f"{binding.kind.value}:{binding.of}" for binding in bindings)


def letters() -> dict[str, str]:
    """Return the letters of article 17 in words."""
    return {row.huruf: f"{row.huruf}. {row.uraian}" for row in LETTERS.rows()}


def approved_reports(at: datetime) -> dict[int, Case]:
    """Return year -> the case whose report of it was signed, the latest year first; signed again, the last one counts."""
    signed = WorkItem.objects.filter(
        case__procedure=_REPORTS, step="tandatangan-laporan", state=WorkItem.State.DONE, done_at__lte=at
    )
    found = {
        int(item.case.data["tahun_laporan"]): item.case
        for item in signed.select_related("case").order_by("done_at", "pk")
        if item.case.data.get("tahun_laporan")
    }
    return dict(sorted(found.items(), reverse=True))


def report_paper(case: Case) -> Attachment | None:
    """Return the report of a case as it was made and, where it was, signed; None while it is being made."""
    return (
        case.attachments.filter(document="laporan-layanan", destroyed_at=None).select_related("stored").last()
    )


def report_pdf(year: int, at: datetime) -> bytes:
    """Return a year's figures of the registers as PDF/A, for any year: the same figures give the same bytes."""
    counted = figures(year, at)
    data: dict[str, Any] = {
        "letterhead": letterhead(),
        "title": f"Rekapitulasi Layanan Informasi Publik Tahun {year}",
        "year": year,
        "until": counted.until,
        "rows": [month.row for month in counted.months],
        "detail": [
            {"bagian": part, "ukuran": figure, "rincian": of, "nilai": value}
            for part, figure, of, value in counted.lines()
        ],
        "letters": letters(),
        "values": None,
    }
    return render(_TEMPLATE, data, at)
