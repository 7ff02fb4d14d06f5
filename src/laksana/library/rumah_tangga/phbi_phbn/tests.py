"""The days of feasts, flags and attendance, with the figures of the office's reference."""

from datetime import date
from decimal import Decimal

import pytest

from laksana.library.rumah_tangga.phbi_phbn import rules
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.services import calendar


@pytest.fixture
def days(office: None) -> WorkCalendar:
    return calendar()


@pytest.mark.reference("phbi-phbn/isra-mikraj-dua-kali")
def test_a_case_opens_thirty_days_before_its_feast_and_twice_where_the_feast_comes_twice() -> None:
    assert rules.opens(date(2026, 11, 10)) == date(2026, 10, 11)
    first = rules.next_day("isra_mikraj", date(2026, 12, 7))
    assert first == date(2027, 1, 5)
    second = rules.next_day("isra_mikraj", date(2027, 1, 6))
    assert second == date(2027, 12, 26)
    assert (rules.opens(first), rules.opens(second)) == (date(2026, 12, 6), date(2027, 11, 26))


@pytest.mark.django_db
def test_a_ceremony_moves_to_the_next_working_day_and_a_recitation_to_the_nearest(days: WorkCalendar) -> None:
    assert rules.kept_on("PHBN", False, date(2026, 11, 29), None, days) == date(2026, 11, 30)
    assert rules.kept_on("PHBI", False, date(2026, 8, 25), None, days) == date(2026, 8, 26)
    assert rules.kept_on("PHBN", True, date(2026, 8, 17), None, days) == date(2026, 8, 17)
    assert rules.kept_on("PHBI", False, date(2026, 8, 25), date(2026, 8, 20), days) == date(2026, 8, 20)


def test_flags_fly_all_august_and_at_half_mast_on_the_eve_of_the_first_of_october() -> None:
    august = [day for day, _row in rules.flags("hut_ri", "PHBN", date(2026, 8, 17))]
    assert (august[0], august[-1], len(august)) == (date(2026, 8, 1), date(2026, 8, 31), 31)
    october = list(rules.flags("kesaktian_pancasila", "PHBN", date(2026, 10, 1)))
    shapes = [(day.day, row.bentuk) for day, row in october]
    assert shapes == [(30, "setengah_tiang"), (1, "penuh")]
    assert list(rules.flags("maulid", "PHBI", date(2026, 8, 25))) == []


def test_attendance_leaves_out_who_is_excused() -> None:
    assert rules.attendance(41, 52, 6 + 2 + 1) == Decimal("95.3")
    assert rules.attendance(0, 3, 3) is None
