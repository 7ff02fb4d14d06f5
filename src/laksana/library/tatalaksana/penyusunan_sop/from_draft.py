"""A draft written in the browser as the fields of this case: so the same papers, tests and evaluations speak of its rows."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from laksana.documents.total_time import total_time
from laksana.library.catalogue import entries
from laksana.library.tatalaksana.penyusunan_sop.drafting import CAPSULE, DIAMOND, MIND, WRONG, Finding
from laksana.sop.duration import Duration
from laksana.sop.revising import Data, Examination, Row, Table, table_of
from laksana.sop.revising import Finding as Found
from laksana.sop.revising.rows import NO, YES
from laksana.sop.revising.targets import targets_text

_RECTANGLE = "persegi"
_RULE = re.compile(r" \((R\d+)\)")
_ROW = re.compile(r"\bbaris-(\d+)\b")


def fields_of(data: Data) -> dict[str, Any]:
    """Return the case's fields that a draft fills: identity, performers, and the rows of the table."""
    table = table_of(data)
    return {
        "dasar_hukum": [
            {
                "urut": place,
                "peraturan": str(basis.get("cite", "")),
                "tentang": str(basis.get("about", "")),
                "dicabut": False,
            }
            for place, basis in enumerate(_items(data, "legal_basis"), 1)
            if isinstance(basis, Mapping)
        ],
        "keterkaitan": [
            {"urut": place, "nama_sop": _title(str(other))}
            for place, other in enumerate(_items(data, "related"), 1)
        ],
        "kualifikasi": _listed(data, "qualifications"),
        "peralatan": _listed(data, "equipment"),
        "peringatan": _listed(data, "warnings"),
        "pencatatan": _listed(data, "records"),
        "pelaksana_sop": [
            {"urut": place, "jabatan": title} for place, title in enumerate(table.lanes.values(), 1)
        ],
        "langkah": [_step(place, row, table) for place, row in enumerate(table.rows, 1)],
    }


def _title(procedure_id: str) -> str:
    known = entries().get(procedure_id)
    return known.procedure.title if known else procedure_id


def _listed(data: Data, key: str) -> list[dict[str, Any]]:
    return [{"urut": place, "uraian": str(text)} for place, text in enumerate(_items(data, key), 1)]


def _items(data: Data, key: str) -> list[Any]:
    """Return a list of the draft; nothing for what is none yet."""
    held = data.get(key)
    return held if isinstance(held, list) else []


def _step(place: int, row: Row, table: Table) -> dict[str, Any]:
    numbers = {lane: number for number, lane in enumerate(table.lanes, 1)}
    yes, no = _exits(row, table.places)
    ends = place in (1, len(table.rows))
    return {
        "no": place,
        "uraian": row.activity,
        "pelaksana": ", ".join(str(numbers.get(lane, lane)) for lane in row.by),
        "simbol": DIAMOND if row.decides else CAPSULE if ends else _RECTANGLE,
        "kelengkapan": "; ".join(row.needs),
        **_time(row.time),
        "output": row.gives,
        "keterangan": row.note,
        "ya": yes,
        "tidak": no,
        "menunggu": row.joins,
    }


def _time(text: str) -> dict[str, Any]:
    try:
        time = Duration.parse(text)
    except ValueError:
        return {"waktu": None, "satuan_waktu": None}
    return {"waktu": Decimal(time.amount), "satuan_waktu": time.unit.value}


def _exits(row: Row, places: Mapping[str, int]) -> tuple[str, str]:
    """Return where a row leads, for the two columns of the case: an exit other than Ya and Tidak says its name."""
    told = [
        targets_text(way.to, places)
        if way.label in ("", YES, NO)
        else f"{way.label}: {targets_text(way.to, places)}"
        for way in row.ways
    ]
    return (told[0] if told else "", "; ".join(told[1:]))


def findings_of(examination: Examination) -> tuple[list[Finding], str]:
    """Return the findings as the case lists them, and the total time in words ("" while a finding is grave)."""
    total = total_time(examination.drawn) if examination.drawn and not examination.grave else ""
    return [_finding(each) for each in examination.findings], total


def _finding(found: Found) -> Finding:
    text = found.text.in_language(gettext)
    rule = _RULE.search(text)
    return {
        "aturan": rule[1] if rule else "",
        "langkah": None if found.row is None else found.row + 1,
        "pesan": _ROW.sub(r"langkah \1", _RULE.sub("", text)),
        "berat": WRONG if found.grave else MIND,
    }
