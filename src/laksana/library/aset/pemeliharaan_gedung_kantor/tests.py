"""Grades of damage and late work at their limits."""

from decimal import Decimal

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
