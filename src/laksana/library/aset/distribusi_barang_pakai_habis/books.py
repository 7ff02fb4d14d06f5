"""The rows of the books that handing out consumables keeps, and the heads of its papers."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.documents.services import signatory_at
from laksana.library.aset import cards, stock
from laksana.worktime.zone import local_day

_ENDS = {
    ("persetujuan-unit", "Tolak"): "Ditolak kepala unit",
    ("cek-saldo", "Kosong"): "Kosong, diusulkan pengadaan",
    ("sppb", "Tolak"): "Ditolak Sekretaris",
    ("bukukan", None): "Disalurkan",
}


def request_row(situation: Situation) -> Mapping[str, Any]:
    """Return who asked, for how many kinds, and what became of it."""
    asked = situation.case.initiator
    return {
        "pemohon": asked.name if asked else None,
        "jumlah_jenis": len(situation.values["daftar_permintaan"]),
        "status": _ENDS.get((situation.step.id, situation.outcome)),
    }


def card_row(situation: Situation) -> Mapping[str, Any]:
    """Return the card's line of what leaves a lot, with the balance after it."""
    values = situation.values
    quantity, value = cards.balance(values["kode_barang"])
    return {
        "tanggal_kartu": stock.card_day(situation.at, values["tanggal_serah"]),
        "uraian": f"Pengeluaran: {values['keperluan']}",
        "masuk_jumlah": None,
        "masuk_harga": None,
        "masuk_nilai": None,
        "saldo_jumlah": quantity - values["jumlah"],
        "saldo_nilai": value - values["nilai"],
    }


def report_row(situation: Situation) -> Mapping[str, Any]:
    """Return what became of an item's stock this year until now."""
    found = cards.report(situation.values["kode_barang"], local_day(situation.at).year)
    return {
        "saldo_awal": found.opening,
        "penambahan": found.added,
        "pengurangan": found.issued,
        "penyesuaian_opname": found.counted,
        "rusak_usang": found.damaged,
        "saldo_akhir_jumlah": found.closing,
        "saldo_akhir_nilai": found.value,
    }


def order_paper(situation: Situation) -> Mapping[str, Any]:
    """Return the head of the order to hand goods out."""
    return {
        "nomor": situation.values["nomor_sppb"],
        "sifat": "Biasa",
        "hal": "Perintah penyaluran barang pakai habis",
    }


def handover_paper(situation: Situation) -> Mapping[str, Any]:
    """Return the number of the record of handover, and who signs it for the office."""
    signing = signatory_at("position:pengurus-barang", situation.at)
    return {"nomor": situation.values["nomor_bast"], "signature": signing}
