"""The rules of the data centre: what a reading is worth, what a stop costs, and when maintenance is due."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import log
from typing import Literal

from laksana.library.rounding import half_up
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar, months_later

Verdict = Literal["normal", "peringatan", "kritis"]
VERDICTS: tuple[Verdict, ...] = ("normal", "peringatan", "kritis")
"""From the best to the worst."""


class Limit(Row):
    """What is recommended and what is allowed of one reading; a bound that is missing is not judged."""

    parameter: str
    satuan: str
    rekomendasi_min: Decimal | None = None
    rekomendasi_maks: Decimal | None = None
    boleh_min: Decimal | None = None
    boleh_maks: Decimal | None = None


class Maintenance(Row):
    """A work that comes again: after how long, how many days late are borne, and who does it."""

    kode: str
    pekerjaan: str
    interval: int
    satuan: Literal["hari", "minggu", "bulan"]
    toleransi_hari: int
    pelaksana: str
    bukti: str


LIMITS = Table(__file__, "batas-lingkungan.csv", Limit, key="parameter")
MAINTENANCE = Table(__file__, "kalender-pemeliharaan.csv", Maintenance, key="kode")
figure = Settings(__file__, "ketentuan-data-center.csv")

_A, _B = 17.62, 243.12
"""Constants of the Magnus formula over water, in degrees Celsius (Sonntag 1990)."""


@rule("data-center.titik-embun", title="Titik embun ruang", source="rumus Magnus")
def dew_point(suhu: float, kelembapan: float) -> Decimal:
    """Return the dew point in degrees Celsius from temperature and relative humidity in percent (above 0)."""
    g = log(kelembapan / 100) + _A * suhu / (_B + suhu)
    return half_up(Decimal(str(_B * g / (_A - g))))


@rule("data-center.laju-suhu", title="Laju perubahan suhu", source="ASHRAE TC 9.9", checked=True)
def warming(suhu_lalu: Decimal, suhu: Decimal, menit: Decimal) -> Decimal | None:
    """Return by how many degrees Celsius per hour the temperature moved, up or down; None for readings of one instant."""
    return half_up(abs(suhu - suhu_lalu) * 60 / menit) if menit > 0 else None


@rule(
    "data-center.penilaian-bacaan",
    title="Penilaian bacaan lingkungan",
    source="ASHRAE TC 9.9; praktik kantor",
)
def verdict(bacaan: Mapping[str, Decimal | None], air: bool = False, asap: bool = False) -> Verdict:
    """Return the worst that any reading is: normal as recommended, peringatan as allowed, else kritis."""
    if air or asap:
        return "kritis"
    found = [_judged(LIMITS[name], value) for name, value in bacaan.items() if value is not None]
    return max(found, key=VERDICTS.index, default="normal")


def _judged(limit: Limit, value: Decimal) -> Verdict:
    if not _within(limit.boleh_min, value, limit.boleh_maks):
        return "kritis"
    return "normal" if _within(limit.rekomendasi_min, value, limit.rekomendasi_maks) else "peringatan"


def _within(low: Decimal | None, value: Decimal, high: Decimal | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)


@rule("data-center.tenggat-permohonan", title="Hari kerja sebelum masuk", source="kebijakan kantor")
def workdays_before(diajukan: date, masuk: date, calendar: WorkCalendar) -> int:
    """Return the working days between the day of the request and that of the entry, neither of them counted."""
    return max(0, calendar.workdays_between(diajukan, masuk - timedelta(days=1)))


@rule("data-center.jatuh-tempo", title="Pemeliharaan berikut", source="kalender pemeliharaan preventif")
def next_due(kode: str, selesai: date, calendar: WorkCalendar) -> date:
    """Return when a maintenance is due again, counted from when it was done; that of outsiders moves to a working day."""
    of = MAINTENANCE[kode]
    if of.satuan == "bulan":
        due = months_later(selesai, of.interval)
    else:
        due = selesai + timedelta(days=of.interval * (7 if of.satuan == "minggu" else 1))
    return due if of.pelaksana == "petugas" else calendar.workday_on_or_after(due)


@rule(
    "data-center.terlambat", title="Hari keterlambatan pemeliharaan", source="kalender pemeliharaan preventif"
)
def days_overdue(kode: str, jatuh_tempo: date, hari_ini: date) -> int:
    """Return the days since what is borne of a delay was over; 0 before."""
    return max(0, (hari_ini - jatuh_tempo).days - MAINTENANCE[kode].toleransi_hari)


@rule("data-center.henti", title="Menit layanan berhenti", source="praktik umum")
def minutes_down(
    mulai: datetime, selesai: datetime, jendela: tuple[datetime, datetime] | None = None
) -> tuple[int, int]:
    """Return the whole minutes of a stop within an approved window (planned), and outside it (not planned)."""
    planned = timedelta()
    if jendela:
        planned = max(timedelta(), min(selesai, jendela[1]) - max(mulai, jendela[0]))
    minute = timedelta(minutes=1)
    return planned // minute, (selesai - mulai - planned) // minute


@rule("data-center.ketersediaan", title="Ketersediaan layanan sebulan", source="praktik umum")
def availability(bulan: date, henti_menit: int) -> Decimal:
    """Return the percent of a month's minutes in which a service ran, to three decimals."""
    first = bulan.replace(day=1)
    minutes = (months_later(first, 1) - first).days * 24 * 60
    return half_up(Decimal(100) * (minutes - henti_menit) / minutes, 3)
