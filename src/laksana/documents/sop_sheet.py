"""The printed SOP AP: what stands on its identity sheet and its flowchart sheets."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from laksana.documents.signature import Signatory, block
from laksana.documents.total_time import total_time
from laksana.documents.typesetting import TEMPLATES, typeset
from laksana.sop.chart.layout import lay_out
from laksana.sop.chart.model import Chart
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
        "chart": _drawing(lay_out(procedure, titles=titles)),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _boxes(procedure: Procedure, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the six boxes in reading order, left and right of each row; `about` is the procedure that an entry names."""
    return [
        _box("Dasar Hukum", [f"{basis.cite}, tentang {basis.about}" for basis in procedure.legal_basis]),
        _box("Kualifikasi Pelaksana", procedure.qualifications),
        _box(
            "Keterkaitan",
            [f"SOP {titles.get(other, other)}" for other in procedure.related],
            about=procedure.related,
        ),
        _box("Peralatan/Perlengkapan", procedure.equipment),
        _box("Peringatan", procedure.warnings),
        _box("Pencatatan dan Pendataan", procedure.records),
    ]


def _box(label: str, entries: Sequence[str], about: Sequence[str] = ()) -> dict[str, Any]:
    return {"label": label, "entries": list(entries), "about": list(about) or [None] * len(entries)}


_TEXT_PARTS = ("text", "x", "y", "size", "anchor", "bold", "turned")


def _drawing(chart: Chart) -> dict[str, Any]:
    """Return of a chart's data what the template draws; the rest, for other programs, would only cost time."""
    data = chart.as_data()
    return {
        "paper": data["paper"],
        "strokes": data["strokes"],
        "pages": [
            {
                "width": page["width"],
                "height": page["height"],
                "paths": list(_joined(page["paths"])),
                "texts": [{part: text[part] for part in _TEXT_PARTS} for text in page["texts"]],
            }
            for page in data["pages"]
        ],
    }


def _joined(paths: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the paths in the order of drawing; strokes of one kind that follow each other are one path, which costs far less."""
    for (stroke, fill, dashed), alike in groupby(paths, key=itemgetter("stroke", "fill", "dashed")):
        each = [path["ops"] for path in alike]
        for ops in [list(chain.from_iterable(each))] if fill == "none" else each:
            yield {"ops": ops, "stroke": stroke, "fill": fill, "dashed": dashed}
