"""How capital goods are bought: the HPS, the method, the contract with its bond, and the fine for lateness."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.aset import procurement, stock
from laksana.library.aset.pengadaan_belanja_modal.planning import NONE, may_buy
from laksana.library.aset.procurement import DIRECT, E_PURCHASING, TENDER
from laksana.library.rounding import half_up
from laksana.library.rupiah import rupiah
from laksana.sop.rules import rule
from laksana.worktime.zone import local_day

_METHODS = {"E-purchasing": E_PURCHASING, "Pengadaan langsung": DIRECT, "Tender": TENDER}


@rule("belanja-modal.hps-satuan", title="Harga satuan HPS", source="Perpres 16/2018 Pasal 26")
def mean_price(harga: list[Decimal]) -> Decimal | None:
    """Return the mean of surveyed unit prices, half rounded up to the rupiah; None with fewer sources than needed."""
    if len(harga) < procurement.figure("hps_sumber_harga"):
        return None
    return half_up(sum(harga, NONE) / len(harga), 0)


def priced(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of the HPS with the mean of their survey, the unit price and the amount, None where there is none yet."""
    surveyed: defaultdict[str, list[Decimal]] = defaultdict(list)
    for row in values.get("survei_harga") or ():
        surveyed[row["kode_barang"]].append(row["harga_satuan"])
    rows = []
    for row in values["rincian_hps"]:
        mean = mean_price(surveyed[row["kode_barang"]])
        price = row.get("harga_lain") or mean
        amount = None if price is None else price * row["jumlah"]
        rows.append({**row, "rata_survei": mean, "harga_satuan": price, "jumlah_harga": amount})
    return rows


def estimate(values: Mapping[str, Any]) -> Decimal | None:
    """Return the HPS in rupiah; None while an item has no price."""
    amounts = [row["jumlah_harga"] for row in priced(values)]
    return None if None in amounts else sum(amounts, NONE)


def preparation_errors(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong with the preparation: other or more goods than budgeted, prices above a ceiling, a missing date."""
    values = situation.values
    if faults := _price_errors(values):
        return faults
    total = estimate(values)
    if total is not None and total > values["pagu"]:
        return {"rincian_hps": f"HPS {rupiah(total)} melampaui pagu."}
    if total is not None and not values.get("tanggal_hps"):
        return {"tanggal_hps": "Tanggal HPS wajib bila HPS disusun."}
    return {}


def _price_errors(values: Mapping[str, Any]) -> dict[str, str]:
    if stock.twice(values["rincian_hps"]):
        return {"rincian_hps": "Satu baris untuk setiap barang."}
    wanted, budgeted = may_buy(values), {row["kode_barang"]: row["harga_satuan"] for row in values["dpa"]}
    for place, row in enumerate(priced(values)):
        where, code = f"rincian_hps.{place}", row["kode_barang"]
        if row["jumlah"] > wanted.get(code, NONE):
            return {f"{where}.jumlah": f"Paling banyak {wanted.get(code, NONE):f} menurut usulan dan DPA."}
        if row.get("harga_lain") and not row.get("alasan_harga"):
            return {f"{where}.alasan_harga": "Tulis alasan harga yang bukan rata-rata survei."}
        if max(row["harga_satuan"] or NONE, budgeted[code]) > row["plafon_harga"]:
            return {f"{where}.plafon_harga": "Harga satuan HPS atau DPA melampaui plafon."}
    return {}


def prepared(situation: Situation) -> Mapping[str, Any]:
    """Return the priced rows and the HPS."""
    return {"rincian_hps": priced(situation.values), "hps": estimate(situation.values)}


def method_errors(situation: Situation) -> Mapping[str, str]:
    """Return what speaks against the method chosen: an HPS that it needs and that is not there, or its limit."""
    values, method = situation.values, _METHODS.get(situation.outcome or "")
    if method is None:
        return {}
    hps, ceiling = values.get("hps"), values["pagu"]
    if hps is None and procurement.hps_needed(ceiling, ceiling, method):
        return {"outcome": "HPS wajib untuk pagu dan metode ini; lengkapi persiapan."}
    is_building = values["jenis_belanja"] == "gedung"
    if method == DIRECT and not procurement.direct_allowed(hps or ceiling, is_building):
        return {"outcome": "Nilai melampaui batas pengadaan langsung."}
    return {}


def method(situation: Situation) -> Mapping[str, Any]:
    """Return the method decided for, and at whose desk an e-purchase is carried out."""
    chosen = _METHODS.get(situation.outcome or "")
    if chosen is None:
        return {}
    value = situation.values.get("hps") or situation.values["pagu"]
    return {"metode": chosen, "pelaku_epurchasing": procurement.buyer_desk(value)}


def deadline_errors(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong with the closing date of offers: before the HPS, too long after it, or still to come."""
    closing, since = situation.values.get("batas_penawaran"), situation.values.get("tanggal_hps")
    if situation.outcome == "Gagal" or closing is None:
        return {}
    if closing > local_day(situation.at):
        return {"batas_penawaran": "Masa penawaran belum berakhir."}
    if since and not 0 <= situation.calendar.workdays_between(since, closing) <= procurement.figure(
        "hps_hari_kerja"
    ):
        return {
            "batas_penawaran": f"HPS berlaku {procurement.figure('hps_hari_kerja'):f} hari kerja sampai batas penawaran."
        }
    return {}


def contract_errors(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong with a contract: its lines, its value, its dates, or a bond that is missing or too low."""
    values = situation.values
    return (
        _line_errors(values)
        or _value_errors(values)
        or _date_errors(values, local_day(situation.at))
        or _bond_errors(values)
    )


def _line_errors(values: Mapping[str, Any]) -> dict[str, str]:
    wanted = may_buy(values)
    ceilings = {row["kode_barang"]: row["plafon_harga"] for row in values["rincian_hps"]}
    if stock.twice(values["rincian_kontrak"]):
        return {"rincian_kontrak": "Satu baris untuk setiap barang."}
    for place, row in enumerate(values["rincian_kontrak"]):
        where, code = f"rincian_kontrak.{place}", row["kode_barang"]
        if code not in ceilings or row["jumlah"] > wanted[code]:
            return {f"{where}.jumlah": "Melebihi jumlah menurut usulan dan DPA."}
        if row["harga_satuan"] > ceilings[code]:
            return {f"{where}.harga_satuan": "Harga satuan melampaui plafon."}
    return {}


def _value_errors(values: Mapping[str, Any]) -> dict[str, str]:
    value = values["nilai_kontrak"]
    total = sum((row["jumlah"] * row["harga_satuan"] for row in values["rincian_kontrak"]), NONE)
    if total != value:
        return {"nilai_kontrak": f"Jumlah rincian {rupiah(total)}; nilai kontrak harus sama."}
    if value > values["pagu"] or (values.get("hps") is not None and value > values["hps"]):
        return {"nilai_kontrak": "Nilai kontrak melampaui pagu atau HPS."}
    return {}


def _date_errors(values: Mapping[str, Any], today: date) -> dict[str, str]:
    if not values["tanggal_dpa"] <= values["tanggal_kontrak"] <= today:
        return {"tanggal_kontrak": "Kontrak bertanggal sejak DPA disahkan sampai hari ini."}
    if values["batas_serah"] < values["tanggal_kontrak"]:
        return {"batas_serah": "Batas penyerahan tidak mendahului kontrak."}
    return {}


def _bond_of(values: Mapping[str, Any]) -> Decimal:
    value = values["nilai_kontrak"]
    return procurement.bond(
        value, values["metode"], values.get("nilai_penawaran") or value, values.get("hps")
    )


def _bond_errors(values: Mapping[str, Any]) -> dict[str, str]:
    needed = _bond_of(values)
    if (values.get("nilai_jaminan") or NONE) < needed:
        return {"nilai_jaminan": f"Jaminan pelaksanaan paling sedikit {rupiah(needed)}."}
    return {"nomor_jaminan": "Tulis nomor jaminan."} if needed and not values.get("nomor_jaminan") else {}


def contract(situation: Situation) -> Mapping[str, Any]:
    """Return the bond and the form of the contract, and the bill that it comes to."""
    values = situation.values
    return {
        "jaminan_pelaksanaan": _bond_of(values),
        "bentuk_kontrak": procurement.contract_form(values["nilai_kontrak"], values["metode"]),
        "rincian_tagihan": [
            {
                "sub_kegiatan": values["sub_kegiatan"],
                "kode_rekening": values["kode_rekening"],
                "uraian": f"Belanja modal, {values['nomor_kontrak']}",
                "bruto": values["nilai_kontrak"],
            }
        ],
    }


def inspection_errors(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong with an inspection: a day outside the contract's time, or a late part above the contract."""
    values, day = situation.values, situation.values.get("tanggal_terima")
    if day and not values["tanggal_kontrak"] <= day <= local_day(situation.at):
        return {"tanggal_terima": "Barang diterima sejak tanggal kontrak sampai hari ini."}
    if (values.get("nilai_terlambat") or NONE) > values["nilai_kontrak"]:
        return {"nilai_terlambat": "Melebihi nilai kontrak."}
    if values.get("batas_serah_baru") and not values.get("adendum"):
        return {"adendum": "Batas penyerahan hanya berubah dengan adendum."}
    return {}


def received(situation: Situation) -> Mapping[str, Any]:
    """Return by how many days the goods were late, and the fine for it."""
    values = situation.values
    if situation.outcome != "Sesuai":
        return {}
    late = max(0, (values["tanggal_terima"] - (values.get("batas_serah_baru") or values["batas_serah"])).days)
    part = values.get("nilai_terlambat") or values["nilai_kontrak"]
    return {
        "hari_terlambat": late,
        "denda": procurement.fine([(part, late)], bool(values.get("penyedia_pkp"))),
    }
