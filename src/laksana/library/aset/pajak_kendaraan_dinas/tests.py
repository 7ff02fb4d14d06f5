"""Bounds of the vehicle tax's rules that the scenarios do not reach."""

from datetime import date
from decimal import Decimal

import pytest

from laksana.library.aset.pajak_kendaraan_dinas.rules import (
    fine,
    interest,
    kind_of_payment,
    months_late,
    next_due,
    tax,
)


@pytest.mark.parametrize(
    ("paid", "months"),
    [(date(2026, 1, 31), 0), (date(2026, 2, 1), 1), (date(2026, 2, 28), 1), (date(2026, 3, 1), 2)],
)
def test_a_part_of_a_month_is_a_month_and_short_months_end_on_their_last_day(paid: date, months: int) -> None:
    assert months_late(date(2026, 1, 31), paid) == months


def test_interest_stops_after_its_most_months_and_is_rounded_for_tax_and_surcharge_each() -> None:
    assert interest(Decimal(945_000), Decimal(623_700), 30) == Decimal(226_800 + 149_688)
    assert interest(Decimal(50), Decimal(50), 1) == 2


@pytest.mark.parametrize(
    ("days", "amount"), [(0, 0), (1, 35_000), (90, 35_000), (91, 70_000), (181, 100_000), (400, 100_000)]
)
def test_the_fine_grows_by_quarters_up_to_its_greatest(days: int, amount: int) -> None:
    assert fine("DP", days) == amount


def test_the_tax_is_rounded_up_to_the_hundred() -> None:
    assert tax(Decimal(15_000_100), Decimal(1), Decimal("0.5")) == 75_100


@pytest.mark.parametrize(
    ("expiry", "kind"),
    [
        (date(2026, 4, 13), "lima_tahunan"),
        (date(2026, 4, 14), "tahunan"),
        (date(2024, 3, 14), "lima_tahunan"),
    ],
)
def test_the_registration_is_renewed_when_it_ends_about_the_due_date_or_has_ended(
    expiry: date, kind: str
) -> None:
    assert kind_of_payment(date(2026, 3, 14), expiry) == kind


def test_the_due_date_of_a_leap_day_is_the_last_of_february() -> None:
    assert next_due(date(2028, 2, 29)) == date(2029, 2, 28)
