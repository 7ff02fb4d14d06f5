"""Examining a drafted SOP: its rows are made a definition, which is then checked as those of the library are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from laksana.documents.total_time import total_time
from laksana.library.tatalaksana.penyusunan_sop.rules import figure
from laksana.sop import advice, soundness
from laksana.sop.definition import END, Procedure
from laksana.sop.duration import Duration, Unit
from laksana.sop.soundness import Flaw

WRONG, MIND = "salah", "ingat"
DIAMOND, CAPSULE = "belah_ketupat", "kapsul"
Rows = Sequence[Mapping[str, Any]]
Finding = dict[str, Any]
_RULE = re.compile(r" \((R\d+)\)\.")
_BRANCHES = {Flaw.LEFT_OPEN, Flaw.TWICE, Flaw.STUCK, Flaw.UNKNOWN}


def duration(row: Mapping[str, Any]) -> Duration | None:
    """Return the standard time of a row; None where it has none that can be read."""
    try:
        return Duration.parse(f"{Decimal(row['waktu']).normalize():f} {row['satuan_waktu']}")
    except (KeyError, TypeError, ValueError):
        return None


def examine(values: Mapping[str, Any]) -> tuple[list[Finding], str]:
    """Return the findings on a draft by the rules of the anatomy, and its total time (empty while the draft is no flow)."""
    findings = [*_size(values), *_cells(values)]
    total = ""
    if min(len(values.get("langkah") or ()), len(values.get("pelaksana_sop") or ())) > 1:
        procedure = _definition(values)
        if not _refused(findings):
            findings += _flow(procedure)
        if not _refused(findings):
            total = total_time(procedure)
        findings += _advice(procedure)
    findings += _law(values, total)
    return sorted(findings, key=lambda each: (each["langkah"] or 0, each["aturan"])), total


def _refused(findings: Sequence[Finding]) -> bool:
    return any(each["berat"] == WRONG for each in findings)


def _found(rule: str, row: int | None, text: str, weight: str = WRONG) -> Finding:
    return {"aturan": rule, "langkah": row, "pesan": text, "berat": weight}


def _size(values: Mapping[str, Any]) -> Iterator[Finding]:
    rows, lanes = len(values.get("langkah") or ()), len(values.get("pelaksana_sop") or ())
    least, most = figure("langkah_terkecil"), figure("langkah_terbanyak")
    if lanes < figure("pelaksana_terkecil"):
        yield _found("R2", None, "SOP memerlukan sekurangnya dua pelaksana.")
    if not least <= rows <= most:
        yield _found("R3", None, f"SOP berisi {least} sampai {most} langkah; rancangan ini {rows}.")


def _cells(values: Mapping[str, Any]) -> Iterator[Finding]:
    rows: Rows = values.get("langkah") or ()
    lanes = {int(row["urut"]) for row in values.get("pelaksana_sop") or ()}
    for place, row in enumerate(rows, 1):
        yield from _standard(place, row)
        if not lanes.issuperset(performers := _numbers(row.get("pelaksana"))) or not performers:
            yield _found("R7", place, "Pelaksana bukan nomor urut dari daftar pelaksana.")
        yield from _exits(place, row, len(rows))
    ends = {1: "pertama", len(rows): "terakhir"} if rows else {}
    for place, which in ends.items():
        if rows[place - 1].get("simbol") not in (CAPSULE, DIAMOND):
            yield _found("R8", place, f"Langkah {which} digambar dengan kapsul.")


def _standard(place: int, row: Mapping[str, Any]) -> Iterator[Finding]:
    for name, label in (("kelengkapan", "Kelengkapan"), ("waktu", "Waktu"), ("output", "Output")):
        if row.get(name) in (None, ""):
            yield _found("R4", place, f"{label} belum diisi.")
    if row.get("waktu") is not None and duration(row) is None:
        yield _found("R5", place, "Waktu ditulis sebagai bilangan dan satuan; hari, bulan, dan tahun bulat.")


def _exits(place: int, row: Mapping[str, Any], rows: int) -> Iterator[Finding]:
    decides = row.get("simbol") == DIAMOND
    if not decides and row.get("tidak"):
        yield _found("R7", place, "Hanya putusan (belah ketupat) yang memiliki jalan Tidak.")
    if decides and not (row.get("tidak") and row.get("ya") != row.get("tidak")):
        yield _found("R10", place, "Putusan memerlukan sekurangnya dua jalan keluar yang berbeda.")
    if any(target is None for name in ("ya", "tidak") for target in _targets(row.get(name), rows)):
        yield _found("R9", place, "Jalan keluar menuju nomor langkah yang tidak ada.")


def _numbers(text: Any) -> set[int]:
    parts = [part.strip() for part in str(text or "").split(",")]
    return {int(part) for part in parts} if all(part.isdecimal() for part in parts) else set()


def _targets(text: Any, rows: int) -> list[str | None]:
    """Return the steps that an exit names; None for one that is no row."""
    named = [part.strip().lower() for part in str(text or "").split(",") if part.strip()]
    return [
        END
        if part == END
        else f"langkah-{int(part)}"
        if part.isdecimal() and 1 <= int(part) <= rows
        else None
        for part in named
    ]


def _definition(values: Mapping[str, Any]) -> Procedure:
    """Return the draft as a definition, whose step `langkah-3` is its third row; what a row lacks is passed over."""
    rows: Rows = values["langkah"]
    made = values["tanggal_pembuatan"].isoformat()
    return Procedure.model_validate(
        {
            **dict.fromkeys(("title", "title_en", "unit", "owner", "summary"), values["nama_sop"]),
            "id": "rancangan", "code": "A.1", "page": 1, "kind": values["jenis_kegiatan"],
            "initiator": "pimpinan", "public": False, "related": [], "fields": {},
            "identity": {"number": "-", "version": 1, "made": made, "effective": made, "approved_by": "position kepala-dinas"},
            "legal_basis": [{"cite": row["peraturan"], "about": row["tentang"]} for row in values["dasar_hukum"]],
            "qualifications": _texts(values["kualifikasi"]), "equipment": _texts(values["peralatan"]),
            "warnings": _texts(values["peringatan"]), "records": _texts(values["pencatatan"]),
            "performers": {
                f"p{row['urut']}": {"title": row["jabatan"], "is": "initiator"} for row in values["pelaksana_sop"]
            },
            "steps": [_step(place, row, len(rows)) for place, row in enumerate(rows, 1)],
            "data": {"classification": "terbuka", "retention": "-"},
        }
    )  # fmt: skip


def _texts(rows: Rows) -> list[str]:
    return [row["uraian"] for row in rows]


def _step(place: int, row: Mapping[str, Any], rows: int) -> dict[str, Any]:
    below = END if place == rows else f"langkah-{place + 1}"
    yes, no = (
        [target for target in _targets(row.get(name), rows) if target is not None] for name in ("ya", "tidak")
    )
    step: dict[str, Any] = {
        "id": f"langkah-{place}",
        "by": [f"p{number}" for number in sorted(_numbers(row["pelaksana"]))],
        "needs": [row.get("kelengkapan") or "-"],
        "time": str(duration(row) or "0 menit"),
        "gives": row.get("output") or "-",
        "note": row.get("keterangan") or "",
        "joins": bool(row.get("menunggu")),
    }
    if row["simbol"] == DIAMOND and no:
        exits = {"Ya": {"then": yes or [below]}, "Tidak": {"then": no}}
        return {**step, "decides": row["uraian"], "outcomes": exits}
    return {**step, "does": row["uraian"], "then": yes or [below]}


def _flow(procedure: Procedure) -> Iterator[Finding]:
    for unsound in soundness.check(procedure):
        number = "R13" if unsound.flaw in _BRANCHES else "R9"
        yield _found(number, _row(unsound.step), unsound.message.in_language(gettext))


def _advice(procedure: Procedure) -> Iterator[Finding]:
    for path, message in advice.warnings(procedure):
        text = message.in_language(gettext)
        if (rule := _RULE.search(text)) is not None:
            row = int(path[1]) + 1 if path[0] == "steps" else None
            said = _RULE.sub("", text)
            yield _found(rule[1], row, said if said.endswith(".") else f"{said}.", MIND)


def _row(step_id: str) -> int:
    return int(step_id.removeprefix("langkah-"))


def _law(values: Mapping[str, Any], total: str) -> Iterator[Finding]:
    for row in values.get("dasar_hukum") or ():
        if row.get("dicabut"):
            yield _found("R17", None, f"{row['peraturan']} sudah dicabut.", MIND)
    promise = values.get("janji_layanan")
    promised = Duration.parse(promise).working_minutes if promise else None
    if promised is not None and _minutes(total) > promised:
        yield _found("R18", None, f"Jumlah waktu {total} melampaui janji layanan {promise}.", MIND)


def _minutes(total: str) -> Decimal:
    """Return the working minutes of a total in words."""
    parts = re.findall(rf"\d+ (?:{Unit.WORKDAY}|{Unit.HOUR}|{Unit.MINUTE})\b", total)
    return sum((Duration.parse(part).working_minutes or Decimal() for part in parts), Decimal())
