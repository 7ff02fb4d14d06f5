"""Scores and payment of the cleaning contract, with the figures of the office's reference."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.library.rumah_tangga.kebersihan_kantor import rules


@pytest.mark.reference("kebersihan-kantor/nilai-zona")
def test_a_zone_is_scored_by_weight_over_what_is_due_that_day() -> None:
    thursday, friday = date(2026, 11, 12), date(2026, 11, 13)
    names = [row.butir for row in rules.due_on("toilet", thursday)]
    scores = dict(zip(names, (2, 2, 1, 2), strict=True))
    assert rules.zone_score(rules.due_on("toilet", thursday), scores) == 90
    assert len(rules.due_on("ruang_kerja", thursday)) < len(rules.due_on("ruang_kerja", friday))


def test_a_day_weighs_its_zones_by_area() -> None:
    assert rules.day_score([(Decimal(300), Decimal(100)), (Decimal(100), Decimal(60))]) == 90


@pytest.mark.parametrize(
    ("score", "share"),
    [("85", "1"), ("84.99", "0.975"), ("75", "0.975"), ("65", "0.95"), ("64.99", "0.90"), ("0", "0.90")],
)
def test_the_factor_falls_with_the_score(score: str, share: str) -> None:
    assert rules.factor(Decimal(score)) == Decimal(share)


@pytest.mark.reference("kebersihan-kantor/bayar-november")
def test_november_is_paid_less_absences_times_the_factor() -> None:
    deduction = rules.absence_deduction(Decimal(22_400_000), 4, 3, 21)
    assert deduction == 800_000
    assert rules.payment(Decimal(22_400_000), deduction, rules.factor(Decimal("82.50")), 0) == 21_060_000
    assert rules.payment(Decimal(1_000_000), Decimal(), Decimal(1), 30) == 950_000


def test_a_month_that_begins_late_is_paid_by_its_working_days() -> None:
    assert rules.part_of_month(Decimal(21_000_000), 7, 21) == 7_000_000


@given(st.integers(0, 3000), st.integers(0, 40))
def test_there_are_enough_cleaners(area: int, toilets: int) -> None:
    people = rules.staff(Decimal(area), toilets)
    assert people * 500 >= area or people >= toilets / 8
    assert people >= area / 500
