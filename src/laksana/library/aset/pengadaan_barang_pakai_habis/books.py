"""The rows of the books that the purchase of consumables keeps, and the heads of its papers."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.documents.services import signatory_at
from laksana.library.aset import cards, stock
from laksana.library.aset.pengadaan_barang_pakai_habis import year
from laksana.library.aset.procurement import DIRECT

_ENDS = {
    ("verifikasi", "Penuhi dari stok"): "Dipenuhi dari stok",
    ("cek-anggaran", "Tidak tersedia"): "Ditunda, anggaran tidak tersedia",
    ("setujui", "Tolak"): "Ditolak",
    ("arsip", None): "Selesai dibeli",
}


def proposal_row(situation: Situation) -> Mapping[str, Any]:
    """Return for how many kinds a unit asked, and what became of it."""
    return {
        "jumlah_jenis": len(situation.values["daftar_usulan"]),
        "status": _ENDS.get((situation.step.id, situation.outcome)),
    }


def package_row(situation: Situation) -> Mapping[str, Any]:
    """Return what a package buys, and after its contract what this year came to on its account and for small businesses."""
    values = situation.values
    told = {"uraian": ", ".join(row["nama_spesifikasi"] for row in values["daftar_usulan"])}
    if values.get("nilai_kontrak") is None:
        return {**told, "akumulasi": None, "porsi_umk": None}
    own = values["nilai_kontrak"] if values["metode"] == DIRECT else 0
    return {
        **told,
        "akumulasi": year.bought_directly(situation) + own,
        "porsi_umk": year.share_of_small(situation),
    }


def card_row(situation: Situation) -> Mapping[str, Any]:
    """Return the card's line of a lot that came in, with the balance after it."""
    values = situation.values
    quantity, value = cards.balance(values["kode_barang"])
    return {
        "tanggal_kartu": stock.card_day(situation.at, values["tanggal"]),
        "uraian": f"Penerimaan dari {values['nama_penyedia']}",
        "keluar_jumlah": None,
        "keluar_harga": None,
        "keluar_nilai": None,
        "saldo_jumlah": quantity + values["jumlah"],
        "saldo_nilai": value + values["nilai"],
    }


def proposal_paper(situation: Situation) -> Mapping[str, Any]:
    """Return the head of the unit's nota dinas."""
    values = situation.values
    grade = "Segera" if values["periode"] == "mendesak" else "Biasa"
    about = {
        "kepada": "Sekretaris",
        "hal": "Usulan kebutuhan barang pakai habis",
        "sifat": grade,
        "lampiran": "1 daftar",
    }
    return {"nomor": values["nomor_usulan"], **about}


def order_paper(situation: Situation) -> Mapping[str, Any]:
    """Return the head of the order to the supplier."""
    return {"nomor": situation.values["nomor_kontrak"], "sifat": "Biasa", "hal": "Pesanan barang pakai habis"}


def handover_paper(situation: Situation) -> Mapping[str, Any]:
    """Return the number of the record of handover, and who signs it for the office."""
    signing = signatory_at("position:pejabat-pembuat-komitmen", situation.at)
    return {"nomor": situation.values["nomor_bast"], "signature": signing}
