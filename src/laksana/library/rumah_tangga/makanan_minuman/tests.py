"""When an event covers a meal, at its limits."""

from datetime import datetime

import pytest

from laksana.library.rumah_tangga.makanan_minuman.rules import covers_a_meal
from laksana.worktime.zone import OFFICE_ZONE


@pytest.mark.parametrize(
    ("start", "end", "covered"),
    [
        ("03 12:00", "03 13:00", True),
        ("03 12:01", "03 13:00", False),
        ("03 09:00", "03 12:59", False),
        ("03 15:00", "03 18:30", False),
        ("03 15:00", "03 18:31", True),
        ("03 22:00", "04 01:00", True),
    ],
)
def test_a_meal_is_covered_through_noon_into_the_evening_and_overnight(
    start: str, end: str, covered: bool
) -> None:
    begins, ends = (
        datetime.fromisoformat(f"2026-11-{at}").replace(tzinfo=OFFICE_ZONE) for at in (start, end)
    )
    assert covers_a_meal(begins, ends) is covered
