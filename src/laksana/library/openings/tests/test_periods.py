"""An opening of each period falls on the day that its definition names, whatever days off lie around it."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.library.openings.periods import occurrences
from laksana.sop.definition import Opening
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.hours import Hours

NEW_YEAR, CHRISTMAS, DECEMBER_ENDS = date(2027, 1, 1), date(2026, 12, 25), date(2026, 12, 31)
OFFICE = WorkCalendar(
    hours=tuple(Hours(day, time(8), time(16), time(12), time(13)) for day in range(5)),
    holidays={CHRISTMAS: "Natal", date(2026, 12, 24): "Cuti bersama", NEW_YEAR: "Tahun Baru"},
)


def opening(**keys: Any) -> Opening:
    return Opening.model_validate({"id": "uji", "source": "uji", **keys})


def days(of: Opening, first: date, last: date) -> list[tuple[str, date]]:
    return [(each.key, each.at.date()) for each in occurrences(of, first, last, OFFICE)]


YEAR = (date(2026, 12, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("keys", "key", "day"),
    [
        ({"each": "month", "workday": 1}, "2026-12", date(2026, 12, 1)),
        ({"each": "month", "workday": 1}, "2027-01", date(2027, 1, 4)),
        ({"each": "month", "workday": -1}, "2026-12", date(2026, 12, 31)),
        ({"each": "month", "workday": -1}, "2027-01", date(2027, 1, 29)),
        ({"each": "month", "workday": -5}, "2026-12", date(2026, 12, 23)),
        ({"each": "month", "day": 31}, "2027-02", date(2027, 2, 28)),
        ({"each": "month", "day": 25, "moved": "next"}, "2026-12", date(2026, 12, 28)),
        ({"each": "month", "day": 25, "moved": "previous"}, "2026-12", date(2026, 12, 23)),
        ({"each": "month", "day": 1, "moved": "previous"}, "2027-01", date(2026, 12, 31)),
        ({"each": "quarter", "workday": 1}, "2027-T1", date(2027, 1, 4)),
        ({"each": "half-year", "month": 2, "day": 3}, "2027-S2", date(2027, 8, 3)),
        ({"each": "year", "month": 12, "week": 1}, "2026", date(2026, 12, 7)),
        ({"each": "year", "month": 8, "week": 2}, "2027", date(2027, 8, 9)),
        ({"each": "day", "weekdays": [1], "moved": "next"}, "2026-12-07", date(2026, 12, 7)),
    ],
)
def test_a_case_falls_on_the_day_that_is_named(keys: dict[str, Any], key: str, day: date) -> None:
    assert dict(days(opening(**keys), *YEAR))[key] == day


def test_what_comes_daily_comes_on_its_weekdays_only_also_on_days_off() -> None:
    nightly = opening(each="day", weekdays=[5, 6], at="22:00")
    found = list(occurrences(nightly, CHRISTMAS, date(2027, 1, 1), OFFICE))
    assert [(each.key, each.at.isoformat()) for each in found] == [
        ("2026-12-25", "2026-12-25T22:00:00+07:00"),
        ("2026-12-26", "2026-12-26T22:00:00+07:00"),
        ("2027-01-01", "2027-01-01T22:00:00+07:00"),
    ]


def test_a_period_tells_of_the_one_that_it_is_about() -> None:
    (time_,) = occurrences(opening(each="quarter", workday=1, about=-1), NEW_YEAR, date(2027, 1, 31), OFFICE)
    assert (time_.told["tahun"], time_.told["triwulan"]) == (2026, "IV")
    assert (time_.told["hari_pertama"], time_.told["hari_terakhir"]) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
    )
    (time_,) = occurrences(
        opening(each="year", month=12, week=1, about=2), date(2026, 12, 1), date(2026, 12, 31), OFFICE
    )
    assert time_.told["tahun"] == 2028
    (time_,) = occurrences(opening(each="month", workday=-1), DECEMBER_ENDS, DECEMBER_ENDS, OFFICE)
    assert time_.told["bulan_tahun"] == "12-2026"


@given(
    each=st.sampled_from(["month", "quarter", "half-year", "year"]),
    first=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    cut=st.integers(0, 700),
    workday=st.integers(-18, 18).filter(bool),
    moved=st.sampled_from([None, "next", "previous"]),
)
def test_every_period_comes_once_wherever_time_is_cut(
    each: str, first: date, cut: int, workday: int, moved: str | None
) -> None:
    of, middle, last = (
        opening(each=each, workday=workday, moved=moved),
        first + timedelta(days=cut),
        first + timedelta(days=800),
    )
    whole = days(of, first, last)
    assert sorted(days(of, first, middle) + days(of, middle + timedelta(days=1), last)) == sorted(whole)
    assert len({key for key, _day in whole}) == len(whole)


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({}, "exactly one way"),
        ({"each": "month", "found": "x", "day": 1}, "exactly one way"),
        ({"each": "month"}, "one of day, workday, week"),
        ({"each": "month", "day": 1, "week": 1}, "one of day, workday, week"),
        ({"each": "quarter", "day": 1, "month": 4}, "no such month"),
        ({"each": "month", "workday": 0}, "counted from 1"),
        ({"each": "month", "day": 1, "ahead": "3 hari"}, "belong to follows"),
        ({"follows": "kembali", "ahead": "3 jam"}, "hari or hari kerja"),
        ({"each": "month", "day": 1, "for": "outside"}, "holder of a position"),
        ({"each": "month", "day": 1, "at": "25:00"}, "pattern"),
    ],
)
def test_an_opening_that_says_too_little_or_too_much_is_refused(keys: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        opening(**keys)
