"""What the fuel of vehicles adds to its definition: quotas, coupons, and the reconciliation with the station."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.aset.bahan_bakar_kendaraan_dinas import consumption, coupons
from laksana.library.aset.bahan_bakar_kendaraan_dinas.rules import (
    QUOTAS,
    is_barred,
    quota,
    written_serials,
)
from laksana.library.others import other_cases
from laksana.library.rupiah import rupiah

bbm = Behaviour("bahan-bakar-kendaraan-dinas")

# -- coupons -----------------------------------------------------------------------------------------------------

bbm.check("pesan")(coupons.one_series)
bbm.computes("pesan")(coupons.bought)
bbm.check("terima")(coupons.all_received)
bbm.computes("terima")(coupons.entered)
bbm.check("bagikan")(coupons.shared_rightly)
bbm.computes("bagikan")(coupons.shared)
bbm.warns("rekon")(coupons.coupons_agree)
bbm.check("rekon")(coupons.no_more_back)
bbm.computes("rekon")(coupons.reconciled)

# -- consumption -------------------------------------------------------------------------------------------------

bbm.automatic("hitung-konsumsi")(consumption.measured)
bbm.computes("putus-anomali")(consumption.decided)
bbm.check("putus-anomali")(consumption.something_to_repay)
bbm.check("ganti")(consumption.enough_paid)
bbm.automatic("himpun-putusan")(consumption.settled)

# -- the plan and the month --------------------------------------------------------------------------------------


def _end(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


@bbm.check("rencana")
def plan_holds(situation: Situation) -> Mapping[str, str]:
    """Refuse a day that begins no month, a month planned already, a vehicle planned twice, and fuel that is barred."""
    values, found = situation.values, {}
    month: date = values["bulan"]
    if month.day != 1:
        found["bulan"] = "Tulis tanggal 1 bulan yang direncanakan."
    elif other_cases(situation, bulan=month.isoformat()).exists():
        found["bulan"] = "Bulan ini sudah direncanakan."
    plates: set[str] = set()
    for number, row in enumerate(values["rencana_kuota"]):
        if row["nomor_polisi"] in plates:
            found[f"rencana_kuota.{number}.nomor_polisi"] = "Kendaraan ini sudah ada pada rencana."
        plates.add(row["nomor_polisi"])
        if is_barred(row["jenis_bbm"]):
            found[f"rencana_kuota.{number}.jenis_bbm"] = (
                "BBM ini tidak dipakai untuk kendaraan berpelat merah."
            )
    return found


@bbm.computes("rencana")
def planned(situation: Situation) -> Mapping[str, Any]:
    """Return the last day of the month, the quota and value of each vehicle, and their sums."""
    month: date = situation.values["bulan"]
    full = _last_full(situation, month)
    rows = [_planned(row, month, full.get(row["nomor_polisi"])) for row in situation.values["rencana_kuota"]]
    return {
        "akhir_bulan": _end(month),
        "rencana_kuota": rows,
        "total_liter": sum((row["kuota_bulan"] for row in rows), Decimal()),
        "total_nilai": sum((row["nilai"] for row in rows), Decimal()),
    }


def _last_full(situation: Situation, month: date) -> dict[str, Decimal]:
    """Return of every vehicle its odometer at the last full tank of the months before, as far as that is known."""
    found: dict[str, Decimal] = {}
    for case in other_cases(situation, bulan__lt=month.isoformat()).order_by("data__bulan"):
        for fill in sorted(case.data.get("pengisian") or (), key=lambda fill: str(fill["tanggal"])):
            if fill.get("penuh"):
                found[fill["nomor_polisi"]] = Decimal(fill["odometer"])
    return found


def _planned(row: Mapping[str, Any], month: date, full: Decimal | None) -> dict[str, Any]:
    usual = QUOTAS[row["peruntukan"]]
    base = row.get("kuota_dasar") or usual.kuota_liter
    litres = row.get("kuota_khusus") or quota(base, month, int(row["hari_tidak_operasi"]))
    return {
        **row, "kuota_dasar": base, "tangki": row.get("tangki") or usual.tangki, "acuan": row.get("acuan") or usual.acuan,
        "odometer_penuh_lalu": row.get("odometer_penuh_lalu") or full, "kuota_bulan": litres,
        "nilai": litres * row["harga_liter"],
    }  # fmt: skip


@bbm.check("anggaran")
def budget_covers(situation: Situation) -> Mapping[str, str]:
    """Refuse to call a budget sufficient that holds less than the plan."""
    values = situation.values
    if situation.outcome != "Cukup" or values["total_nilai"] <= values["sisa_pagu"]:
        return {}
    return {"outcome": f"Rencana {rupiah(values['total_nilai'])} melampaui sisa pagu; kurangi kuotanya."}


@bbm.deadline("isi")
def due_month(situation: Situation) -> datetime:
    """Return the closing of the month's last working day."""
    calendar = situation.calendar
    return calendar.closing(calendar.workday_on_or_before(situation.values["akhir_bulan"]))


@bbm.check("isi")
def fills_proven(situation: Situation) -> Mapping[str, str]:
    """Refuse to close the month before its end, and fills without receipt, outside the month or with unreadable coupons."""
    values, found = situation.values, {}
    if situation.at < due_month(situation).replace(hour=0, minute=0):
        found[""] = "Bulan belum berakhir; catat pengisian satu per satu."
    for number, row in enumerate(values.get("pengisian") or ()):
        if not row.get("struk"):
            found[f"pengisian.{number}.struk"] = "Tanpa struk pengisian tidak dipertanggungjawabkan."
        if not values["bulan"] <= row["tanggal"] <= values["akhir_bulan"]:
            found[f"pengisian.{number}.tanggal"] = "Di luar bulan ini."
        try:
            written_serials(row["seri_kupon"])
        except ValueError as error:
            found[f"pengisian.{number}.seri_kupon"] = str(error)
    return found
