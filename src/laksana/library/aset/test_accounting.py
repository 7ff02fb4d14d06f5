"""Useful lives, book values and thresholds at their limits."""

from datetime import date
from decimal import Decimal

import pytest

from laksana.library.aset import accounting

LAPTOP, OFFICE, LAND = "1.3.2.10.01.02.002", "1.3.3.01.01.01.001", "1.3.1.01.01.01.001"
VEHICLE = "1.3.2.02.01.01.003"
BOUGHT = date(2026, 11, 12)


@pytest.mark.reference("pengadaan-belanja-modal/penyusutan-laptop")
@pytest.mark.parametrize(
    ("day", "written_off"),
    [
        (date(2026, 11, 12), 0),
        (date(2026, 12, 30), 0),
        (date(2026, 12, 31), 1641250),
        (date(2027, 6, 30), 3282500),
        (date(2028, 3, 20), 4923750),
        (date(2030, 6, 30), 13130000),
        (date(2040, 1, 1), 13130000),
    ],
)
def test_a_laptop_is_written_off_by_half_years_that_have_ended(day: date, written_off: int) -> None:
    cost = Decimal(13130000)
    assert accounting.book_value(LAPTOP, cost, BOUGHT, day) == (
        Decimal(written_off),
        cost - Decimal(written_off),
    )


def test_the_last_period_takes_what_does_not_divide() -> None:
    cost = Decimal(10000003)
    assert accounting.book_value(LAPTOP, cost, BOUGHT, date(2029, 12, 31)) == (
        Decimal(8750000),
        Decimal(1250003),
    )
    assert accounting.book_value(LAPTOP, cost, BOUGHT, date(2030, 6, 30)) == (cost, Decimal(0))


def test_land_and_work_in_progress_keep_their_value() -> None:
    for code in (LAND, "1.3.6.01.01.01.001"):
        assert accounting.book_value(code, Decimal(500), BOUGHT, date(2040, 1, 1)) == (
            Decimal(0),
            Decimal(500),
        )


def test_the_longest_prefix_says_the_useful_life() -> None:
    assert (accounting.useful_life(LAPTOP), accounting.useful_life(OFFICE), accounting.useful_life(LAND)) == (
        4,
        50,
        None,
    )
    assert accounting.useful_life("1.3.2.99.01") is None


def test_a_unit_below_the_threshold_stays_off_the_balance_sheet() -> None:
    assert accounting.stands_on_balance_sheet(LAPTOP, Decimal(500000))
    assert not accounting.stands_on_balance_sheet(LAPTOP, Decimal(499999))
    assert accounting.stands_on_balance_sheet("1.5.3.01.01", Decimal(1))


def test_the_threshold_of_a_group_holds_for_whole_levels_of_its_code() -> None:
    assert accounting.threshold("1.3.2.05.01") == Decimal(500000)
    assert accounting.threshold("1.3.20.05") is None


def test_what_is_spent_is_capitalised_from_the_limit_of_its_group_where_it_adds_enough_life() -> None:
    assert accounting.is_capitalised(VEHICLE, Decimal(500_000), Decimal(1))
    assert not accounting.is_capitalised(VEHICLE, Decimal(499_999), Decimal(1))
    assert not accounting.is_capitalised(VEHICLE, Decimal(5_000_000), Decimal("0.5"))
    assert accounting.is_capitalised(OFFICE, Decimal(10_000_000))
    assert not accounting.is_capitalised(OFFICE, Decimal(9_999_999))


def test_the_periods_left_are_those_of_the_life_that_have_not_ended() -> None:
    assert accounting.periods_left(VEHICLE, date(2021, 3, 15), date(2026, 7, 20)) == 3
    assert accounting.periods_left(VEHICLE, BOUGHT, BOUGHT) == 14
    assert accounting.periods_left(LAND, BOUGHT, BOUGHT) is None


@pytest.mark.reference("distribusi-barang-modal/hilang-laptop")
def test_the_higher_of_the_values_that_are_known_is_claimed() -> None:
    _written_off, left = accounting.book_value(LAPTOP, Decimal(13_130_000), BOUGHT, date(2028, 3, 20))
    assert left == 8_206_250
    assert accounting.claim_base(left, Decimal(9_000_000)) == 9_000_000
    assert accounting.claim_base(Decimal(6), None) == 6
    assert accounting.claim_base(Decimal(6), Decimal(7)) == 7
    assert accounting.claim_base(None, None) is None
