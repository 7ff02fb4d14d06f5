"""The proposals of a Renja: what the nomenclature and the Renstra say of each, and what they make together."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from laksana.library.perencanaan.renja.rules import forward, sub_activity, successor, summed, upward


def faults(
    place: str, row: Mapping[str, Any], planned: set[str], programmes: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a proposal, as its place in the form and the reason."""
    code = row["sub_kegiatan"]
    if sub_activity(code) is None:
        yield f"{place}.sub_kegiatan", _unknown(code)
    elif upward(code)[0] not in programmes:
        yield f"{place}.sub_kegiatan", f"Program {upward(code)[0]} tidak ada dalam Renstra."
    elif code not in planned and not row.get("alasan"):
        yield f"{place}.alasan", "Sub kegiatan di luar Renstra memerlukan alasan."
    if row.get("berlanjut") and row.get("target_maju") is None:
        yield f"{place}.target_maju", "Sub kegiatan yang berlanjut memerlukan target tahun n+1."


def _unknown(code: str) -> str:
    other = successor(code)
    if other is None:
        return f"Kode {code} tidak ada dalam nomenklatur."
    return (
        f"Kode {code} sudah diganti {other.kode_sub_kegiatan} {other.sub_kegiatan}; "
        f"indikator: {other.indikator}, satuan: {other.satuan}."
    )


def completed(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the proposals with what the nomenclature says, their sums, and what the ceiling leaves, in rupiah."""
    planned = {row["sub_kegiatan"] for row in values["sub_renstra"]}
    rows = [_proposal(row, planned) for row in values.get("usulan_bidang") or ()]
    total = sum((row["pagu"] for row in rows), Decimal())
    return {
        "usulan_bidang": rows, "rekap_pagu": summed(rows), "total_pagu": total, "selisih_pagu": ceiling(values) - total,
        "jumlah_luar": sum(row["luar_renstra"] for row in rows),
    }  # fmt: skip


def _proposal(row: Mapping[str, Any], planned: set[str]) -> dict[str, Any]:
    known = sub_activity(row["sub_kegiatan"])
    told = {"nama": known.sub_kegiatan, "indikator": known.indikator, "satuan": known.satuan} if known else {}
    ahead = row.get("prakiraan_maju")
    if ahead is None and row.get("berlanjut"):
        ahead = forward(row["pagu"])
    return {**row, **told, "prakiraan_maju": ahead, "luar_renstra": row["sub_kegiatan"] not in planned}


def ceiling(values: Mapping[str, Any]) -> Decimal:
    """Return the indicative ceiling, or before it is known the Renstra's amount for the year."""
    given: Decimal | None = values.get("pagu_indikatif")
    return values["pagu_renstra"] if given is None else given


def left(values: Mapping[str, Any]) -> Decimal:
    """Return how many rupiah the ceiling leaves; negative where the proposals go over it."""
    return ceiling(values) - sum((row["pagu"] for row in values.get("usulan_bidang") or ()), Decimal())
