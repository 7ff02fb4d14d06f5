"""How work stands against its standard time is said in words and shown as a bar."""

from datetime import datetime

import pytest
from django.utils.translation import override

from laksana.web.standing import short_time, standing, working_time
from laksana.worktime import services as worktime
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import OFFICE_ZONE


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=OFFICE_ZONE)


@pytest.fixture
def calendar(db: None) -> WorkCalendar:
    """The office's calendar."""
    worktime.seed(at(2, 8))
    return worktime.calendar()


@pytest.mark.parametrize(
    ("opened", "due", "now", "state", "text"),
    [
        (at(9, 8), at(17, 16), at(9, 9), "ok", "6 working days left"),
        (at(9, 8), at(10, 9, 40), at(9, 9), "ok", "Tomorrow, 09.40"),
        (at(9, 8), at(9, 16), at(9, 9), "soon", "Today, 16.00"),
        (at(9, 8), at(13, 10), at(13, 9), "soon", "Today, 10.00"),
        (at(9, 8), at(9, 10), at(9, 12), "late", "Late by 2 hours"),
        (at(9, 8), None, at(9, 9), "", "No time limit"),
    ],
)
def test_the_standard_time_left_is_said_plainly(
    calendar: WorkCalendar, opened: datetime, due: datetime | None, now: datetime, state: str, text: str
) -> None:
    with override("en"):
        said = standing(opened, due, now, calendar)
    assert (said.state, said.text) == (state, text)


def test_the_bar_shows_the_share_of_working_time_used_not_of_the_night(calendar: WorkCalendar) -> None:
    whole = calendar.minutes_between(at(9, 8), at(10, 12))
    said = standing(at(9, 8), at(10, 12), at(10, 8), calendar)
    assert said.percent == 100 * calendar.minutes_between(at(9, 8), at(10, 8)) // whole


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "1 minute"), (48, "48 minutes"), (60, "1 hour"), (130, "2 hours 10 minutes"), (450, "1 working day"),
        (1170, "2,6 working days"),
    ],
)  # fmt: skip
def test_working_minutes_are_said_in_the_unit_that_fits(minutes: int, said: str) -> None:
    with override("en"):
        assert working_time(minutes) == said


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 min"), (59, "59 min"), (90, "1,5 hr"), (450, "1 wd"), (1170, "2,6 wd")]
)
def test_a_figure_in_a_symbol_takes_little_room(minutes: int, said: str) -> None:
    with override("en"):
        assert short_time(minutes) == said
