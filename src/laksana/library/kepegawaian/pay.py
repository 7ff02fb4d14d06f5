"""Basic pay of civil servants and PPPK: what the tables give for a grade and a service, and when the next row is reached."""

from datetime import date
from decimal import Decimal

from laksana.library.kepegawaian.figures import figure, whole
from laksana.library.kepegawaian.ranks import group
from laksana.library.rounding import half_up
from laksana.library.tables import Row, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later


class BasicPay(Row):
    """The basic pay of a grade from a length of service in years on, in rupiah a month."""

    golongan: str
    mkg_mulai: int
    gaji_pokok: Decimal


class ContractPayRow(Row):
    """The basic pay of a grade of PPPK from a length of service in years on, in rupiah a month."""

    golongan_pppk: str
    mkg_mulai: int
    gaji_pokok: Decimal


PAY = Table(__file__, "gaji-pokok-pns.csv", BasicPay)
CONTRACT_PAY_ROWS = Table(__file__, "gaji-pokok-pppk.csv", ContractPayRow)


@rule("gaji.tabel", title="Gaji pokok menurut golongan dan masa kerja", source="PP 5/2024", checked=True)
def basic_pay(golongan: str, tahun: int) -> Decimal | None:
    """Return the basic pay a month of a grade at full years of service in grade; None below the grade's first row."""
    fitting = [row for row in PAY.rows() if row.golongan == golongan and row.mkg_mulai <= tahun]
    return max(fitting, key=lambda row: row.mkg_mulai).gaji_pokok if fitting else None


@rule(
    "gaji.tabel-pppk",
    title="Gaji pokok PPPK menurut golongan dan masa kerja",
    source="Perpres 98/2020 jo. Perpres 11/2024",
)
def contract_pay(golongan_pppk: str, tahun: int) -> Decimal | None:
    """Return the basic pay a month of a PPPK's grade at full years of service; None below the grade's first row."""
    rows = [row for row in CONTRACT_PAY_ROWS.rows() if row.golongan_pppk == golongan_pppk]
    fitting = [row for row in rows if row.mkg_mulai <= tahun]
    return max(fitting, key=lambda row: row.mkg_mulai).gaji_pokok if fitting else None


def at_contract_top(golongan_pppk: str, tahun: int) -> bool:
    """Return whether no row of a PPPK's grade lies above a length of service."""
    rows = [row.mkg_mulai for row in CONTRACT_PAY_ROWS.rows() if row.golongan_pppk == golongan_pppk]
    return bool(rows) and tahun >= max(rows)


def next_row(golongan: str, tahun: int) -> int | None:
    """Return the years of service at which the grade's next row begins; None at the highest."""
    return min(
        (row.mkg_mulai for row in PAY.rows() if row.golongan == golongan and row.mkg_mulai > tahun),
        default=None,
    )


@rule(
    "gaji.kenaikan-berikut", title="TMT kenaikan gaji berkala berikutnya", source="PP 7/1977 Pasal 11 huruf a"
)
def next_increase(golongan: str, tmt: date, tahun: int, bulan: int, cltn: int = 0) -> tuple[date, int] | None:
    """Return the day on which the service, counted on from `tmt`, reaches the next row, and that row's years.

    `tahun` and `bulan` are the service in grade on `tmt`; `cltn` months of unpaid leave since then do not count as service.
    None at the highest row. A promotion does not begin the two years anew: what counts is the service that its decree states.
    """
    row = next_row(golongan, tahun)
    if row is None:
        return None
    return months_later(tmt, 12 * (row - tahun) - bulan + cltn), row


@rule(
    "gaji.pindah-golongan",
    title="Masa kerja golongan setelah pindah golongan",
    source="kebiasaan perhitungan masa kerja",
)
def regraded(bulan: int, lama: str, baru: str) -> int:
    """Return the service in grade, in months, after a promotion from one grade to another; never below zero.

    Years are taken off on the way into group II and into group III; within a group and into IV the service runs on.
    """
    crossed = {("I", "II"): ("ii",), ("II", "III"): ("iii",), ("I", "III"): ("ii", "iii")}
    off = sum(whole(f"mkg_kurang_tahun_ke_{to}") for to in crossed.get((group(lama), group(baru)), ()))
    return max(0, bulan - 12 * off)


@rule("gaji.dibayar", title="Gaji pokok yang dibayarkan", source="PP 7/1977 Pasal 5", checked=True)
def paid(gaji: Decimal, status: str) -> Decimal:
    """Return what is paid of a basic pay, in whole rupiah: to a CPNS a part of it."""
    return half_up(gaji * figure("tunjangan_cpns_persen") / 100, 0) if status == "CPNS" else gaji
