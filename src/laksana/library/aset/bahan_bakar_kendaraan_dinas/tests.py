"""What the scenarios of fuel do not reach: prices, bounds, serial numbers and partial fills."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from laksana.library.aset.bahan_bakar_kendaraan_dinas.rules import (
    Car,
    Fill,
    claim,
    difference,
    is_barred,
    litres_of,
    oddities,
    quota,
    serials,
    spans,
    used_twice,
    written_serials,
)

CAR = Car("A 1240 CX", Decimal(84), Decimal(45), Decimal(11), Decimal(51_950))


def fill(day: int, odometer: int, litres: str, **more: Any) -> Fill:
    """Return a fill of November 2026 at Rp12,500, a full one unless said."""
    liter = Decimal(litres)
    given = {"harga": Decimal(12_500), "rupiah": liter * 12_500, "penuh": True, "seri": (), **more}
    return Fill(date(2026, 11, day), Decimal(odometer), liter, **given)


def kinds(*fills: Fill, workshop: tuple[date, ...] = ()) -> list[str]:
    """Return the kinds of what is odd about these fills."""
    return [odd.jenis for odd in oddities(CAR, fills, workshop)]


@pytest.mark.reference("bahan-bakar-kendaraan-dinas/kupon-harga-naik")
def test_a_dearer_day_gives_fewer_litres_for_a_coupon() -> None:
    assert litres_of(Decimal(100_000), Decimal(12_500)) == Decimal("8.00")
    assert litres_of(Decimal(100_000), Decimal(12_900)) == Decimal("7.75")


@pytest.mark.reference("bahan-bakar-kendaraan-dinas/kuota-bengkel")
def test_a_quota_is_rounded_down_to_a_litre_and_never_negative() -> None:
    assert quota(Decimal(120), date(2026, 11, 1), 9) == 84
    assert quota(Decimal(120), date(2026, 12, 1), 9) == 85
    assert quota(Decimal(120), date(2026, 11, 1), 31) == 0


def test_waste_is_claimed_above_what_is_tolerated() -> None:
    assert claim(Decimal(45), Decimal(300), Decimal(11), Decimal(12_500)) == 75_500
    assert claim(Decimal(30), Decimal(300), Decimal(11), Decimal(12_500)) == 0


def test_the_difference_is_that_of_the_bill_to_the_coupons_used() -> None:
    assert difference(Decimal(4_750_000), Decimal(50), Decimal(3), Decimal(100_000)) == 50_000


def test_a_partial_fill_gives_no_figure_until_the_next_full_one() -> None:
    parts = spans(CAR, [fill(9, 52_150, "20", penuh=False), fill(16, 52_412, "22")])
    assert len(parts) == 1
    assert (parts[0].km, parts[0].liter, parts[0].per_litre) == (Decimal(462), Decimal(42), Decimal(11))
    assert spans(CAR, [fill(9, 52_150, "20", penuh=False)]) == []


@pytest.mark.parametrize(("km", "found"), [(307, ["boros"]), (308, []), (660, []), (661, ["irit"])])
def test_the_bounds_of_consumption_are_themselves_still_usual(km: int, found: list[str]) -> None:
    assert kinds(fill(16, 51_950 + km, "40")) == found


def test_what_is_odd_about_a_fill() -> None:
    usual = fill(16, 52_412, "42")
    assert kinds(usual) == []
    assert kinds(usual, workshop=(date(2026, 11, 16),)) == ["bengkel"]
    assert kinds(usual, fill(17, 52_412, "1")) == ["odometer"]
    assert kinds(fill(16, 52_412, "42", rupiah=Decimal(500_000))) == ["liter"]
    assert kinds(fill(16, 52_462, "46")) == ["tangki"]
    assert kinds(usual, fill(20, 52_912, "43")) == ["kuota"]


def test_a_serial_number_counts_once_by_date() -> None:
    assert used_twice([fill(20, 1, "1", seri=("A1",)), fill(9, 1, "1", seri=("A1", "A2"))]) == [(0, "A1")]


def test_serial_numbers_are_of_one_series_in_order() -> None:
    assert serials("A098", "A101") == ["A098", "A099", "A100", "A101"]
    assert written_serials("A1-A3, B7") == ["A1", "A2", "A3", "B7"]
    for first, last in (("A2", "A1"), ("A1", "B2"), ("A1", "A10"), ("A", "A2")):
        with pytest.raises(ValueError, match="rangkaian"):
            serials(first, last)


def test_only_fuel_that_the_office_bars_is_barred() -> None:
    assert is_barred("biosolar")
    assert is_barred("pertalite")
    assert not is_barred("pertamax")
