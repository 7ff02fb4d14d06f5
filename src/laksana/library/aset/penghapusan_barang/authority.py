"""Who approves a proposal, and for which way: the Wali Kota, above the limit of the law with the DPRD."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.aset.codes import BUILDINGS, LAND, is_of
from laksana.library.aset.penghapusan_barang.rules import (
    Way,
    may_be_sold,
    needs_council,
    value_of_proposal,
)
from laksana.worktime.zone import local_day

OTHER_CAUSE = "hapus_sebab_lain"
Rows = Sequence[Mapping[str, Any]]


def accepted(situation: Situation) -> Mapping[str, Any]:
    """Return since when the goods are other assets, not depreciated; lost ones need no recommendation."""
    if situation.outcome not in ("Lengkap", "Barang hilang"):
        return {}
    found: dict[str, Any] = {"tanggal_reklasifikasi": local_day(situation.at)}
    if situation.outcome == "Barang hilang":
        found |= {
            "cara_rekomendasi": OTHER_CAUSE,
            **_authority({**situation.values, "cara_rekomendasi": OTHER_CAUSE}),
        }
    return found


def _council(values: Mapping[str, Any], way: Way, exception: str | None) -> bool:
    rows: Rows = values["daftar_barang"]
    land = any(is_of(row["kode_barang"], LAND, BUILDINGS) for row in rows)
    return needs_council(way, _value(values, way), land, bool(exception))


def _value(values: Mapping[str, Any], way: Way) -> Decimal:
    return value_of_proposal(way, values.get("nilai_wajar"), values["nilai_perolehan_total"])


def _authority(values: Mapping[str, Any]) -> dict[str, Any]:
    way = values["cara_rekomendasi"]
    return {
        "nilai_usulan": _value(values, way),
        "perlu_dprd": _council(values, way, values.get("pengecualian")),
    }


def old_enough(situation: Situation) -> Mapping[str, str]:
    """Refuse to recommend the sale of vehicles that are too young for it."""
    values = situation.values
    young = _too_young(values) if values["cara_rekomendasi"] == "lelang" else []
    return {"cara_rekomendasi": f"Kendaraan belum dapat dijual: {', '.join(young)}."} if young else {}


def _too_young(values: Mapping[str, Any]) -> list[str]:
    return [row["nama"] for row in values["daftar_barang"] if not may_be_sold(row, values["tanggal_usul"])]


def who_approves(situation: Situation) -> Mapping[str, Any]:
    """Return the value held against the limit, and whether the DPRD approves."""
    return _authority(situation.values)


def council_asked(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass by the DPRD where it must approve."""
    if situation.outcome == "Perlu DPRD" or not _authority(situation.values)["perlu_dprd"]:
        return {}
    return {"outcome": "Menurut jenis dan nilainya usulan ini memerlukan persetujuan DPRD."}


def approved_lawfully(situation: Situation) -> Mapping[str, str]:
    """Refuse a way that needs the DPRD which did not approve, and the sale of a vehicle that is too young."""
    values, found = situation.values, {}
    way = values.get("cara")
    if situation.outcome == "Tolak" or way is None:
        return {}
    if _council(values, way, values.get("pengecualian")) and not values.get("nomor_setuju_dprd"):
        found["cara"] = "Cara ini memerlukan persetujuan DPRD."
    elif way == "lelang" and (young := _too_young(values)):
        found["cara"] = f"Kendaraan belum dapat dijual: {', '.join(young)}."
    if values["tanggal_persetujuan"] > local_day(situation.at):
        found["tanggal_persetujuan"] = "Tanggal ini belum tiba."
    return found
