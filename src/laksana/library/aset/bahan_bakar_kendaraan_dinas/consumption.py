"""Consumption of the month: the fills of all vehicles put together, what is odd about them, and what became of that."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from laksana.cases import services as cases
from laksana.cases.behaviour import Done, Situation
from laksana.cases.models import Case
from laksana.library.aset.bahan_bakar_kendaraan_dinas.rules import (
    Car,
    Fill,
    Oddity,
    oddities,
    spans,
    used_twice,
    written_serials,
)
from laksana.library.aset.bahan_bakar_kendaraan_dinas.workshop import days_in_workshop
from laksana.library.rounding import half_up
from laksana.library.rupiah import rupiah
from laksana.sop.values import from_json_of

ACCEPTED = "Diterima"
Rows = Sequence[Mapping[str, Any]]


def _instances(case: Case, column: str) -> dict[int, Mapping[str, Any]]:
    """Return the newest instance of every row that has a column, by its place: its row with what was given on it."""
    return {
        int(each.path.rsplit(".", 1)[-1]): {**each.row, **each.data}
        for each in cases.instances(case)
        if column in each.row
    }


def measured(situation: Situation) -> Done:
    """Return the fills of all vehicles, their consumption, the oddities, and when every coupon was used."""
    columns = situation.procedure.fields["pengisian"].columns or {}
    rows = [
        {
            **{name: from_json_of(columns, name, cell) for name, cell in row.items()},
            "nomor_polisi": vehicle["nomor_polisi"],
        }
        for vehicle in _instances(situation.case, "dari_seri").values()
        for row in vehicle.get("pengisian") or ()
    ]
    values = {**situation.values, "pengisian": rows}
    found = _oddities(values)
    used = {serial: row for row in reversed(rows) for serial in written_serials(row["seri_kupon"])}
    coupons = [
        {
            **each,
            "tanggal_pakai": used[each["seri"]]["tanggal"],
            "nomor_struk": used[each["seri"]]["nomor_struk"],
        }
        if each["seri"] in used
        else each
        for each in values["kupon"]
    ]
    values |= {"anomali": found, "kupon": coupons}
    return Done(
        values={
            "pengisian": rows,
            "anomali": found,
            "kupon": coupons,
            "konsumsi": _consumption(values, set()),
        }
    )


def _fill(row: Mapping[str, Any]) -> Fill:
    return Fill(
        tanggal=row["tanggal"], odometer=row["odometer"], liter=row["liter"], harga=row["harga_liter"],
        rupiah=row["rupiah"], penuh=bool(row.get("penuh")), seri=tuple(written_serials(row["seri_kupon"])),
        nomor_struk=row["nomor_struk"],
    )  # fmt: skip


def _car(plan: Mapping[str, Any]) -> Car:
    return Car(
        plan["nomor_polisi"],
        plan["kuota_bulan"],
        plan["tangki"],
        plan["acuan"],
        plan.get("odometer_penuh_lalu"),
    )


def _fills_of(rows: Rows, plate: str) -> list[Fill]:
    fills = [_fill(row) for row in rows if row["nomor_polisi"] == plate]
    return sorted(fills, key=lambda fill: fill.tanggal)


def _oddities(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    drivers = {row["nomor_polisi"]: row["penerima"] for row in values["pembagian"]}
    rows: Rows = values["pengisian"]
    found: list[dict[str, Any]] = []

    def add(plate: str, odd: Oddity) -> None:
        found.append({
            "nomor_polisi": plate, "penerima": drivers.get(plate), "jenis": odd.jenis, "uraian": odd.uraian,
            "tuntutan": odd.tuntutan, "seri_kupon": odd.seri,
        })  # fmt: skip

    for plan in values["rencana_kuota"]:
        plate = plan["nomor_polisi"]
        for odd in oddities(_car(plan), _fills_of(rows, plate), days_in_workshop(plate)):
            add(plate, odd)
    fills = [_fill(row) for row in rows]
    for place, serial in used_twice(fills):
        text = f"Seri {serial} dipakai dua kali, struk {fills[place].nomor_struk}"
        add(rows[place]["nomor_polisi"], Oddity("seri", text, fills[place].rupiah, serial))
    return found


def _consumption(values: Mapping[str, Any], accepted: Collection[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the consumption by vehicle; a fill with a serial used before counts only once it was accepted."""
    rows: Rows = values["pengisian"]
    twice = {
        place
        for place, serial in used_twice([_fill(row) for row in rows])
        if (rows[place]["nomor_polisi"], serial) not in accepted
    }
    counted = [row for place, row in enumerate(rows) if place not in twice]
    given = {row["nomor_polisi"]: row["jumlah"] for row in values["pembagian"]}
    return [
        _measured(plan, _fills_of(counted, plan["nomor_polisi"]), given, values)
        for plan in values["rencana_kuota"]
    ]


def _measured(
    plan: Mapping[str, Any], fills: Sequence[Fill], given: Mapping[str, Decimal], values: Mapping[str, Any]
) -> dict[str, Any]:
    plate = plan["nomor_polisi"]
    parts = spans(_car(plan), fills)
    km = sum((part.km for part in parts), Decimal())
    litres = sum((part.liter for part in parts), Decimal())
    used = {serial for fill in fills for serial in fill.seri}
    return {
        "nomor_polisi": plate, "kuota": plan["kuota_bulan"], "liter": sum((fill.liter for fill in fills), Decimal()),
        "rupiah": sum((fill.rupiah for fill in fills), Decimal()), "km": km,
        "km_per_liter": half_up(km / litres) if litres else None, "sisa_kupon": given.get(plate, Decimal()) - len(used),
        "anomali": sum(row["nomor_polisi"] == plate for row in values["anomali"]),
    }  # fmt: skip


def decided(situation: Situation) -> Mapping[str, Any]:
    """Return what was decided on an oddity, for the table of all."""
    return {"putusan": situation.outcome}


def something_to_repay(situation: Situation) -> Mapping[str, str]:
    """Refuse to let repay an oddity for which nothing is claimed."""
    if situation.outcome != "Ganti" or situation.values["tuntutan"] > 0:
        return {}
    return {"outcome": "Anomali ini tidak bernilai penggantian."}


def enough_paid(situation: Situation) -> Mapping[str, str]:
    """Refuse a repayment below what is claimed for the oddity."""
    least = situation.values["tuntutan"]
    if situation.values["nilai_ganti"] >= least:
        return {}
    return {"nilai_ganti": f"Penggantian {rupiah(least)}."}


def settled(situation: Situation) -> Done:
    """Return what became of every oddity, what was repaid, and the consumption with the fills that were accepted."""
    explained = _instances(situation.case, "tuntutan").values()
    accepted = {
        (each["nomor_polisi"], each["seri_kupon"])
        for each in explained
        if each.get("putusan") == ACCEPTED and each.get("seri_kupon")
    }
    repaid = [Decimal(each.get("nilai_ganti") or 0) for each in explained]
    told = ("nomor_polisi", "jenis", "putusan")
    return Done(
        values={
            "hasil_anomali": [
                {**{name: each.get(name) for name in told}, "nilai_ganti": amount}
                for each, amount in zip(explained, repaid, strict=True)
            ],
            "total_ganti": sum(repaid, Decimal()),
            "konsumsi": _consumption(situation.values, accepted),
        }
    )
