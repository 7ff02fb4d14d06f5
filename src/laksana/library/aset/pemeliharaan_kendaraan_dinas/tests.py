"""Bounds of the rules of vehicle maintenance that the scenarios do not reach."""

from datetime import date
from decimal import Decimal

import pytest

from laksana.library.aset.pemeliharaan_kendaraan_dinas.rules import (
    BookValue,
    Interval,
    Reading,
    after_capitalising,
    most_additional,
    service_due,
    service_is_near,
    taxes,
    uneconomic,
    value_on,
)

OIL = Interval(kode="r4-oli-mesin", pekerjaan="Oli", interval_km=10_000, interval_bulan=6)
BATTERY = Interval(kode="r4-aki", pekerjaan="Aki", interval_bulan=24)


def test_a_supplier_without_npwp_pays_twice_and_small_bills_bear_no_vat() -> None:
    assert taxes(Decimal(4_440_000), Decimal(1_665_000), False) == {
        "ppn": 605_000,
        "pph22": 120_000,
        "pph23": 60_000,
    }
    assert taxes(Decimal(2_220_000), Decimal(0), True) == {"ppn": 0, "pph22": 0, "pph23": 0}
    assert taxes(Decimal(2_220_000), Decimal(111), True) == {"ppn": 220_011, "pph22": 0, "pph23": 2}


def test_a_service_without_kilometres_or_driving_is_due_by_months() -> None:
    last = Reading(date(2026, 5, 4), Decimal(42_300))
    assert service_due(last, Reading(date(2026, 10, 26), Decimal(51_950)), BATTERY) == date(2028, 5, 4)
    assert service_due(last, Reading(date(2026, 10, 26), Decimal(42_300)), OIL) == date(2026, 11, 4)


def test_a_service_is_near_by_days_or_by_kilometres() -> None:
    last = Reading(date(2026, 5, 4), Decimal(42_300))
    assert not service_is_near(last, Reading(date(2026, 7, 4), Decimal(44_300)), OIL)
    assert service_is_near(last, Reading(date(2026, 10, 21), Decimal(42_301)), OIL)
    assert service_is_near(last, Reading(date(2026, 5, 5), Decimal(51_801)), OIL)


def test_additional_work_stays_within_a_tenth_and_within_what_is_left() -> None:
    assert most_additional(Decimal(6_105_000), Decimal(20_000_000)) == 610_500
    assert most_additional(Decimal(6_105_000), Decimal(6_305_000)) == 200_000
    assert most_additional(Decimal(8_100_000), Decimal(7_250_000)) == 0


def test_repairs_at_the_share_itself_are_still_worth_it() -> None:
    assert not uneconomic(Decimal(10), Decimal(20), Decimal(50))
    assert uneconomic(Decimal(11), Decimal(20), Decimal(50))


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (date(2021, 6, 29), 14),
        (date(2021, 6, 30), 13),
        (date(2026, 6, 30), 3),
        (date(2026, 7, 20), 3),
        (date(2030, 1, 1), 0),
    ],
)
def test_a_half_year_counts_once_it_has_ended(day: date, left: int) -> None:
    assert value_on(Decimal(235_000_000), date(2021, 3, 15), day).sisa == left


def test_a_vehicle_written_off_has_no_book_value_and_life_is_not_longer_than_the_standard() -> None:
    assert value_on(Decimal(235_000_000), date(2010, 3, 15), date(2026, 6, 30)) == BookValue(Decimal(0), 0)
    grown, charge = after_capitalising(BookValue(Decimal(70), 13), Decimal(70), Decimal(2))
    assert (grown, charge) == (BookValue(Decimal(140), 14), Decimal(10))
