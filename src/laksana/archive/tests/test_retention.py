"""The dates of a retention follow from its words alone, and never come too early."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.archive.retention import Dates, Period, dates, period, years_after

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
YEARS = st.integers(0, 100)
PERIODS = st.builds(Period, YEARS, st.sampled_from(["", "pemeriksaan"]))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("2 tahun", Period(2)),
        ("2 tahun setelah pemeriksaan", Period(2, "pemeriksaan")),
        ("  3  tahun setelah kegiatan dipertanggungjawabkan ", Period(3, "kegiatan dipertanggungjawabkan")),
        ("", None),
    ],
)
def test_the_words_of_a_schedule_are_read(words: str, meant: Period | None) -> None:
    assert period(words) == meant


@pytest.mark.parametrize("words", ["dua tahun", "2", "2 bulan", "2 tahun kemudian", "2 tahun setelah"])
def test_words_that_say_no_period_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match="2 tahun"):
        period(words)


def test_two_years_active_and_four_inactive() -> None:
    found = dates(date(2026, 11, 24), Period(2), Period(4))
    assert found == Dates(date(2028, 11, 24), date(2032, 11, 24))


def test_counted_from_the_next_year_where_the_office_counts_so() -> None:
    found = dates(date(2026, 11, 24), Period(2), Period(4), from_next_year=True)
    assert found == Dates(date(2029, 1, 1), date(2033, 1, 1))


def test_a_berkas_closed_on_the_29th_of_february_is_not_cut_short() -> None:
    assert years_after(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_while_a_condition_is_not_met_nothing_is_due() -> None:
    closed = date(2026, 1, 5)
    waiting = Period(2, "pemeriksaan")
    assert dates(closed, waiting, Period(1)) == Dates()
    met = dates(closed, waiting, Period(1), condition_met_on=date(2027, 6, 1))
    assert met == Dates(date(2029, 6, 1), date(2030, 6, 1))
    earlier = dates(closed, waiting, Period(1), condition_met_on=date(2025, 1, 1))
    assert earlier.inactive_on == date(2028, 1, 5), "a condition met before the end counts from the end"


@given(DAYS, PERIODS, st.none() | st.builds(Period, YEARS), st.none() | DAYS, st.booleans())
def test_a_state_never_begins_before_the_years_are_over(
    closed: date, active: Period, inactive: Period | None, met: date | None, next_year: bool
) -> None:
    found = dates(closed, active, inactive, condition_met_on=met, from_next_year=next_year)
    if active.condition and met is None:
        assert found == Dates()
        return
    assert found.inactive_on is not None
    assert found.final_on is not None
    total = active.years + (inactive.years if inactive else 0)
    assert closed <= found.inactive_on <= found.final_on
    assert found.inactive_on.year - closed.year >= active.years
    assert found.final_on.year - found.inactive_on.year == total - active.years
    assert found.final_on >= years_after(closed, total) - timedelta(days=1)


@given(DAYS, DAYS, st.builds(Period, YEARS), st.builds(Period, YEARS), st.booleans())
def test_what_was_closed_later_is_never_due_earlier(
    one: date, other: date, active: Period, inactive: Period, next_year: bool
) -> None:
    first, last = sorted((one, other))
    before = dates(first, active, inactive, from_next_year=next_year)
    after = dates(last, active, inactive, from_next_year=next_year)
    assert before.inactive_on is not None
    assert after.inactive_on is not None
    assert before.inactive_on <= after.inactive_on


@given(DAYS, st.builds(Period, YEARS), st.none() | DAYS)
def test_without_an_active_period_nothing_is_said(closed: date, inactive: Period, met: date | None) -> None:
    assert dates(closed, None, inactive, condition_met_on=met) == Dates()
