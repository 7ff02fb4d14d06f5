"""Coupons: bought as one series, received, shared among vehicles, and reconciled with the station."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.aset.bahan_bakar_kendaraan_dinas.rules import difference, serials
from laksana.library.aset.bahan_bakar_kendaraan_dinas.workshop import is_unsafe
from laksana.worktime.zone import local_day


def one_series(situation: Situation) -> Mapping[str, str]:
    """Refuse serial numbers that are not one series."""
    try:
        serials(situation.values["seri_awal"], situation.values["seri_akhir"])
    except ValueError as error:
        return {"seri_akhir": str(error)}
    return {}


def bought(situation: Situation) -> Mapping[str, Any]:
    """Return how many coupons were bought."""
    return {"jumlah_kupon": len(serials(situation.values["seri_awal"], situation.values["seri_akhir"]))}


def all_received(situation: Situation) -> Mapping[str, str]:
    """Refuse to enter other than all coupons."""
    values = situation.values
    if values["jumlah_diterima"] == values["jumlah_kupon"]:
        return {}
    return {"jumlah_diterima": f"Menurut seri {values['jumlah_kupon']} kupon; selesaikan dahulu dengan SPBU."}


def entered(situation: Situation) -> Mapping[str, Any]:
    """Return the coupons, one by one."""
    values, day = situation.values, local_day(situation.at)
    numbers = serials(values["seri_awal"], values["seri_akhir"])
    return {
        "kupon": [{"seri": n, "nominal": values["nominal_kupon"], "tanggal_terima": day} for n in numbers]
    }


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


def coupons_agree(situation: Situation) -> Mapping[str, str]:
    """Warn where the coupons that came back are not those that no receipt names."""
    back = situation.values.get("sisa_kupon")
    left = sum(not row.get("tanggal_pakai") for row in situation.values["kupon"])
    return {} if back in (None, left) else {"sisa_kupon": f"Menurut struk kupon yang sisa {left}."}


def no_more_back(situation: Situation) -> Mapping[str, str]:
    """Refuse more coupons back than were bought."""
    values = situation.values
    more = values["sisa_kupon"] > values["jumlah_kupon"]
    return {"sisa_kupon": f"Kupon yang dibeli {values['jumlah_kupon']}."} if more else {}


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
