"""What the fuel of vehicles adds to its definition: quotas, coupons, and the reconciliation with the station."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.cases.models import Case
from laksana.library.aset.bahan_bakar_kendaraan_dinas import consumption
from laksana.library.aset.bahan_bakar_kendaraan_dinas.rules import (
    QUOTAS,
    difference,
    is_barred,
    quota,
    serials,
    written_serials,
)
from laksana.library.aset.bahan_bakar_kendaraan_dinas.workshop import is_unsafe
from laksana.worktime.zone import local_day

bbm = Behaviour("bahan-bakar-kendaraan-dinas")
consumption.join(bbm)
Rows = Sequence[Mapping[str, Any]]


def _end(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


@bbm.check("rencana")
def plan_holds(situation: Situation) -> Mapping[str, str]:
    """Refuse a day that begins no month, a month planned already, a vehicle planned twice, and fuel that is barred."""
    values, found = situation.values, {}
    month: date = values["bulan"]
    same = Case.objects.filter(procedure=situation.procedure.id, data__bulan=month.isoformat())
    if month.day != 1:
        found["bulan"] = "Tulis tanggal 1 bulan yang direncanakan."
    elif same.exclude(state=Case.State.CANCELLED).exclude(pk=situation.case.pk).exists():
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
    rows = [_planned(row, month) for row in situation.values["rencana_kuota"]]
    return {
        "akhir_bulan": _end(month),
        "rencana_kuota": rows,
        "total_liter": sum((row["kuota_bulan"] for row in rows), Decimal()),
        "total_nilai": sum((row["nilai"] for row in rows), Decimal()),
    }


def _planned(row: Mapping[str, Any], month: date) -> dict[str, Any]:
    usual = QUOTAS[row["peruntukan"]]
    base = row.get("kuota_dasar") or usual.kuota_liter
    litres = row.get("kuota_khusus") or quota(base, month, int(row["hari_tidak_operasi"]))
    return {
        **row, "kuota_dasar": base, "tangki": row.get("tangki") or usual.tangki, "acuan": row.get("acuan") or usual.acuan,
        "kuota_bulan": litres, "nilai": litres * row["harga_liter"],
    }  # fmt: skip


@bbm.check("pesan")
def one_series(situation: Situation) -> Mapping[str, str]:
    """Refuse serial numbers that are not one series."""
    try:
        serials(situation.values["seri_awal"], situation.values["seri_akhir"])
    except ValueError as error:
        return {"seri_akhir": str(error)}
    return {}


@bbm.computes("pesan")
def bought(situation: Situation) -> Mapping[str, Any]:
    """Return how many coupons were bought."""
    return {"jumlah_kupon": len(serials(situation.values["seri_awal"], situation.values["seri_akhir"]))}


@bbm.check("terima")
def all_received(situation: Situation) -> Mapping[str, str]:
    """Refuse to enter other than all coupons."""
    values = situation.values
    if values["jumlah_diterima"] == values["jumlah_kupon"]:
        return {}
    return {"jumlah_diterima": f"Menurut seri {values['jumlah_kupon']} kupon; selesaikan dahulu dengan SPBU."}


@bbm.computes("terima")
def entered(situation: Situation) -> Mapping[str, Any]:
    """Return the coupons, one by one."""
    values, day = situation.values, local_day(situation.at)
    numbers = serials(values["seri_awal"], values["seri_akhir"])
    return {
        "kupon": [{"seri": n, "nominal": values["nominal_kupon"], "tanggal_terima": day} for n in numbers]
    }


@bbm.check("bagikan")
def shared_rightly(situation: Situation) -> Mapping[str, str]:
    """Refuse coupons that were not bought or are given twice, for an unknown or unsafe vehicle, and above its quota."""
    found: dict[str, str] = {}
    bought_ones = {row["seri"] for row in situation.values["kupon"]}
    planned_rows = {row["nomor_polisi"]: row for row in situation.values["rencana_kuota"]}
    plates: set[str] = set()
    for number, row in enumerate(situation.values["pembagian"]):
        plate = row["nomor_polisi"]
        for column, why in _share_faults(row, planned_rows.get(plate), bought_ones, situation.values):
            found[f"pembagian.{number}.{column}"] = why
        if plate in plates:
            found[f"pembagian.{number}.nomor_polisi"] = "Satu baris untuk satu kendaraan."
        plates.add(plate)
    return found


def _share_faults(
    row: Mapping[str, Any], plan: Mapping[str, Any] | None, left: set[str], values: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the share of one vehicle; takes what it gets from those left."""
    if plan is None:
        yield "nomor_polisi", "Kendaraan ini tidak ada pada rencana."
        return
    if is_unsafe(row["nomor_polisi"]):
        yield "nomor_polisi", "Kendaraan ini tidak laik jalan; selesaikan pemeliharaannya."
    try:
        given = serials(row["dari_seri"], row["sampai_seri"])
    except ValueError as error:
        yield "sampai_seri", str(error)
        return
    if not left.issuperset(given):
        yield "dari_seri", "Memuat seri yang tidak dibeli atau sudah dibagikan."
    left.difference_update(given)
    most = (plan["nilai"] / values["nominal_kupon"]).to_integral_value(ROUND_CEILING)
    if len(given) > most:
        yield "sampai_seri", f"Kuota kendaraan ini paling banyak {most} kupon."


@bbm.computes("bagikan")
def shared(situation: Situation) -> Mapping[str, Any]:
    """Return how many coupons each vehicle got, and on every coupon the plate for which it is good."""
    rows: list[dict[str, Any]] = []
    plates: dict[str, str] = {}
    for row in situation.values["pembagian"]:
        given = serials(row["dari_seri"], row["sampai_seri"])
        rows.append({**row, "jumlah": len(given)})
        plates |= dict.fromkeys(given, row["nomor_polisi"])
    coupons = [{**each, "nomor_polisi": plates.get(each["seri"])} for each in situation.values["kupon"]]
    return {"pembagian": rows, "kupon": coupons}


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


@bbm.warns("rekon")
def coupons_agree(situation: Situation) -> Mapping[str, str]:
    """Warn where the coupons that came back are not those that no receipt names."""
    back = situation.values.get("sisa_kupon")
    left = sum(not row.get("tanggal_pakai") for row in situation.values["kupon"])
    return {} if back in (None, left) else {"sisa_kupon": f"Menurut struk kupon yang sisa {left}."}


@bbm.check("rekon")
def no_more_back(situation: Situation) -> Mapping[str, str]:
    """Refuse more coupons back than were bought."""
    values = situation.values
    more = values["sisa_kupon"] > values["jumlah_kupon"]
    return {"sisa_kupon": f"Kupon yang dibeli {values['jumlah_kupon']}."} if more else {}


@bbm.computes("rekon")
def reconciled(situation: Situation) -> Mapping[str, Any]:
    """Return what the station bills above the coupons used, the stock left, and every coupon's state."""
    values = situation.values
    back, nominal = values["sisa_kupon"], values["nominal_kupon"]
    return {
        "selisih_rekon": difference(values["tagihan_spbu"], values["jumlah_kupon"], back, nominal),
        "nilai_persediaan": back * nominal,
        "kupon": [
            {**row, "status": "terpakai" if row.get("tanggal_pakai") else "sisa"} for row in values["kupon"]
        ],
    }
