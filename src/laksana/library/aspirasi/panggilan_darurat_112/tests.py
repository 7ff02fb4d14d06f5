"""The figures of 112, with those of the office's reference and at their limits."""

from datetime import datetime
from decimal import Decimal

import pytest

from laksana.library.aspirasi.panggilan_darurat_112 import rules
from laksana.worktime.zone import OFFICE_ZONE


def at(hour: int, minute: int, second: int) -> datetime:
    return datetime(2026, 11, 10, hour, minute, second, tzinfo=OFFICE_ZONE)


@pytest.mark.reference("panggilan-darurat-112/rekap-2020")
def test_the_calls_of_2020() -> None:
    assert rules.calls(33_196, 27_485, 190) == (Decimal("82.80"), Decimal("0.69"), 5_711)
    assert rules.calls(0, 0, 0) == (None, None, 0)


@pytest.mark.reference("panggilan-darurat-112/p90")
def test_response_times_of_a_month() -> None:
    times = [Decimal(each) for each in (15, 6, 9, 7, 8, 9, 21, 11, 12, 14)]
    found = rules.responses(times, Decimal(15))
    assert found == rules.Responses(Decimal("11.2"), Decimal("10.0"), Decimal(15), Decimal("90.00"))
    assert rules.responses([], Decimal(15)) is None
    assert rules.responses([Decimal(3)], Decimal(2)) == rules.Responses(
        Decimal(3), Decimal(3), Decimal(3), Decimal(0)
    )


@pytest.mark.parametrize(
    ("times", "measure"),
    [
        (1, "tidak_ada"),
        (3, "peringatan"),
        (5, "tidak_ada"),
        (6, "blokir_1x24_jam"),
        (10, "blokir_1x24_jam"),
        (11, "usul_blokir_tetap"),
    ],
)
def test_what_pranks_lead_to(times: int, measure: str) -> None:
    assert rules.against_number(times) == measure


def test_minutes_are_shown_rounded_but_seconds_compared() -> None:
    assert rules.minutes(at(19, 2, 13), at(19, 16, 40)) == Decimal("14.5")
    assert rules.minutes(at(9, 0, 0), at(9, 15, 1)) == Decimal("15.0")
    assert rules.seconds(at(9, 0, 0), at(9, 15, 1)) == 901
    assert rules.minutes(None, at(9, 0, 0)) is None
