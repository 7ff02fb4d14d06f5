"""Durations as an SOP writes them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.sop.duration import Duration, Unit


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("30 menit", "30", Unit.MINUTE),
        ("1,5 jam", "1.5", Unit.HOUR),
        ("1.5 jam", "1.5", Unit.HOUR),
        ("24 jam berjalan", "24", Unit.RUNNING_HOUR),
        ("90 menit berjalan", "90", Unit.RUNNING_MINUTE),
        ("3 hari kerja", "3", Unit.WORKDAY),
        ("10 hari", "10", Unit.DAY),
        ("2 minggu", "2", Unit.WEEK),
        ("6 bulan", "6", Unit.MONTH),
        ("5 tahun", "5", Unit.YEAR),
    ],
)
def test_a_duration_is_an_amount_of_a_unit(text: str, amount: str, unit: Unit) -> None:
    assert Duration.parse(text) == Duration(Decimal(amount), unit)


@pytest.mark.parametrize(
    "text", ["", "30", "menit", "30menit", "-3 jam", "3 hari libur", "tiga jam", "1 jam 30 menit"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="such as '30 menit'"):
        Duration.parse(text)


@pytest.mark.parametrize("text", ["1,5 hari kerja", "0.5 hari", "2,5 bulan"])
def test_days_and_longer_are_counted_whole(text: str) -> None:
    with pytest.raises(ValueError, match="counted whole"):
        Duration.parse(text)


def test_only_working_time_adds_up_to_minutes() -> None:
    assert Duration.parse("2 hari kerja").working_minutes == 900
    assert Duration.parse("1,5 jam").working_minutes == 90
    assert Duration.parse("10 hari").working_minutes is None
    assert Duration.parse("24 jam berjalan").working_minutes is None


@given(st.integers(0, 10**6), st.sampled_from(list(Unit)))
def test_what_is_written_is_read_again(amount: int, unit: Unit) -> None:
    duration = Duration(Decimal(amount), unit)
    assert Duration.parse(str(duration)) == duration


@given(st.decimals(0, 1000, places=2), st.sampled_from([Unit.HOUR, Unit.MINUTE]))
def test_parts_of_hours_are_written_with_a_comma(amount: Decimal, unit: Unit) -> None:
    text = str(Duration(amount, unit))
    assert "." not in text
    assert Duration.parse(text) == Duration(amount, unit)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0,25 menit berjalan", "15 detik berjalan"),
        ("18,75 menit berjalan", "18 menit 45 detik berjalan"),
        ("1,5 menit", "1 menit 30 detik"),
        ("1,5 jam", "1,5 jam"),
        ("5 menit", "5 menit"),
    ],
)
def test_parts_of_a_minute_are_said_in_seconds(text: str, words: str) -> None:
    assert Duration.parse(text).words == words
