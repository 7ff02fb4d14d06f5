"""The arithmetic of attendance: lateness, cuts, absence in a year and in a row, and what it leads to."""

from collections.abc import Mapping, Sequence
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


@rule("kehadiran.jam-kerja", title="Jam kerja suatu hari", source="Perpres 21/2023 Pasal 3-4", checked=True)
def hours_of(hari: date, calendar: WorkCalendar) -> dict[str, time | int | bool] | None:
    """Return when work begins and ends on a day, its minutes without breaks, and whether it is Ramadan; None on a day off."""
    hours = calendar.hours_of(hari)
    if hours is None or not calendar.is_workday(hari):
        return None
    return {
        "masuk": hours.open,
        "pulang": hours.close,
        "menit": hours.minutes,
        "ramadan": hours.until is not None,
    }


@rule("kehadiran.shift", title="Menit kerja menurut jadwal", source="jadwal piket kantor")
def shift_minutes(masuk: time, pulang: time) -> int:
    """Return the minutes of a shift; one that ends at or before its beginning runs over midnight."""
    minutes = _minute(pulang) - _minute(masuk)
    return minutes if minutes > 0 else minutes + 24 * 60


@rule(
    "kehadiran.penyerahan", title="Pembukaan dan batas penyerahan rekap", source="standar internal (usulan)"
)
def handed_over_by(bulan: date, calendar: WorkCalendar) -> tuple[date, date]:
    """Return the first working day of the month after, on which a recap is opened, and the last to hand it over."""
    opened = calendar.workday_on_or_after((bulan.replace(day=28) + timedelta(days=4)).replace(day=1))
    return opened, calendar.add_workdays(opened, figure.whole("serah_rekap_hari_kerja"))


@rule("kehadiran.kode", title="Kode setiap hari kerja", source="kebiasaan kantor")
def codes_complete(jumlah: Mapping[str, int], hari_kerja: int) -> bool:
    """Return whether the days by code (H, DL, C, S, I, TB, TK) are as many as the month's working days."""
    return sum(jumlah.values()) == hari_kerja


@rule(
    "kehadiran.telat",
    title="Menit terlambat dan pulang sebelum waktu",
    source="Perpres 21/2023; tabel potongan",
)
def minutes_off(
    opens: time, closes: time, came: time | None, left: time | None
) -> tuple[int | None, int | None]:
    """Return the whole minutes of lateness and of early leaving, not below 0; None for a mark that is missing.

    In a shift over midnight a mark more than half a day before its hour is one of the next day.
    """
    over_midnight = closes <= opens
    late = None if came is None else _behind(opens, came, over_midnight)
    early = None if left is None else _behind(left, closes, over_midnight)
    return late, early


def _behind(first: time, then: time, over_midnight: bool) -> int:
    """Return by how many minutes `then` lies after `first`, 0 where it does not."""
    minutes = _minute(then) - _minute(first)
    if over_midnight and abs(minutes) > 12 * 60:
        minutes += 24 * 60 if minutes < 0 else -24 * 60
    return max(0, minutes)


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
