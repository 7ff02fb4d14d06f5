"""The rules of the cleaning contract: how many staff, scores of a day and a month, and what is paid."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any, Literal

from laksana.library.rounding import down, half_up
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule


class Item(Row):
    """What is cleaned in a kind of zone, how often, and how much it weighs."""

    zona: str
    butir: str
    frekuensi: Literal["harian", "mingguan"]
    bobot: Decimal


class Factor(Row):
    """The factor of payment from a score upwards."""

    terendah: Decimal
    faktor: Decimal


ITEMS = Table(__file__, "../ceklis-kebersihan.csv", Item)
FACTORS = Table(__file__, "../faktor-kebersihan.csv", Factor)
figure = Settings(__file__, "../ketentuan-kebersihan.csv")


@rule("kebersihan.petugas", title="Kebutuhan petugas kebersihan", source="standar internal")
def staff(area: Decimal, toilets: int) -> int:
    """Return how many cleaners an area in square metres and so many toilets need."""
    return ceil(area / figure("luas_seorang_m2")) + ceil(toilets / figure("toilet_seorang"))


@rule("kebersihan.butir", title="Butir yang jatuh pada suatu hari", source="ceklis-kebersihan.csv")
def due_on(kind: str, day: date) -> list[Item]:
    """Return what is cleaned in a kind of zone on a day: weekly items only on their day of the week."""
    weekly = day.isoweekday() == figure("mingguan_hari")
    return [row for row in ITEMS.rows() if row.zona == kind and (weekly or row.frekuensi == "harian")]


@rule("kebersihan.nilai-zona", title="Nilai harian zona", source="kontrak")
def zone_score(items: Iterable[Item], scores: Mapping[str, int]) -> Decimal:
    """Return a zone's score of a day, 0 to 100: weighted, 2 being full marks; what was not scored counts nothing."""
    due = list(items)
    gained = sum((row.bobot * scores.get(row.butir, 0) / 2 for row in due), Decimal())
    whole = sum((row.bobot for row in due), Decimal())
    return gained / whole * 100 if whole else Decimal(100)


@rule("kebersihan.nilai-harian", title="Nilai harian", source="kontrak")
def day_score(zones: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """Return the score of a day from area and score of every zone: the mean by area, not rounded."""
    area = sum((each for each, _score in zones), Decimal())
    return sum((each * score for each, score in zones), Decimal()) / area


@rule("kebersihan.nilai-bulanan", title="Nilai bulanan", source="kontrak")
def month_score(days: Sequence[Decimal]) -> Decimal:
    """Return the mean of the days inspected, with two decimals; 0 where none was."""
    return half_up(sum(days, Decimal()) / len(days)) if days else Decimal()


@rule("kebersihan.faktor", title="Faktor pembayaran", source="kontrak")
def factor(score: Decimal) -> Decimal:
    """Return the factor of payment of a monthly score."""
    return next(row.faktor for row in FACTORS.rows() if score >= row.terendah)


@rule("kebersihan.potongan-hadir", title="Potongan ketidakhadiran", source="kontrak")
def absence_deduction(monthly: Decimal, people: int, absent: int, workdays: int) -> Decimal:
    """Return what days of people who were absent and not replaced cost, in rupiah rounded down."""
    return down(Fraction(monthly) / people * absent / workdays)


@rule("kebersihan.bayar", title="Pembayaran bulanan", source="kontrak")
def payment(monthly: Decimal, deduction: Decimal, share: Decimal, late_complaints: int) -> Decimal:
    """Return what is paid for a month in rupiah, rounded down: less absences, times the factor, less late complaints."""
    lost = min(figure("keluhan_persen_terbanyak"), figure("keluhan_persen") * late_complaints)
    return down(Fraction(monthly - deduction) * Fraction(share) * (1 - Fraction(lost) / 100))


@rule("kebersihan.kontrak-sebagian", title="Nilai bulan yang dimulai di tengah", source="kontrak")
def part_of_month(monthly: Decimal, covered: int, workdays: int) -> Decimal:
    """Return the price of the working days of a month that a contract covers, in rupiah rounded down."""
    return Decimal(int(monthly) * covered // workdays)


def absent_without_replacement(rows: Iterable[Mapping[str, Any]]) -> int:
    """Return how many were absent on a day without anybody in their place."""
    return sum(not row.get("hadir") and not row.get("pengganti") for row in rows)
