"""Working time by law: what holds for every start, span and limit, against a count that walks day by day."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from laksana.worktime.tests.offices import OFFICE
from laksana.worktime.zone import OFFICE_ZONE

days = st.dates(date(2025, 6, 1), date(2027, 6, 30))
instants = st.datetimes(datetime(2025, 6, 1), datetime(2027, 6, 30), timezones=st.just(OFFICE_ZONE))  # noqa: DTZ001
minutes = st.integers(0, 200_000)
counts = st.integers(-400, 400)


def walked_workdays(a: date, b: date) -> int:
    return sum(
        (a + timedelta(days=n)).weekday() < 5 and a + timedelta(days=n) not in OFFICE.holidays
        for n in range(1, (b - a).days + 1)
    )


def walked_time(a: datetime, b: datetime) -> timedelta:
    total, day = timedelta(), a.date()
    while day <= b.date():
        hours = OFFICE.hours_of(day)
        if hours is not None and hours.break_start is not None and hours.break_end is not None:
            for stretch in ((hours.open, hours.break_start), (hours.break_end, hours.close)):
                opening, closing = (datetime.combine(day, at, OFFICE_ZONE) for at in stretch)
                total += max(min(closing, b) - max(opening, a), timedelta())
        day += timedelta(days=1)
    return total


@given(instants, minutes)
def test_adding_lands_exactly_so_many_working_minutes_later(at: datetime, n: int) -> None:
    assert walked_time(at, OFFICE.add_minutes(at, n)) == timedelta(minutes=n)


@given(instants, minutes)
def test_subtracting_lands_exactly_so_many_working_minutes_earlier(at: datetime, n: int) -> None:
    assert walked_time(OFFICE.subtract_minutes(at, n), at) == timedelta(minutes=n)


@given(instants, st.integers(1, 100_000))
def test_adding_lands_on_the_first_such_instant_and_subtracting_on_the_last(at: datetime, n: int) -> None:
    moment = timedelta(microseconds=1)
    end, start = OFFICE.add_minutes(at, n), OFFICE.subtract_minutes(at, n)
    assert walked_time(at, end - moment) < timedelta(minutes=n)
    assert walked_time(start + moment, at) < timedelta(minutes=n)


@given(instants.filter(OFFICE.is_open), minutes)
def test_adding_then_subtracting_returns_to_a_start_inside_office_hours(at: datetime, n: int) -> None:
    assert OFFICE.subtract_minutes(OFFICE.add_minutes(at, n), n) == at


@given(instants, instants, st.integers(0, 5_000))
def test_who_starts_later_never_ends_earlier(a: datetime, b: datetime, n: int) -> None:
    a, b = min(a, b), max(a, b)
    assert OFFICE.add_minutes(a, n) <= OFFICE.add_minutes(b, n)
    assert OFFICE.subtract_minutes(a, n) <= OFFICE.subtract_minutes(b, n)


@given(instants, st.integers(0, 5_000), st.integers(0, 5_000))
def test_a_longer_limit_never_ends_earlier(at: datetime, n: int, more: int) -> None:
    assert OFFICE.add_minutes(at, n) <= OFFICE.add_minutes(at, n + more)


@given(instants, instants, instants)
def test_the_parts_of_a_span_add_up(a: datetime, b: datetime, c: datetime) -> None:
    assert OFFICE.minutes_between(a, b) + OFFICE.minutes_between(b, c) == OFFICE.minutes_between(a, c)


@given(instants, instants)
def test_a_measure_is_what_walking_day_by_day_finds(a: datetime, b: datetime) -> None:
    a, b = (at.replace(second=0, microsecond=0) for at in (min(a, b), max(a, b)))
    assert timedelta(minutes=OFFICE.minutes_between(a, b)) == walked_time(a, b)


@given(instants, minutes)
def test_what_was_added_is_what_is_measured(at: datetime, n: int) -> None:
    assert OFFICE.minutes_between(at, OFFICE.add_minutes(at, n)) == n


@given(days, st.integers(1, 400))
def test_the_nth_working_day_is_what_walking_day_by_day_finds(day: date, n: int) -> None:
    after, before = OFFICE.add_workdays(day, n), OFFICE.subtract_workdays(day, n)
    assert OFFICE.is_workday(after)
    assert walked_workdays(day, after) == n
    assert OFFICE.is_workday(before)
    assert walked_workdays(before - timedelta(days=1), day - timedelta(days=1)) == n


@given(days, days)
def test_working_days_between_are_what_walking_day_by_day_finds(a: date, b: date) -> None:
    a, b = min(a, b), max(a, b)
    assert OFFICE.workdays_between(a, b) == walked_workdays(a, b)
    assert OFFICE.workdays_between(b, a) == -walked_workdays(a, b)


@given(days.filter(OFFICE.is_workday), counts)
def test_working_days_added_and_taken_back_return_to_a_working_day(day: date, n: int) -> None:
    assert OFFICE.subtract_workdays(OFFICE.add_workdays(day, n), n) == day
    assert OFFICE.workdays_between(day, OFFICE.add_workdays(day, n)) == n
