"""The arithmetic of attendance: lateness, cuts, absence in a year and in a row, and what it leads to."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Literal

from laksana.library.rounding import half_up
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar

LAW = "PP 94/2021 Pasal 9-11 dan 15"
TPP = "peraturan TPP tahun berjalan (tarif contoh)"
ABSENT = "tk"


class Rate(Row):
    """A class of lateness, early leaving or absence: its minutes (lower bound in, upper out) and its cut in percent."""

    kode: str
    jenis: str
    menit_dari: int | None = None
    menit_sampai: int | None = None
    persen: Decimal


class Penalty(Row):
    """What so many working days of absence in one year lead to."""

    dari_hari: int
    sampai_hari: int | None = None
    tingkat: str
    hukuman: str


RATES = Table(__file__, "../potongan-kehadiran.csv", Rate, key="kode")
PENALTIES = Table(__file__, "../disiplin-ketidakhadiran.csv", Penalty)
figure = Settings(__file__, "../ketentuan-kehadiran.csv")
DISMISSAL = (
    "Pemberhentian dengan hormat tidak atas permintaan sendiri; gaji dihentikan mulai bulan berikutnya"
)


@rule(
    "kehadiran.telat",
    title="Menit terlambat dan pulang sebelum waktu",
    source="Perpres 21/2023; tabel potongan",
)
def minutes_off(
    opens: time, closes: time, came: time | None, left: time | None
) -> tuple[int | None, int | None]:
    """Return the whole minutes of lateness and of early leaving, not below 0; None for a mark that is missing."""
    late = None if came is None else max(0, _minute(came) - _minute(opens))
    early = None if left is None else max(0, _minute(closes) - _minute(left))
    return late, early


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


@rule("kehadiran.kelas", title="Kelas keterlambatan", source=TPP)
def rate_of(kind: Literal["tl", "psw"], minutes: int | None) -> Rate | None:
    """Return the class of `tl` or `psw` minutes, the highest for a missing mark; None for none."""
    rows = [row for row in RATES.rows() if row.jenis == kind]
    if minutes is None:
        return next(row for row in rows if row.menit_sampai is None)
    return next(
        (
            row
            for row in rows
            if (row.menit_dari or 0) <= minutes and (row.menit_sampai is None or minutes < row.menit_sampai)
        ),
        None,
    )


@rule("kehadiran.potongan", title="Persen potongan disiplin", source=TPP)
def cut_percent(events: Sequence[Decimal], absent_days: int) -> Decimal:
    """Return the cut in percent of the discipline share: that of each event, and of each day of absence, 100 at most."""
    of_absence = next(row.persen for row in RATES.rows() if row.jenis == ABSENT)
    return min(Decimal(100), sum(events, Decimal()) + of_absence * absent_days)


@rule("kehadiran.potongan-rupiah", title="Potongan TPP", source=TPP)
def cut(monthly: Decimal, percent: Decimal) -> Decimal:
    """Return the cut in whole rupiah of a month's TPP, half up."""
    return half_up(monthly * figure("porsi_disiplin_persen") / 100 * percent / 100, 0)


@rule("kehadiran.berturut", title="Hari TK berturut-turut", source=LAW)
def longest_run(days: Sequence[date], calendar: WorkCalendar) -> int:
    """Return the longest run of working days of absence; weekends, holidays and cuti bersama neither count nor break it."""
    longest = run = 0
    last: date | None = None
    for day in sorted(set(days)):
        follows = last is not None and calendar.workdays_between(last, day) == 1
        run = run + 1 if follows else 1
        longest, last = max(longest, run), day
    return longest


@rule(
    "kehadiran.konversi", title="Hari dari menit keterlambatan", source="PP 53/2010 (dicabut); tidak dipakai"
)
def converted_days(minutes: int) -> int:
    """Return the days of absence that a year's minutes of lateness make, 0 unless the office counts them."""
    return minutes // figure.whole("menit_sehari") if figure("konversi_menit") else 0


@rule("kehadiran.hukuman", title="Hukuman disiplin ketidakhadiran", source=LAW, checked=True)
def penalty(in_year: int, in_a_row: int) -> tuple[str, str] | None:
    """Return the level of the penalty and the penalty itself, of days of absence in a year and in a row; None below the first."""
    if in_a_row >= figure("berturut_hari"):
        return "berat", DISMISSAL
    return next(
        (
            (row.tingkat, row.hukuman)
            for row in PENALTIES.rows()
            if row.dari_hari <= in_year and (row.sampai_hari is None or in_year <= row.sampai_hari)
        ),
        None,
    )


def days_of_month(month: date) -> list[date]:
    """Return the days of the month that begins on `month`."""
    following = (month + timedelta(days=31)).replace(day=1)
    return [month + timedelta(days=n) for n in range((following - month).days)]
