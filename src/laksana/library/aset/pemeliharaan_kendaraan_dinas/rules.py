"""What the maintenance of vehicles reckons: services due, what is left to spend, taxes of the bill, a capitalised cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from laksana.library import spending_tax
from laksana.library.aset import accounting
from laksana.library.aset.codes import MOTOR_VEHICLES
from laksana.library.rounding import down
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

OFFICE = "standar internal"
TAXES = "PMK 59/2022; PMK 131/2024; PMK 141/2015"


class Interval(Row):
    """After how many kilometres or months a piece of work is due again."""

    kode: str
    pekerjaan: str
    interval_km: int | None = None
    interval_bulan: int


figure = Settings(__file__, "../ketentuan-pemeliharaan-kendaraan.csv")
INTERVALS = Table(__file__, "../interval-servis.csv", Interval, key="kode")


def interval(golongan: str, pekerjaan: str) -> Interval | None:
    """Return after how long a piece of work is due again on a class of vehicles; None where it is not done on it."""
    return INTERVALS.get(f"{golongan[-2:]}-{pekerjaan}")


@dataclass(frozen=True)
class Reading:
    """An odometer read on a day."""

    tanggal: date
    km: Decimal


@rule("pemeliharaan-kendaraan-dinas.km-sehari", title="Rata-rata km sehari", source=OFFICE)
def per_day(km: Decimal, hari: int) -> Decimal:
    """Return the mean kilometres of a day, one day at least."""
    return km / max(hari, 1)


def service_due(last: Reading, now: Reading, every: Interval) -> date:
    """Return when work is due by the book of services: by months, or earlier by the kilometres driven since the last one."""
    by_months = months_later(last.tanggal, every.interval_bulan)
    mean = per_day(now.km - last.km, (now.tanggal - last.tanggal).days)
    if every.interval_km is None or mean <= 0:
        return by_months
    days = ((last.km + every.interval_km - now.km) / mean).to_integral_value(ROUND_CEILING)
    return min(by_months, now.tanggal + timedelta(days=int(days)))


def service_is_near(last: Reading, now: Reading, every: Interval) -> bool:
    """Return whether work is due within the days or the kilometres of which the office wants to be warned."""
    left = None if every.interval_km is None else last.km + every.interval_km - now.km
    days = (service_due(last, now, every) - now.tanggal).days
    return days <= figure("peringatan_hari") or (left is not None and left < figure("peringatan_km"))


@rule("pemeliharaan-kendaraan-dinas.tidak-ekonomis", title="Perbaikan tidak ekonomis", source=OFFICE)
def uneconomic(realisasi: Decimal, estimasi: Decimal, nilai_wajar: Decimal) -> bool:
    """Return whether the year's repairs and this one exceed the share of the fair value that is worth it."""
    return realisasi + estimasi > nilai_wajar * figure("tidak_ekonomis_persen") / 100


@rule("pemeliharaan-kendaraan-dinas.tambahan", title="Pekerjaan tambahan paling banyak", source=OFFICE)
def most_additional(nilai_spk: Decimal, sisa_pagu: Decimal) -> Decimal:
    """Return how much additional work the head of the subsection may approve: a share of the order, within what is left."""
    share = down(nilai_spk * figure("tambahan_persen") / 100)
    return max(Decimal(), min(share, sisa_pagu - nilai_spk))


@rule("pemeliharaan-kendaraan-dinas.pajak", title="Pajak atas tagihan bengkel", source=TAXES)
def taxes(suku_cadang: Decimal, jasa: Decimal, ber_npwp: bool) -> Mapping[str, Decimal]:
    """Return PPN, PPh 22 on parts and PPh 23 on work in rupiah, rounded down; parts and work are given including PPN.

    Neither PPN nor PPh 22 is collected up to its limit; both PPh are higher without NPWP.
    """
    parts, work = spending_tax.without("ppn", suku_cadang), spending_tax.without("ppn", jasa)
    return {
        "ppn": spending_tax.withheld("ppn", parts + work),
        "pph22": spending_tax.withheld("pph22", parts, ber_npwp),
        "pph23": spending_tax.withheld("pph23", work, ber_npwp),
    }


@dataclass(frozen=True)
class BookValue:
    """The book value of a vehicle on a day, and in how many periods it is written off."""

    nilai: Decimal
    sisa: int


def value_on(cost: Decimal, acquired: date, day: date) -> BookValue:
    """Return the book value of a vehicle by the accounting policy."""
    left = accounting.periods_left(MOTOR_VEHICLES, acquired, day)
    return BookValue(accounting.book_value(MOTOR_VEHICLES, cost, acquired, day)[1], left or 0)


def after_capitalising(before: BookValue, cost: Decimal, years: Decimal) -> tuple[BookValue, Decimal]:
    """Return book value and remaining periods with the cost added, up to the useful life, and the charge of each."""
    longest = accounting.in_periods(accounting.useful_life(MOTOR_VEHICLES) or 0)
    left = min(longest, before.sisa + accounting.in_periods(years))
    value = before.nilai + cost
    return BookValue(value, left), down(value / left)
