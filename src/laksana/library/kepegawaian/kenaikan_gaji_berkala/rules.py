"""The rules of the periodic increase: from when and how much, who signs for it, and what is owed when it came late."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from laksana.library.kepegawaian.figures import figure, whole
from laksana.library.kepegawaian.pay import (
    at_contract_top,
    basic_pay,
    contract_pay,
    next_increase,
    next_row,
    paid,
)
from laksana.library.kepegawaian.ranks import at_least, order
from laksana.library.rounding import half_up
from laksana.library.tables import Row, Table
from laksana.sop.law import law_of
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later


class Delegation(Row):
    """Who signs for a kind of post (`semua`: any) from a grade on (empty: any grade, or none)."""

    kelompok: str
    golongan_mulai: str = ""
    pejabat: str


class ContractPay(Row):
    """The lowest and the highest basic pay of a grade of PPPK, in rupiah a month."""

    golongan_pppk: str
    gaji_terendah: Decimal
    gaji_tertinggi: Decimal


DELEGATIONS = Table(__file__, "pelimpahan-kgb.csv", Delegation)
CONTRACT_PAY = Table(__file__, "gaji-pokok-pppk-rentang.csv", ContractPay, key="golongan_pppk")


@rule(
    "kgb.wewenang",
    title="Penandatangan surat KGB",
    source="pelimpahan wewenang; susunan bawaan adalah contoh",
)
def signs(jabatan_kelompok: str, golongan: str | None = None) -> str:
    """Return who signs: kepala_dinas, sekda or wali_kota, by the first row of the office's delegation that fits."""
    return next(
        row.pejabat
        for row in DELEGATIONS.rows()
        if row.kelompok in ("semua", jabatan_kelompok)
        and (not row.golongan_mulai or (golongan and order(golongan) >= order(row.golongan_mulai)))
    )


@rule("kgb.batas-terbit", title="Batas terbit surat KGB", source="PP 7/1977 Pasal 12 ayat (2)", checked=True)
def issued_by(tmt: date) -> date:
    """Return the last day on which the letter is in time."""
    return months_later(tmt, -whole("kgb_terbit_bulan_sebelum"))


@rule("kgb.syarat-kinerja", title="Predikat yang memenuhi syarat KGB", source="PP 7/1977 Pasal 11 huruf b")
def performs(predikat: str) -> bool:
    """Return whether a yearly rating is sufficient, read as the modern equal of "cukup" or better."""
    return at_least(predikat, whole("kgb_predikat_terendah"))


@rule("kgb.tunda", title="Pembayaran setelah penundaan", source="PP 7/1977 Pasal 13", checked=True)
def postponed(tmt: date, bulan: int) -> date:
    """Return from when the increase is paid after so many months of postponement in all; the next one does not move."""
    return months_later(tmt, bulan)


@rule("kgb.rapel", title="Kekurangan gaji", source="PP 7/1977 Pasal 16 jo. PP 51/1992; UU 1/2004 Pasal 40")
def arrears(
    sejak: date, dibayar: date, selisih: Decimal, pasangan: bool, anak: int
) -> dict[date, dict[str, Decimal]]:
    """Return for each unpaid month the rupiah short of basic pay and of the family allowances on it.

    `sejak` is the month from which the increase is due, `dibayar` the first whose pay shows it, both the first of a month. Months
    past the time after which such claims lapse are left out. Each part is rounded to whole rupiah, half up.
    """
    spouse = half_up(selisih * figure("tunjangan_pasangan_persen") / 100, 0) if pasangan else Decimal()
    children = half_up(selisih * figure("tunjangan_anak_persen") / 100, 0) * min(
        anak, whole("tunjangan_anak_terbanyak")
    )
    month = max(sejak, months_later(dibayar, -whole("gaji_kedaluwarsa_bulan")))
    found = {}
    while month < dibayar:
        found[month] = {
            "selisih_gaji": selisih,
            "selisih_pasangan": spouse,
            "selisih_anak": children,
            "jumlah": selisih + spouse + children,
        }
        month = months_later(month, 1)
    return found


def outside_range(golongan_pppk: str | None, gaji: Decimal | None) -> Mapping[str, Decimal]:
    """Return the lowest and the highest pay of a PPPK's grade where a pay lies outside them; nothing otherwise."""
    row = CONTRACT_PAY.get(golongan_pppk or "")
    if row is None or gaji is None or row.gaji_terendah <= gaji <= row.gaji_tertinggi:
        return {}
    return {"terendah": row.gaji_terendah, "tertinggi": row.gaji_tertinggi}


def number(values: Mapping[str, Any], name: str) -> int:
    """Return a whole number that the case carries; 0 where it was left empty."""
    return int(values.get(name) or 0)


def pay_before(golongan: str, tahun: int, start: date | None) -> Decimal | None:
    """Return the basic pay on the eve of an increase, by the table of that day; by today's where there is no increase."""
    if start is None:
        return basic_pay(golongan, tahun)
    with law_of(start - timedelta(days=1)):
        return basic_pay(golongan, tahun)


def increase(values: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what changes, when, and when it will change again; None where there is no increase any more.

    The pay is that of the table in force when the increase takes effect, however early or late it is reckoned.
    """
    since, served = (
        values["tmt_lama"],
        12 * number(values, "mkg_lama_tahun") + number(values, "mkg_lama_bulan"),
    )
    waited, unpaid = number(values, "bulan_penundaan"), number(values, "bulan_cltn")
    if values["status_pegawai"] == "PPPK":
        period, grade = whole("kgb_pppk_bulan"), values["golongan_pppk"]
        if at_contract_top(grade, served // 12):
            return None
        start, years = months_later(since, period + unpaid), (served + period) // 12
        row: int | None = None if at_contract_top(grade, years) else years + period // 12
        pay = values.get("gaji_baru_pppk") or contract_pay(grade, years)
    else:
        grade = values["golongan"]
        found = next_increase(grade, since, served // 12, served % 12, unpaid)
        if found is None:
            return None
        start, years = found
        reached = years + waited // 12
        with law_of(start):
            pay, row = basic_pay(grade, reached), next_row(grade, reached)
    later = None if row is None else months_later(start, 12 * (row - years))
    paid_from = postponed(start, waited)
    return {
        "tmt_baru": start, "mkg_baru_tahun": years, "gaji_baru": pay, "gaji_dibayar": pay and paid(pay, values["status_pegawai"]),
        "tmt_bayar": paid_from, "batas_terbit": issued_by(paid_from), "tmt_berikutnya": later,
    }  # fmt: skip


@rule("kgb.perhitungan", title="Perhitungan kenaikan gaji berkala", source="PP 7/1977 Pasal 11-13; PP 5/2024")
def reckoned(
    golongan: str,
    tmt_lama: date,
    mkg_lama_tahun: int,
    mkg_lama_bulan: int = 0,
    bulan_cltn: int = 0,
    bulan_penundaan: int = 0,
    status_pegawai: Literal["PNS", "CPNS"] = "PNS",
) -> Mapping[str, Any] | None:
    """Return the new pay, from when it counts and is paid, the letter's last day and the next increase; None at the top row."""
    return increase(
        {
            "golongan": golongan, "tmt_lama": tmt_lama, "mkg_lama_tahun": mkg_lama_tahun, "mkg_lama_bulan": mkg_lama_bulan,
            "bulan_cltn": bulan_cltn, "bulan_penundaan": bulan_penundaan, "status_pegawai": status_pegawai,
        }
    )  # fmt: skip


@rule("kgb.bersamaan-pangkat", title="KGB yang bersamaan dengan kenaikan pangkat", source="kebiasaan kantor")
def covered_by_promotion(tmt_kgb: date, tmt_pangkat: date | None) -> bool:
    """Return whether a promotion on the same day already states the new service and pay, so that no letter is issued."""
    return tmt_pangkat == tmt_kgb


@rule("kgb.pppk", title="Rentang gaji pokok PPPK", source="Perpres 98/2020 jo. Perpres 11/2024")
def contract_range(golongan_pppk: str) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest basic pay of a PPPK's grade. Raises KeyError for an unknown grade."""
    row = CONTRACT_PAY[golongan_pppk]
    return row.gaji_terendah, row.gaji_tertinggi


@rule(
    "kgb.rapel-jumlah",
    title="Jumlah kekurangan gaji",
    source="PP 7/1977 Pasal 16 jo. PP 51/1992; UU 1/2004 Pasal 40",
)
def arrears_in_all(
    sejak: date, dibayar: date, selisih: Decimal, pasangan: bool, anak: int
) -> dict[str, Decimal]:
    """Return the rupiah short in all unpaid months, by part and together; see `arrears`."""
    months = arrears(sejak, dibayar, selisih, pasangan, anak).values()
    names = ("selisih_gaji", "selisih_pasangan", "selisih_anak", "jumlah")
    return {name: sum((month[name] for month in months), Decimal()) for name in names}
