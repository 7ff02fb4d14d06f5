"""Which tables are asked from whom, and what a producer still owes."""

from collections.abc import Mapping, Sequence
from typing import Any

from laksana.library.statistik.kota_serang_dalam_angka import rules
from laksana.library.statistik.kota_serang_dalam_angka.checking import Sheet, listed

Values = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]


def planned(values: Values) -> list[dict[str, Any]]:
    """Return the tables of the year: those listed, what they leave open taken from the frame; all of the frame where none is."""
    rows = values.get("daftar_tabel") or [{"kode": row.kode} for row in rules.FRAME.rows()]
    found = []
    for row in rows:
        frame = rules.FRAME.get(row["kode"])
        known = frame.model_dump(exclude={"bab"}) if frame else {}
        found.append({**known, **{name: value for name, value in row.items() if value is not None}})
    return found


def sectoral(plans: Rows) -> list[Mapping[str, Any]]:
    """Return the tables that are asked from producers; the others come from BPS."""
    return [row for row in plans if row["jenis"] == "sektoral"]


def request(producer: str, asked: Rows) -> dict[str, Any]:
    """Return the row of a producer: how many tables are asked from it, and which."""
    codes = [row["kode"] for row in asked if row["produsen"] == producer]
    return {"opd": producer, "jumlah_tabel": len(codes), "kode_tabel": "; ".join(codes)}


def own_plans(values: Values) -> list[Mapping[str, Any]]:
    """Return the plans of the tables that are asked from the producer of this instance."""
    codes = listed(values["kode_tabel"])
    return [row for row in values["daftar_tabel"] if row["kode"] in codes]


def unavailable(values: Values) -> dict[str, str]:
    """Return the tables that the producer declared not to have, with the reason."""
    return {row["kode_tabel"]: row["alasan"] for row in values.get("tabel_tidak_tersedia") or ()}


def lacks(values: Values) -> list[dict[str, str]]:
    """Return of each table what it still lacks: figures, a column, metadata of its variables, formula or unit of an indicator."""
    found = []
    for plan in own_plans(values):
        code = plan["kode"]
        sheet = Sheet.of(plan, values.get("isian_tabel") or ())
        variables = [row for row in values.get("metadata_variabel") or () if row["kode_tabel"] == code]
        indicators = [row for row in values.get("metadata_indikator") or () if row["kode_tabel"] == code]
        missing = [name for name in listed(plan.get("kolom")) if name not in sheet.columns]
        if not sheet.cells:
            missing = ["isian"]
        if not variables:
            missing.append("metadata variabel")
        if any(not (row.get("rumus") and row.get("satuan")) for row in indicators):
            missing.append("rumus dan satuan indikator")
        if missing:
            found.append({"kode_tabel": code, "kekurangan": ", ".join(missing)})
    return found
