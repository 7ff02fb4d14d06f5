"""What the maintenance of vehicles adds to its definition: the card, the ceiling, the order, the bill and its booking."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.aset import procurement
from laksana.library.aset.pemeliharaan_kendaraan_dinas import bill
from laksana.library.aset.pemeliharaan_kendaraan_dinas.card import last_reading, last_service, spent_in
from laksana.library.aset.pemeliharaan_kendaraan_dinas.rules import (
    Reading,
    figure,
    interval,
    per_day,
    service_due,
    service_is_near,
    uneconomic,
)
from laksana.library.rupiah import rupiah
from laksana.worktime.zone import local_day

pemeliharaan = Behaviour("pemeliharaan-kendaraan-dinas")

# -- from the order to the books ---------------------------------------------------------------------------------

pemeliharaan.check("tambahan")(bill.additional_within_share)
pemeliharaan.computes("tambahan")(bill.additional)
pemeliharaan.check("terima")(bill.bill_within_order)
pemeliharaan.computes("terima")(bill.billed)
pemeliharaan.computes("catat")(bill.booked)
pemeliharaan.row("barang-bekas")(bill.old_parts_row)
pemeliharaan.row("dhpb")(bill.maintained_row)

# -- the card, the estimate and the order ------------------------------------------------------------------------


@pemeliharaan.check("ajukan")
def odometer_goes_on(situation: Situation) -> Mapping[str, str]:
    """Refuse a reading below the last one, unless the odometer is broken, and a day to come."""
    values, last = situation.values, last_reading(situation)
    if values["tanggal"] > local_day(situation.at):
        return {"tanggal": "Tanggal ini belum tiba."}
    if last is None or values.get("odometer_rusak") or values["odometer"] >= last.km:
        return {}
    return {
        "odometer": f"Pembacaan terakhir {last.km} km ({last.tanggal:%d-%m-%Y}); catat bila odometer rusak."
    }


@pemeliharaan.warns("ajukan")
def driven_far(situation: Situation) -> Mapping[str, str]:
    """Warn of more kilometres a day since the last reading than a car of the office drives."""
    values, last = situation.values, last_reading(situation)
    if last is None or values.get("odometer") is None or values.get("tanggal") is None:
        return {}
    mean = per_day(values["odometer"] - last.km, (values["tanggal"] - last.tanggal).days)
    if mean <= figure("km_sehari_terbanyak"):
        return {}
    return {"odometer": f"Rata-rata {mean:.0f} km sehari sejak pembacaan terakhir."}


@pemeliharaan.check("periksa")
def work_fits_vehicle(situation: Situation) -> Mapping[str, str]:
    """Refuse a service that is not done on this class of vehicles."""
    values = situation.values
    if values["jenis"] != bill.SERVICE or interval(values["golongan"], values["pekerjaan_servis"]):
        return {}
    return {"golongan": "Pekerjaan servis ini tidak ada pada golongan kendaraan ini."}


@pemeliharaan.check("periksa")
def defect_is_mended(situation: Situation) -> Mapping[str, str]:
    """Refuse to leave a defect of safety as it is."""
    if situation.outcome == "Belum perlu" and situation.values["cacat_keselamatan"]:
        return {"outcome": "Cacat keselamatan harus diperbaiki sebelum kendaraan dipakai."}
    return {}


@pemeliharaan.computes("periksa")
def schedule(situation: Situation) -> Mapping[str, Any]:
    """Return the last service of this kind, when it is due by kilometres or date, and whether that is near."""
    values, last = situation.values, last_service(situation)
    if values["jenis"] != bill.SERVICE or last is None:
        return {}
    every = interval(values["golongan"], values["pekerjaan_servis"])
    now = Reading(values["tanggal"], values["odometer"])
    return {"servis_terakhir": last.tanggal, "km_servis_terakhir": last.km} | (
        {
            "jatuh_tempo_servis": service_due(last, now, every),
            "servis_mendekat": service_is_near(last, now, every),
        }
        if every
        else {}
    )


@pemeliharaan.computes("estimasi")
def estimated(situation: Situation) -> Mapping[str, Any]:
    """Return the estimate by line and in all; parts and work under warranty cost nothing."""
    rows = [
        {**row, "jumlah": Decimal() if row.get("garansi") else row["kuantitas"] * row["harga_satuan"]}
        for row in situation.values["rincian_estimasi"]
    ]
    return {"rincian_estimasi": rows, "nilai_estimasi": sum((row["jumlah"] for row in rows), Decimal())}


@pemeliharaan.check("estimasi")
def warranty_shown(situation: Situation) -> Mapping[str, str]:
    """Refuse warranty for a vehicle that has none any more."""
    values = situation.values
    if values["masa_garansi"] or not any(row.get("garansi") for row in values["rincian_estimasi"]):
        return {}
    return {"rincian_estimasi": "Kendaraan ini tidak lagi bergaransi."}


def _spent(situation: Situation) -> Decimal:
    values = situation.values
    return spent_in(situation, values["tanggal"].year) + (values.get("realisasi_kartu") or Decimal())


@pemeliharaan.warns("telaah")
def worth_it(situation: Situation) -> Mapping[str, str]:
    """Warn of repairs that are not worth it, and of a ceiling above the standard's."""
    values, found = situation.values, {}
    ceiling, fair = values.get("pagu_tahunan"), values.get("nilai_wajar")
    if ceiling is not None and ceiling > (most := figure(f"pagu_{values['golongan']}")):
        found["pagu_tahunan"] = f"Pagu golongan ini menurut standar {rupiah(most)}."
    if fair is not None and uneconomic(_spent(situation), values["nilai_estimasi"], fair):
        share = figure("tidak_ekonomis_persen")
        found["nilai_wajar"] = f"Perbaikan setahun melampaui {share}% nilai wajar; usulkan penghapusan."
    return found


@pemeliharaan.computes("telaah")
def left_to_spend(situation: Situation) -> Mapping[str, Any]:
    """Return what was spent and ordered for the vehicle this year, what is left, and what the estimate lacks."""
    values, spent = situation.values, _spent(situation)
    left = values["pagu_tahunan"] - spent
    return {
        "realisasi_tahunan": spent,
        "sisa_pagu": left,
        "kekurangan_pagu": max(Decimal(), values["nilai_estimasi"] - left),
    }


@pemeliharaan.check("anggaran")
def ceiling_kept(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass an estimate above the ceiling without the head, and to trouble the head with one within it."""
    values = situation.values
    within = values["nilai_estimasi"] <= values["sisa_pagu"]
    if situation.outcome == "Cukup" and not within:
        return {
            "outcome": f"Melebihi pagu sebesar {rupiah(values['kekurangan_pagu'])}; Kepala Dinas yang memutus."
        }
    if situation.outcome == "Melebihi pagu" and within:
        return {"outcome": f"Estimasi masih di dalam sisa pagu {rupiah(values['sisa_pagu'])}."}
    return {}


@pemeliharaan.check("perintah")
def order_within_estimate(situation: Situation) -> Mapping[str, str]:
    """Refuse an order above the estimate, and one that ends before it begins."""
    values, found = situation.values, {}
    if values["nilai_spk"] > values["nilai_estimasi"]:
        found["nilai_spk"] = f"Melampaui estimasi {rupiah(values['nilai_estimasi'])}."
    if values["batas_selesai"] < values["tanggal_spk"]:
        found["batas_selesai"] = "Sebelum tanggal surat perintah."
    return found


@pemeliharaan.computes("perintah")
def ordered(situation: Situation) -> Mapping[str, Any]:
    """Return the contract's form; a new order takes up what was approved besides an earlier one."""
    form = procurement.contract_form(situation.values["nilai_spk"], procurement.DIRECT)
    return {"bentuk_kontrak": form, "total_tambahan": Decimal()}


@pemeliharaan.deadline("penyelesaian")
def due_work(situation: Situation) -> datetime | None:
    """Return the closing of the day by which the order wants the work done."""
    day = situation.values.get("batas_selesai")
    return situation.calendar.closing(situation.calendar.workday_on_or_before(day)) if day else None


@pemeliharaan.check("kerjakan", "mandiri")
def done_by_today(situation: Situation) -> Mapping[str, str]:
    """Refuse an end of the work that is still to come, or before it was asked for or ordered."""
    values = situation.values
    first = values.get("tanggal_spk") or values["tanggal"]
    if first <= values["tanggal_selesai"] <= local_day(situation.at):
        return {}
    return {"tanggal_selesai": f"Antara {first:%d-%m-%Y} dan hari ini."}
