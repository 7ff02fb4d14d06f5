"""The tables of the RKA-SKPD: its summary, its sub kegiatan, and every line of each with coefficients, price and VAT."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.cases.services import instances
from laksana.library.perencanaan.budget_kinds import summary
from laksana.sop.values import from_json, number_text


def tables(situation: Situation) -> Mapping[str, Any]:
    """Return the rows that the RKA prints."""
    lines = list(_lines(situation))
    return {
        "ringkasan": summary(
            [(row["kode_rekening"], Decimal(row.get("jumlah") or 0)) for _sub, row in lines]
        ),
        "rincian_belanja": [_line(sub, row) for sub, row in lines],
    }


def _lines(situation: Situation) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the lines of each sub kegiatan as its unit gave them last; else those of the case itself."""
    spec = situation.procedure.fields["rincian"]
    newest: dict[str, Any] = {}
    for each in instances(situation.case):
        if rows := each.data.get("rincian"):
            newest[str((each.row or {}).get("sub_kegiatan") or "")] = from_json(spec, rows)
    found = newest or {"": situation.values.get("rincian") or ()}
    for sub, rows in found.items():
        for row in rows:
            yield sub, row


def _line(sub: str, row: Mapping[str, Any]) -> list[str]:
    factors = [
        f"{number_text(row[f'koefisien_{place}'])} {row.get(f'satuan_{place}') or ''}".strip()
        for place in range(1, 5)
        if row.get(f"koefisien_{place}") is not None
    ]
    return [
        sub,
        row["kode_rekening"],
        row.get("uraian") or "",
        " x ".join(factors),
        number_text(row.get("harga_satuan") or 0),
        number_text(row.get("ppn_persen") or 0),
        number_text(row.get("jumlah") or 0),
    ]
