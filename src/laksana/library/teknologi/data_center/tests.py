"""The rules of the data centre, with the figures of the office's reference and at their limits."""

from datetime import date
from decimal import Decimal

import pytest

from laksana.library.teknologi.data_center import rules
from laksana.worktime.services import calendar


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.reference("data-center/pemeliharaan-terlambat")
def test_maintenance_is_due_from_when_it_was_done_and_late_only_beyond_what_is_borne() -> None:
    due = rules.next_due("PM-05", date(2026, 8, 10), calendar())
    assert due == date(2026, 11, 10)
    assert rules.days_overdue("PM-05", due, date(2026, 11, 24)) == 7
    assert rules.days_overdue("PM-05", due, date(2026, 11, 17)) == 0
    assert rules.next_due("PM-05", date(2026, 11, 25), calendar()) == date(2027, 2, 25)
    # What the office's own officer does is not moved for a day off; what a technician does is.
    assert rules.next_due("PM-01", date(2026, 11, 20), calendar()) == date(2026, 11, 21)
    assert rules.next_due("PM-03", date(2026, 11, 22), calendar()) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("reading", "value", "found"),
    [
        ("suhu_masuk", "27", "normal"),
        ("suhu_masuk", "27.1", "peringatan"),
        ("suhu_masuk", "32", "peringatan"),
        ("suhu_masuk", "32.1", "kritis"),
        ("kelembapan", "20", "normal"),
        ("kelembapan", "19", "kritis"),
        ("laju_suhu", "5", "normal"),
        ("laju_suhu", "5.01", "kritis"),
    ],
)
def test_a_bound_belongs_to_the_better_verdict(reading: str, value: str, found: str) -> None:
    assert rules.verdict({reading: Decimal(value)}) == found


def test_water_and_smoke_are_always_critical_and_the_worst_reading_counts() -> None:
    assert rules.verdict({}, air=True) == rules.verdict({"suhu_masuk": Decimal(22)}, asap=True) == "kritis"
    assert rules.verdict({"suhu_masuk": Decimal(22), "waktu_baterai": Decimal(12)}) == "peringatan"
