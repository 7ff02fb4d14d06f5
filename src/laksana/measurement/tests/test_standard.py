"""A standard in working minutes, whatever its unit."""

from datetime import datetime

import pytest

from laksana.measurement.standard import standard_minutes
from laksana.sop.duration import Duration
from laksana.worktime import services as worktime
from laksana.worktime.zone import OFFICE_ZONE

MONDAY = datetime(2026, 11, 9, 10, 0, tzinfo=OFFICE_ZONE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("standard", "days"),
    [("1 hari kerja", 1), ("3 hari kerja", 3), ("7 hari", 6), ("24 jam berjalan", 1)],
)
def test_days_count_the_office_hours_within_them(standard: str, days: int) -> None:
    """From Monday: seven days later is the Monday after, whose hours count as well."""
    worktime.seed(MONDAY)
    calendar = worktime.calendar()
    day = MONDAY.date()
    hours = 0
    for _ in range(days):
        hours += calendar.minutes_between(calendar.opening(day), calendar.closing(day))
        day = calendar.add_workdays(day, 1)
    assert standard_minutes(Duration.parse(standard), calendar, MONDAY) == hours


@pytest.mark.django_db
@pytest.mark.parametrize(("standard", "minutes"), [("30 menit", 30), ("2 jam", 120), ("1,5 jam", 90)])
def test_minutes_and_hours_are_working_time_as_they_stand(standard: str, minutes: int) -> None:
    worktime.seed(MONDAY)
    assert standard_minutes(Duration.parse(standard), worktime.calendar(), MONDAY) == minutes
