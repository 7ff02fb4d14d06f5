"""Whether goods are needed and budgeted: the need beyond what there is, the review of the RKBMD, and the rows of the DPA."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.aset import stock
from laksana.sop.rules import rule

NONE = Decimal()
_PREFIXES = {
    "kendaraan_jabatan": "1.3.2.02.",
    "kendaraan_operasional": "1.3.2.02.",
    "peralatan_mesin": "1.3.2.",
    "mebel": "1.3.2.05.",
    "gedung": "1.3.3.",
    "aset_tak_berwujud": "1.5.",
}
"""Kind of capital spending -> with what the codes of its goods begin (Permendagri 108/2016)."""


@rule(
    "belanja-modal.kebutuhan-riil", title="Kebutuhan riil barang modal", source="Permendagri 19/2016 (RKBMD)"
)
def real_need(
    maksimum: Decimal, baik: Decimal, rusak_ringan: Decimal, dapat_dioptimalkan: Decimal
) -> Decimal:
    """Return what the standard allows beyond what can be used, never negative; heavily damaged goods do not count."""
    return max(Decimal(), maksimum - baik - rusak_ringan - dapat_dioptimalkan)


def proposal_errors(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong with a proposal: an item twice, or one that is of another kind of spending."""
    rows, kind = situation.values["daftar_barang"], situation.values["jenis_belanja"]
    if code := stock.twice(rows):
        return {"daftar_barang": f"Barang {code} ditulis dua kali; jumlahkan dalam satu baris."}
    prefix = _PREFIXES.get(kind, "1.")
    wrong = [place for place, row in enumerate(rows) if not row["kode_barang"].startswith(prefix)]
    return {f"daftar_barang.{place}.kode_barang": f"Jenis belanja ini berkode {prefix}" for place in wrong}


def sheet(situation: Situation) -> Mapping[str, Any]:
    """Return the sheet of review with a row for every item; what was found before stays."""
    before = {row["kode_barang"]: row for row in situation.values.get("telaah_bmd") or ()}
    codes = (row["kode_barang"] for row in situation.values["daftar_barang"])
    return {"telaah_bmd": [before.get(code, {"kode_barang": code}) for code in codes]}


def review_errors(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong with the sheet: it holds other items than the proposal."""
    rows = situation.values["telaah_bmd"]
    asked = {row["kode_barang"] for row in situation.values["daftar_barang"]}
    if stock.twice(rows) or {row["kode_barang"] for row in rows} != asked:
        return {"telaah_bmd": "Lembar memuat setiap barang yang diusulkan, masing-masing satu kali."}
    return {}


def reviewed(situation: Situation) -> Mapping[str, Any]:
    """Return the real need of every item, and in words what stands against the proposal; it becomes the verifier's note."""
    asked = {row["kode_barang"]: row for row in situation.values["daftar_barang"]}
    rows, against = [], []
    for row in situation.values["telaah_bmd"]:
        held = (
            row[name] for name in ("kebutuhan_maksimum", "ada_baik", "ada_rusak_ringan", "dapat_dioptimalkan")
        )
        need, item = real_need(*held), asked[row["kode_barang"]]
        rows.append({**row, "kebutuhan_riil": need})
        if item["jumlah"] > need:
            against.append(f"{item['nama_spesifikasi']}: paling banyak {need:f} dapat diusulkan.")
        if (broken := row["ada_rusak_berat"] - row["diusulkan_hapus"]) > 0:
            against.append(
                f"{item['nama_spesifikasi']}: {broken:f} rusak berat diusulkan penghapusannya lebih dahulu."
            )
    words = "\n".join(against) or None
    return {"telaah_bmd": rows, "catatan_telaah": words} | ({"catatan_verifikasi": words} if words else {})


def submitted(situation: Situation) -> Mapping[str, Any]:
    """Return the sheet for the result of the RKBMD's review, with what is asked for."""
    before = {row["kode_barang"]: row for row in situation.values.get("hasil_penelaahan") or ()}
    return {
        "hasil_penelaahan": [
            {
                **before.get(row["kode_barang"], {}),
                "kode_barang": row["kode_barang"],
                "diusulkan": row["jumlah"],
            }
            for row in situation.values["daftar_barang"]
        ]
    }


def granted_errors(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong with the result of the review: other items, more than asked for, or less without a reason."""
    if situation.outcome != "Disetujui":
        return {}
    rows = situation.values["hasil_penelaahan"]
    asked = {row["kode_barang"]: row["jumlah"] for row in situation.values["daftar_barang"]}
    if stock.twice(rows) or {row["kode_barang"] for row in rows} != set(asked):
        return {"hasil_penelaahan": "Hasil memuat setiap barang yang diusulkan, masing-masing satu kali."}
    for place, row in enumerate(rows):
        if fault := _granted_fault(row, asked[row["kode_barang"]]):
            column, why = fault
            return {f"hasil_penelaahan.{place}.{column}": why}
    if not any(row["disetujui"] for row in rows):
        return {"outcome": "Tidak ada barang yang disetujui; pilih Ditolak."}
    return {}


def _granted_fault(row: Mapping[str, Any], asked: Decimal) -> tuple[str, str] | None:
    if row.get("disetujui") is None:
        return "disetujui", "Isi jumlah yang disetujui."
    if row["disetujui"] > asked:
        return "disetujui", "Melebihi jumlah yang diusulkan."
    if row["disetujui"] < asked and not row.get("alasan"):
        return "alasan", "Tulis alasan persetujuan sebagian."
    return None


def granted(situation: Situation) -> Mapping[str, Any]:
    """Return the result of the review with what was asked for beside it."""
    return submitted(situation) if situation.values.get("hasil_penelaahan") else {}


def budget_errors(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong with the rows of the DPA: other items, more than the review allows, more than their ceiling."""
    if situation.outcome not in ("Sudah ada", "Tersedia"):
        return {}
    values, rows = situation.values, situation.values["dpa"]
    limits: dict[str, Decimal | None] = {row["kode_barang"]: None for row in values["daftar_barang"]}
    if situation.step.id == "periksa-dpa":
        limits = {row["kode_barang"]: row["disetujui"] for row in values["hasil_penelaahan"]}
    if faults := _rows_above(rows, limits):
        return faults
    if sum((row["jumlah"] * row["harga_satuan"] for row in rows), NONE) > values["pagu"]:
        return {"pagu": "Jumlah barang pada DPA melampaui pagu."}
    return {}


def _rows_above(rows: Sequence[Mapping[str, Any]], limits: Mapping[str, Decimal | None]) -> dict[str, str]:
    if stock.twice(rows):
        return {"dpa": "Satu baris untuk setiap barang."}
    for place, row in enumerate(rows):
        if row["kode_barang"] not in limits:
            return {f"dpa.{place}.kode_barang": "Barang ini tidak diusulkan."}
        limit = limits[row["kode_barang"]]
        if limit is not None and row["jumlah"] > limit:
            return {f"dpa.{place}.jumlah": f"Penelaahan RKBMD menyetujui {limit:f}."}
    return {} if any(row["jumlah"] for row in rows) else {"dpa": "Tidak ada jumlah yang dianggarkan."}


def may_buy(values: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return how much of each item may be bought: what was asked for, and not more than the DPA holds."""
    asked = {row["kode_barang"]: row["jumlah"] for row in values["daftar_barang"]}
    return {row["kode_barang"]: min(row["jumlah"], asked[row["kode_barang"]]) for row in values["dpa"]}
