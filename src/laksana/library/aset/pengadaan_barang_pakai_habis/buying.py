"""How it is bought: method and HPS, the contract held against budget and need, the fine, the taxes and the lots."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.aset import procurement, stock
from laksana.library.aset.codes import CONSUMABLES, is_of
from laksana.library.aset.pengadaan_barang_pakai_habis import year
from laksana.library.aset.procurement import DIRECT, E_PURCHASING
from laksana.library.rounding import half_up
from laksana.library.rupiah import rupiah
from laksana.worktime.zone import local_day

_METHODS = {"E-purchasing": E_PURCHASING, "Pengadaan langsung": DIRECT}
NONE = Decimal()


def _is_split(situation: Situation) -> bool:
    total = year.bought_directly(situation) + situation.values["nilai_usulan"]
    return situation.outcome == "Pengadaan langsung" and not procurement.direct_allowed(total)


def method_errors(situation: Situation) -> Mapping[str, str]:
    """Return what speaks against the method chosen: its limit, an HPS left out or too high, a package that looks split."""
    values, value = situation.values, situation.values["nilai_usulan"]
    hps, method = values.get("hps"), _METHODS[situation.outcome or ""]
    if procurement.hps_needed(value, value, method) and not hps:
        return {"hps": "HPS wajib untuk nilai dan metode ini."}
    if hps and hps > values["pagu_tersedia"]:
        return {"hps": "HPS melampaui sisa pagu."}
    if method == DIRECT and not procurement.direct_allowed(hps or value):
        return {"outcome": "Nilai melampaui batas pengadaan langsung."}
    if _is_split(situation) and not values.get("alasan_paket_terpisah"):
        return {
            "alasan_paket_terpisah": "Pengadaan langsung setahun pada rekening ini melampaui batas; tulis alasannya."
        }
    return {}


def split_warning(situation: Situation) -> Mapping[str, str]:
    """Return the warning that this year's direct purchases on the account go over the limit with this one."""
    if not _is_split(situation):
        return {}
    return {
        "alasan_paket_terpisah": "Memecah paket untuk menghindari tender dilarang (Perpres 16/2018 Pasal 20)."
    }


def method(situation: Situation) -> Mapping[str, Any]:
    """Return the method decided for, and at whose desk an e-purchase is carried out."""
    value = situation.values.get("hps") or situation.values["nilai_usulan"]
    return {
        "metode": _METHODS[situation.outcome or ""],
        "pelaku_epurchasing": procurement.buyer_desk(value),
    }


def _line_value(row: Mapping[str, Any]) -> Decimal:
    return Decimal(row["jumlah"] * row["harga_satuan"] - (row.get("potongan") or 0))


def contract_errors(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong with a contract: its lines, its value against budget, HPS and method, its dates."""
    if situation.outcome != "Sepakat":
        return {}
    values = situation.values
    return _line_errors(values) or _value_errors(values) or _date_errors(values, local_day(situation.at))


def _line_errors(values: Mapping[str, Any]) -> dict[str, str]:
    wanted = {row["kode_barang"]: row["jumlah_beli"] for row in values["hasil_netting"]}
    if stock.twice(values["rincian_pesanan"]):
        return {"rincian_pesanan": "Satu baris untuk setiap barang."}
    for place, row in enumerate(values["rincian_pesanan"]):
        if row["jumlah"] > wanted.get(row["kode_barang"], NONE):
            return {
                f"rincian_pesanan.{place}.jumlah": "Melebihi jumlah menurut perhitungan kebutuhan bersih."
            }
    return {}


def _value_errors(values: Mapping[str, Any]) -> dict[str, str]:
    value = values["nilai_kontrak"]
    if (total := sum(map(_line_value, values["rincian_pesanan"]), NONE)) != value:
        return {"nilai_kontrak": f"Jumlah rincian {rupiah(total)}; nilai kontrak harus sama."}
    if value + (values.get("ongkos_kirim") or 0) > min(values["pagu_tersedia"], values["sisa_anggaran_kas"]):
        return {"nilai_kontrak": "Nilai melampaui sisa pagu atau anggaran kas."}
    if values.get("hps") and value > values["hps"]:
        return {"nilai_kontrak": "Nilai kontrak melampaui HPS."}
    if values["metode"] == DIRECT and not procurement.direct_allowed(value):
        return {"nilai_kontrak": "Nilai melampaui batas pengadaan langsung."}
    return {}


def _date_errors(values: Mapping[str, Any], today: date) -> dict[str, str]:
    if not values["tanggal_setuju"] <= values["tanggal_kontrak"] <= today:
        return {"tanggal_kontrak": "Kontrak bertanggal sejak usulan disetujui sampai hari ini."}
    if values["batas_serah"] < values["tanggal_kontrak"]:
        return {"batas_serah": "Batas penyerahan tidak mendahului kontrak."}
    return {}


def contract(situation: Situation) -> Mapping[str, Any]:
    """Return the form of the contract, and the bill that it comes to."""
    values = situation.values
    if situation.outcome != "Sepakat":
        return {}
    bill = values["nilai_kontrak"] + (values.get("ongkos_kirim") or 0)
    return {
        "bentuk_kontrak": procurement.contract_form(values["nilai_kontrak"], values["metode"]),
        "nilai_tagihan": bill,
        "rincian_tagihan": [
            {
                "sub_kegiatan": values["sub_kegiatan"],
                "kode_rekening": values["kode_rekening"],
                "uraian": f"Barang pakai habis, {values['nomor_kontrak']}",
                "bruto": bill,
            }
        ],
    }


def inspection_errors(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong with an inspection: goods not ordered, a refusal without reason, dates, or not all of them good."""
    values, good = situation.values, defaultdict[str, Decimal](Decimal)
    ordered = {row["kode_barang"]: row["jumlah"] for row in values["rincian_pesanan"]}
    for place, row in enumerate(values["hasil_periksa"]):
        where = f"hasil_periksa.{place}"
        if row["kode_barang"] not in ordered:
            return {f"{where}.kode_barang": "Barang ini tidak dipesan."}
        if row.get("ditolak") and not row.get("alasan_tolak"):
            return {f"{where}.alasan_tolak": "Tulis alasan barang ditolak."}
        if not values["tanggal_kontrak"] <= row["tanggal"] <= local_day(situation.at):
            return {f"{where}.tanggal": "Barang diterima sejak tanggal kontrak sampai hari ini."}
        good[row["kode_barang"]] += row["diterima_baik"]
    for code, quantity in ordered.items():
        if good[code] > quantity:
            return {"hasil_periksa": f"Barang {code} diterima melebihi pesanan."}
        if situation.outcome == "Sesuai" and good[code] < quantity:
            return {"outcome": f"Barang {code} baru diterima baik {good[code]:f} dari {quantity:f}."}
    return {}


def received(situation: Situation) -> Mapping[str, Any]:
    """Return when the last goods arrived good, by how many days that was late, and the fine for it."""
    values = situation.values
    if situation.outcome != "Sesuai":
        return {}
    prices = {row["kode_barang"]: _line_value(row) / row["jumlah"] for row in values["rincian_pesanan"]}
    rows = [row for row in values["hasil_periksa"] if row["diterima_baik"]]
    last = max(row["tanggal"] for row in rows)
    late = max(0, (last - values["batas_serah"]).days)
    parts = [(values["nilai_kontrak"], late)]
    if values.get("bagian_terpisah"):
        days = [(row, max(0, (row["tanggal"] - values["batas_serah"]).days)) for row in rows]
        parts = [(half_up(prices[row["kode_barang"]] * row["diterima_baik"]), each) for row, each in days]
    pkp = bool(values.get("penyedia_pkp"))
    return {"tanggal_terima": last, "hari_terlambat": late, "denda": procurement.fine(parts, pkp)}


def bill_taxes(situation: Situation) -> Mapping[str, Any]:
    """Return the taxes that the treasurer collects on the bill."""
    values = situation.values
    flags = (
        bool(values.get(name)) for name in ("npwp_penyedia", "penyedia_pkp", "dipecah", "pajak_pihak_lain")
    )
    ppn, pph = procurement.taxes(values["nilai_kontrak"], *flags)
    return {"ppn": ppn, "pph22": pph}


def lots(situation: Situation) -> Mapping[str, Any]:
    """Return a lot for each consumable and day of receipt, at its cost with its share of what came on top; apart, the durable."""
    values = situation.values
    ordered = {row["kode_barang"]: row for row in values["rincian_pesanan"]}
    came: dict[tuple[str, Any], dict[str, Any]] = {}
    for row in values["hasil_periksa"]:
        if row["diterima_baik"]:
            lot = came.setdefault((row["kode_barang"], row["tanggal"]), {"jumlah": NONE})
            lot["jumlah"] += row["diterima_baik"]
            lot["kedaluwarsa"] = min(
                filter(None, (lot.get("kedaluwarsa"), row.get("kedaluwarsa"))), default=None
            )
    prices = [
        _line_value(ordered[code]) * lot["jumlah"] / ordered[code]["jumlah"]
        for (code, _), lot in came.items()
    ]
    costs = procurement.with_shared_cost(prices, values.get("ongkos_kirim") or NONE)
    found: list[dict[str, Any]] = []
    durable: list[dict[str, Any]] = []
    for ((code, day), lot), cost in zip(came.items(), costs, strict=True):
        told = {key: ordered[code][key] for key in ("kode_barang", "nama_spesifikasi", "satuan")}
        entry = {**told, **lot, "tanggal": day, "nilai": cost}
        if not is_of(code, CONSUMABLES):
            durable.append(entry)
            continue
        name, price = f"{values['nomor_bast']}-{len(found) + 1}", half_up(cost / lot["jumlah"])
        found.append({**entry, "lot": name, "harga_satuan": price})
    return {"lot_persediaan": found, "barang_ekstra": durable}
