"""The printed SOP AP: what stands on its identity sheet and its flowchart sheets."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from laksana.documents.signature import Signatory, block
from laksana.documents.total_time import total_time
from laksana.documents.typesetting import TEMPLATES, typeset
from laksana.sop.chart.layout import lay_out
from laksana.sop.definition import Procedure


def sheet_pdf(
    procedure: Procedure,
    letterhead: Mapping[str, str],
    approval: Signatory,
    titles: Mapping[str, str],
    at: datetime,
) -> bytes:
    """Return the sheets of an SOP. `titles` names related procedures; one it lacks prints its id."""
    data = {"letterhead": letterhead, "sop": sheet_data(procedure, approval, titles)}
    return typeset(TEMPLATES / "sop.typ", data, at)


def sheet_data(procedure: Procedure, approval: Signatory, titles: Mapping[str, str]) -> dict[str, Any]:
    """Return what the template prints, as JSON-able data."""
    identity = procedure.identity
    return {
        "id": procedure.id,
        "title": procedure.title,
        "unit": procedure.unit,
        "number": identity.number,
        "made": identity.made.isoformat(),
        "revised": _iso(identity.revised),
        "effective": identity.effective.isoformat(),
        "approved": block(approval),
        "boxes": _boxes(procedure, titles),
        "total_time": total_time(procedure),
        "chart": lay_out(procedure, titles=titles).as_data(),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _boxes(procedure: Procedure, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the six boxes in reading order, left and right of each row."""
    return [
        {"label": label, "entries": list(entries)}
        for label, entries in (
            ("Dasar Hukum", [f"{basis.cite}, tentang {basis.about}" for basis in procedure.legal_basis]),
            ("Kualifikasi Pelaksana", procedure.qualifications),
            ("Keterkaitan", [f"SOP {titles.get(other, other)}" for other in procedure.related]),
            ("Peralatan/Perlengkapan", procedure.equipment),
            ("Peringatan", procedure.warnings),
            ("Pencatatan dan Pendataan", procedure.records),
        )
    ]
