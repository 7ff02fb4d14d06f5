"""What is to be bought of what was asked for: the need beyond stock and orders, at which price, and what the store can give."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.aset import cards, procurement, stock
from laksana.library.aset.accounting import stands_on_balance_sheet
from laksana.library.aset.codes import CONSUMABLES, is_of
from laksana.people import services as people

_ASKED = ("harga_satuan_ssh", "dasar_harga", "survei_1", "survei_2")


def asked_errors(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong with the items asked for: twice the same, or a code that is neither consumable nor durable."""
    rows = situation.values["daftar_usulan"]
    if code := stock.twice(rows):
        return {"daftar_usulan": f"Barang {code} ditulis dua kali; jumlahkan dalam satu baris."}
    for place, row in enumerate(rows):
        if not is_of(row["kode_barang"], CONSUMABLES, "1.3"):
            return {f"daftar_usulan.{place}.kode_barang": "Bukan kode barang pakai habis (awalan 1.1.7)."}
    return {}


def proposed(situation: Situation) -> Mapping[str, Any]:
    """Return who asks, and the sheet of net needs with a row for every item; prices given before stay."""
    actor, values = situation.actor, situation.values
    before = {row["kode_barang"]: row for row in values.get("hasil_netting") or ()}
    return {
        "pengusul_orang": actor.pk if actor else None,
        "diusulkan_sekretaris": actor is not None
        and "position:sekretaris" in people.desks_of(actor, situation.at),
        "hasil_netting": [
            {"kode_barang": row["kode_barang"]}
            | {name: before.get(row["kode_barang"], {}).get(name) for name in _ASKED}
            for row in values["daftar_usulan"]
        ],
    }


def netting_errors(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong with the sheet: other items than asked for, a survey left out, or a capital good."""
    rows = situation.values["hasil_netting"]
    asked = {row["kode_barang"] for row in situation.values["daftar_usulan"]}
    if stock.twice(rows) or {row["kode_barang"] for row in rows} != asked:
        return {"hasil_netting": "Lembar memuat setiap barang yang diusulkan, masing-masing satu kali."}
    least = procurement.figure.whole("survei_sedikitnya")
    for place, row in enumerate(rows):
        where, price = f"hasil_netting.{place}", row["harga_satuan_ssh"]
        surveyed = [row[name] for name in ("survei_1", "survei_2") if row.get(name)]
        if row["dasar_harga"] == "survei" and len(surveyed) < least:
            return {f"{where}.survei_1": f"Survei memuat harga paling sedikit {least} penyedia."}
        if row["dasar_harga"] == "survei" and not min(surveyed) <= price <= max(surveyed):
            return {f"{where}.harga_satuan_ssh": "Harga berada di antara harga hasil survei."}
        if not is_of(row["kode_barang"], CONSUMABLES) and stands_on_balance_sheet(row["kode_barang"], price):
            return {f"{where}.harga_satuan_ssh": "Barang modal: ajukan melalui pengadaan belanja modal."}
    return {}


def net(situation: Situation) -> Mapping[str, Any]:
    """Return the net needs, their value, and what the store can give without buying."""
    values = situation.values
    asked = {row["kode_barang"]: row for row in values["daftar_usulan"]}
    rows = [_netted(situation, row, asked[row["kode_barang"]]) for row in values["hasil_netting"]]
    return {
        "hasil_netting": rows,
        "nilai_usulan": sum((row["jumlah_harga"] for row in rows), Decimal()),
        "permintaan_penyaluran": [
            {
                "kode_barang": row["kode_barang"],
                "nama_spesifikasi": asked[row["kode_barang"]]["nama_spesifikasi"],
                "jumlah_diminta": asked[row["kode_barang"]]["jumlah_kebutuhan"],
                "satuan": asked[row["kode_barang"]]["satuan"],
            }
            for row in rows
            if not row["kebutuhan_bersih"] and is_of(row["kode_barang"], CONSUMABLES)
        ],
    }


def _netted(situation: Situation, row: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    code, standard = row["kode_barang"], stock.STANDARDS.get(row["kode_barang"])
    held = max(Decimal(), cards.balance(code)[0] - cards.promised(code, situation.case))
    coming = cards.on_order(code, situation.case)
    safety, pack = (standard.stok_pengaman, standard.kemasan) if standard else (Decimal(), Decimal(1))
    need, bought = stock.net_need(asked["jumlah_kebutuhan"], held, coming, safety, pack)
    return {
        **row, "saldo": held, "dalam_pesanan": coming, "stok_pengaman": safety, "kemasan": pack,
        "kebutuhan_bersih": need, "jumlah_beli": bought, "jumlah_harga": bought * row["harga_satuan_ssh"],
    }  # fmt: skip
