"""The next maintenance, the ceiling and availability, with the figures of the office's reference."""

from datetime import date
from decimal import Decimal

import pytest

from laksana.library.aset.pemeliharaan_peralatan_kantor import rules
from laksana.worktime.services import calendar


@pytest.mark.reference(
    "pemeliharaan-peralatan-kantor/ac-berkala", "pemeliharaan-peralatan-kantor/geser-natal"
)
@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("kind", "done", "due", "opens"),
    [
        ("ac", date(2026, 8, 10), date(2026, 11, 9), date(2026, 10, 26)),
        ("ups", date(2026, 9, 25), date(2026, 12, 28), date(2026, 12, 14)),
        ("genset", date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 6)),
    ],
)
def test_the_next_maintenance_moves_to_a_working_day(kind: str, done: date, due: date, opens: date) -> None:
    found = rules.next_routine(kind, done, calendar())
    assert found is not None
    assert found[1:] == (due, opens)


def test_availability_is_what_downtime_leaves() -> None:
    assert rules.availability(Decimal(720), Decimal(18)) == Decimal("97.50")
    assert rules.mean_time_to_repair([Decimal("2.5"), Decimal("15.5")]) == Decimal("9.00")


@pytest.mark.parametrize(
    ("offer", "times", "lost"),
    [(600_000, 1, False), (600_001, 1, True), (100_000, 2, False), (100_000, 3, True)],
)
def test_a_repair_is_not_worth_its_price_beyond_a_share_or_at_its_third_time(
    offer: int, times: int, lost: bool
) -> None:
    assert rules.uneconomic(Decimal(offer), Decimal(1_000_000), times) is lost
