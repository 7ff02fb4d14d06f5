"""Patterns are checked before they are used, and what they write says one number only."""

from contextlib import suppress
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from laksana.numbering.patterns import PARTS, Pattern, PatternError, check

DAY = date(2026, 11, 24)
PARTS_GIVEN = {"klasifikasi": "500.12", "sifat": "B", "jenis": "SD"}
separators = st.sampled_from(["/", "-", ".", " ", "/Kep."])
others = st.lists(st.sampled_from(["{klasifikasi}", "{unit}", "{bulan}", "{sifat}", "{jenis}"]), unique=True)


@st.composite
def templates(draw: st.DrawFn) -> str:
    """Return a right pattern: its parts in any order, between separators."""
    width = draw(st.sampled_from(["{urut}", "{urut:03}", "{urut:05}"]))
    parts = draw(st.permutations([*draw(others), width, "{tahun}"]))
    return "".join(part + draw(separators) for part in parts)[:-1]


def faults(template: str, separate: tuple[str, ...] = (), allowed: tuple[str, ...] = PARTS) -> str:
    with override("en"), pytest.raises(PatternError) as refused:
        check(template, separate, allowed)
    return str(refused.value)


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("", "Write a pattern"),
        ("   ", "Write a pattern"),
        ("{urut}/{tahun", "brace at character 8"),
        ("urut}/{tahun}", "brace at character 5"),
        ("{urut}/{tahun}/{nama}", "{nama} is no part of this number; the parts are {sifat}, {klasifikasi}"),
        ("{urut}/{}/{tahun}", "{} is no part"),
        ("{urut.__class__}/{tahun}", "{urut.__class__} is no part"),
        ("{urut!r}/{tahun}", "no conversion"),
        ("{urut:x}/{tahun}", "width “x”"),
        ("{urut:0999999999}/{tahun}", "width"),
        ("{urut:3}/{tahun}", "{urut:03}"),
        ("{urut}/{tahun:4}", "Only {urut} takes a width"),
        ("{tahun}", "{urut} must stand in the pattern exactly once"),
        ("{urut}/{urut}/{tahun}", "exactly once"),
        ("{urut}", "{tahun} must stand"),
        ("{{x}}{urut}/{tahun}", "no braces"),
        ("{urut}/{tahun}\n", "one line"),
        ("{urut}/{tahun}" + "x" * 120, "at most 120"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_said_exactly(template: str, told: str) -> None:
    assert told in faults(template)


def test_every_fault_is_said_at_once() -> None:
    told = faults("{nama}/{bulan:2}")
    for each in ("{nama}", "“:2”", "exactly once", "{tahun}"):
        assert each in told


def test_what_counts_separately_must_be_seen() -> None:
    assert "{klasifikasi}" in faults("{urut}/{tahun}", ("klasifikasi",))
    check("{klasifikasi}/{urut}/{tahun}", ("klasifikasi",))


def test_a_part_that_the_paper_does_not_have_is_refused() -> None:
    assert "{klasifikasi} is no part" in faults("{klasifikasi}/{urut}/{tahun}", (), ("urut", "tahun"))


@given(templates())
def test_a_right_pattern_passes(template: str) -> None:
    check(template)


@given(templates(), st.integers(1, 99_999), st.integers(1, 99_999), st.integers(0, 40))
def test_two_numbers_of_a_series_are_never_written_alike(
    template: str, one: int, other: int, years: int
) -> None:
    pattern = Pattern(template, "Diskominfo")
    later = DAY.replace(year=DAY.year + years)
    same = pattern.written(one, DAY, PARTS_GIVEN) == pattern.written(other, later, PARTS_GIVEN)
    assert same == (one == other and years == 0)


@given(templates(), st.integers(1, 999), st.sampled_from("abz"))
def test_an_inserted_number_is_written_like_no_other(template: str, number: int, letter: str) -> None:
    pattern = Pattern(template, "Diskominfo")
    assert pattern.written(number, DAY, PARTS_GIVEN, letter) != pattern.written(number, DAY, PARTS_GIVEN)


@given(st.text(max_size=140))
def test_no_text_breaks_the_check_and_what_passes_can_be_written(template: str) -> None:
    with suppress(PatternError):
        check(template)
        assert Pattern(template).written(7, DAY)


def test_what_counts_separately_has_a_counter_for_each_value() -> None:
    pattern = Pattern("{klasifikasi}/{urut}/{unit}/{tahun}", "Diskominfo", ("unit", "klasifikasi"))
    assert pattern.counter("umum", DAY, PARTS_GIVEN) == "umum|Diskominfo|500.12"
    assert Pattern("{urut}/{tahun}").counter("umum", DAY, PARTS_GIVEN) == "umum"
