"""Grades of damage and late work at their limits."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from laksana.library.aset.pemeliharaan_gedung_kantor import rules


@pytest.mark.parametrize(
    ("percent", "kind"),
    [("30", "ringan"), ("30.01", "sedang"), ("45", "sedang"), ("65", "berat"), ("65.01", "bangun_baru")],
)
def test_a_limit_belongs_to_the_lighter_category(percent: str, kind: str) -> None:
    assert rules.category(Decimal(percent)) == kind


@pytest.mark.parametrize(
    ("planned", "deviation", "late"), [(62, -14, True), (62, -10, False), (82, -6, True), (82, -5, False)]
)
def test_work_is_critical_beyond_a_deviation_that_is_stricter_near_its_end(
    planned: int, deviation: int, late: bool
) -> None:
    assert rules.critical(Decimal(planned), Decimal(deviation)) is late


def test_work_in_time_bears_no_fine() -> None:
    assert rules.fine(Fraction(250_000_000), date(2026, 11, 2), date(2026, 11, 1)) == 0


def test_the_bond_is_taken_of_the_estimate_where_the_offer_is_far_below_it() -> None:
    assert rules.performance_bond(Decimal(200_000_000), Decimal(300_000_000)) == 0
    assert rules.performance_bond(Decimal(210_000_000), Decimal(300_000_000)) == 15_000_000
