"""What has to agree before figures are locked: both sides, the province, the quarters, and the totals of BPS."""

from collections.abc import Mapping
from typing import Any

from laksana.library.statistik.pdrb import rules
from laksana.library.statistik.pdrb.indicators import TOTAL, amounts, whole
from laksana.sop.values import number_text

Values = Mapping[str, Any]
COMPARED = ("nilai_provinsi", "jumlah_kabkota")
PRICES = ("adhb", "adhk")


def balance(values: Values) -> Values:
    """Return the totals, and the discrepancy of both sides: in the unit of the tables, and in percent of the GRDP."""
    current, constant = (rules.total(amounts(values[price]).values()) for price in PRICES)
    gap, gap_constant = (
        rules.discrepancy(value, {row["komponen"]: row["nilai"] for row in values[table]})
        for value, table in ((current, "pengeluaran_adhb"), (constant, "pengeluaran_adhk"))
    )
    return {
        "pdrb_adhb": current,
        "pdrb_adhk": constant,
        "nilai_diskrepansi": gap,
        "nilai_diskrepansi_adhk": gap_constant,
        "diskrepansi": rules.share(gap, current),
    }


def label_faults(values: Values) -> dict[str, str]:
    """Return an error for a table in another unit than the rest, or whose constant prices are its current prices."""
    sums = {(table, price): whole(amounts(values[table], price)) for table in COMPARED for price in PRICES}
    for table in COMPARED:
        current, constant = sums[table, "adhb"], sums[table, "adhk"]
        if not current or not constant:
            continue
        if current == constant and values["tahun"] != values["tahun_dasar"]:
            told = number_text(current)
            return {
                table: f"ADHK berjumlah {told}, sama dengan ADHB: labelnya salah, kolom itu harga berlaku."
            }
        if rules.looks_like_thousand(current, constant):
            return {table: "Jumlah ADHB dan ADHK berselisih sekitar seribu kali: satuannya berbeda."}
    one, other = (sums[table, "adhb"] for table in COMPARED)
    if one and other and rules.looks_like_thousand(one, other):
        return {"jumlah_kabkota": "Berselisih sekitar seribu kali dengan provinsi: satuannya berbeda."}
    return {}


def comparison(values: Values) -> Values:
    """Return how far the districts together lie from the province, by category and in all, and how often too far."""
    own = amounts(values["adhb"])
    province, districts = (amounts(values[table], "adhb") for table in COMPARED)
    rows: list[dict[str, Any]] = []
    for name in [*own, TOTAL]:
        mine, theirs, around = (
            whole(each) if name == TOTAL else each.get(name) for each in (own, districts, province)
        )
        apart = rules.difference(theirs, around) if theirs is not None and around is not None else None
        told = {"kategori": name, "kota": mine, "jumlah": theirs, "provinsi": around, "selisih_persen": apart}
        rows.append(told)
    in_all, by_category = rules.figure("toleransi_total"), rules.figure("toleransi_kategori")
    too_far = [
        row
        for row in rows
        if abs(row["selisih_persen"] or 0) > (in_all if row["kategori"] == TOTAL else by_category)
    ]
    return {
        "selisih_kategori": rows,
        "selisih_provinsi": rows[-1]["selisih_persen"],
        "lewat_toleransi": len(too_far),
    }


def total_faults(values: Values) -> dict[str, str]:
    """Return an error for each total of BPS that is not the sum of the categories within half of its last digit."""
    return {
        f"total_{price}": f"Jumlah 17 lapangan usaha {number_text(values[f'pdrb_{price}'])}."
        for price in PRICES
        if abs(values[f"total_{price}"] - values[f"pdrb_{price}"])
        > rules.half_digit(values[f"total_{price}"])
    }


def quarter_faults(values: Values) -> dict[str, str]:
    """Return an error where the four quarters are not the year, or the quarter is not that of the series."""
    for price in PRICES:
        own = {
            int(row["triwulan"]): row[price]
            for row in values.get("seri_triwulan") or ()
            if row["tahun_seri"] == values["tahun"] and row.get(price) is not None
        }
        given = values[f"total_{price}"]
        if values["periode"] != "tahunan":
            seen = own.get(int(values["periode"][-1]))
        else:
            seen = rules.total(own.values()) if len(own) == len(rules.QUARTERS) else None
        if seen is not None and abs(seen - given) > rules.half_digit(given):
            return {f"total_{price}": f"Menurut seri triwulanan {number_text(seen)}."}
    return {}


def status_faults(values: Values) -> dict[str, str]:
    """Return an error where a figure would be less sure than it was in the version before."""
    history = values.get("riwayat_angka") or ()
    if history and rules.STATUSES.index(values["status_angka"]) < rules.STATUSES.index(history[-1]["status"]):
        return {"status_angka": f"Versi sebelumnya sudah berstatus {history[-1]['status']}."}
    return {}
