"""Bounds of the rules of writing off that the scenarios do not reach."""

from datetime import date
from decimal import Decimal

import pytest

from laksana.library.aset.penghapusan_barang.rules import (
    Way,
    age,
    destroyed_until,
    is_uneconomic,
    may_be_sold,
    needs_council,
    value_of_proposal,
)

LIMIT = Decimal(5_000_000_000)


@pytest.mark.parametrize(("cost", "worth_it"), [(27_000_000, True), (27_000_001, False)])
def test_repair_at_the_share_itself_is_still_worth_it(cost: int, worth_it: bool) -> None:
    assert is_uneconomic(Decimal(cost), Decimal(45_000_000), True, False) is not worth_it


def test_without_parts_only_what_is_heavily_damaged_is_not_repaired() -> None:
    assert is_uneconomic(Decimal(1), Decimal(100), True, True)
    assert not is_uneconomic(Decimal(1), Decimal(100), False, True)


@pytest.mark.parametrize(
    ("way", "value", "land", "excepted", "council"),
    [
        ("lelang", LIMIT, False, False, False),
        ("lelang", LIMIT + 1, False, False, True),
        ("hibah", LIMIT + 1, True, True, True),
        ("hibah", Decimal(1), True, False, True),
        ("hibah", Decimal(1), True, True, False),
        ("musnah", LIMIT + 1, True, False, False),
        ("hapus_sebab_lain", LIMIT + 1, False, False, False),
    ],
)
def test_the_council_approves_transfers_of_land_and_above_the_limit(
    way: Way, value: Decimal, land: bool, excepted: bool, council: bool
) -> None:
    assert needs_council(way, value, land, excepted) is council


def test_a_sale_is_held_to_its_fair_value_and_a_grant_to_what_was_paid() -> None:
    fair, paid = Decimal(900_000_000), Decimal(5_200_000_000)
    assert value_of_proposal("lelang", fair, paid) == fair
    assert value_of_proposal("hibah", fair, paid) == paid


def test_a_vehicle_is_sold_when_seven_or_wrecked() -> None:
    car = {"kode_barang": "1.3.2.02.01.01.003", "tanggal_perolehan": date(2019, 11, 10)}
    assert (age(date(2019, 11, 10), date(2026, 11, 9)), age(date(2019, 11, 10), date(2026, 11, 10))) == (6, 7)
    assert not may_be_sold(car, date(2026, 11, 9))
    assert may_be_sold(car, date(2026, 11, 10))
    assert may_be_sold({**car, "kecelakaan": True, "sisa_kondisi": Decimal(30)}, date(2026, 1, 1))
    assert not may_be_sold({**car, "kecelakaan": False, "sisa_kondisi": Decimal(30)}, date(2026, 1, 1))
    assert may_be_sold({**car, "kode_barang": "1.3.2.10.01.02.002"}, date(2026, 1, 1))


def test_a_month_ends_on_its_last_day() -> None:
    assert destroyed_until(date(2027, 1, 31)) == date(2027, 2, 28)
