"""The trip as it was made: its real days, its proof, and the settlement."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.keuangan.sppd import others, rules
from laksana.library.keuangan.sppd.costs import Trip, last_day, total
from laksana.library.keuangan.sppd.tables import TAXI, figure
from laksana.worktime.zone import local_day


def real_days(situation: Situation) -> Mapping[str, str]:
    """Refuse a return before the departure or still to come, and an extension that extends nothing."""
    values, wrong = situation.values, {}
    real: date | None = values.get("tanggal_kembali_nyata")
    start: date = values["tanggal_berangkat"]
    extended = values.get("tanggal_perpanjangan")
    if real and not start <= real <= local_day(situation.at):
        wrong["tanggal_kembali_nyata"] = "Antara tanggal berangkat dan hari ini."
    if extended and extended <= values["tanggal_kembali"]:
        wrong["tanggal_perpanjangan"] = "Sesudah tanggal harus kembali."
    return wrong


def carried_out(situation: Situation) -> Mapping[str, Any]:
    """Return the days that are paid and by when the trip is accounted for."""
    values = situation.values
    if situation.outcome == "Batal":
        return {"lama_hari": 0}
    due = rules.report_due(
        values["tanggal_kembali_nyata"], figure.whole("lapor_hari_kerja"), situation.calendar
    )
    return {"lama_hari": rules.days_of(values["tanggal_berangkat"], last_day(values)), "batas_lapor": due}


def proof_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse proof of strangers, of nights the trip has not, of taxis beside the official car, or of another ending."""
    values = situation.values
    wrong = others.strangers(values, "bukti", "malam_tanpa_bukti", "pengeluaran_riil")
    called_off = values.get("laksanakan") == "Batal"
    for place, row in enumerate(values.get("bukti") or ()):
        if (row["komponen"] == "pembatalan") != called_off:
            wrong[f"bukti.{place}.komponen"] = (
                "Biaya pembatalan hanya, dan satu-satunya, bagi tugas yang batal."
            )
    if called_off or wrong:
        return wrong
    for place, row in enumerate(values.get("pengeluaran_riil") or ()):
        if list(values["alat_angkut"]) == ["kendaraan_dinas"]:
            wrong[f"pengeluaran_riil.{place}.jumlah"] = "Dengan kendaraan dinas taksi tidak dibayar."
        elif TAXI[row["kode_wilayah"]].besaran is None:
            wrong[f"pengeluaran_riil.{place}.kode_wilayah"] = (
                "Batas taksi provinsi ini belum diketahui; sertakan bukti."
            )
    return wrong | dict(Trip(values, ()).nights_wrong())


def handed_in(situation: Situation) -> Mapping[str, Any]:
    """Return the day on which the report was first handed in."""
    day = situation.values.get("tanggal_lapor") or local_day(situation.at)
    return {"tanggal_lapor": day, "status_perjalanan": "dilaporkan"}


def settlement(situation: Situation) -> Mapping[str, Any]:
    """Return, once the proof is complete, what is paid, its sum, and what is due (+) or to be repaid (-) in rupiah."""
    values = situation.values
    if situation.outcome != "Lengkap":
        return {}
    trip = Trip(values, others.shared_first_day(situation))
    lines = trip.cancelled() if values.get("laksanakan") == "Batal" else trip.settled()
    paid = total(lines, "dibayar")
    return {
        "rincian_rampung": lines, "jumlah_rampung": paid, "selisih": paid - (values.get("uang_muka") or Decimal()),
    }  # fmt: skip
