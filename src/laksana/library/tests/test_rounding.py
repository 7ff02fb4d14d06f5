"""Rounding half up and down, and shares."""

from decimal import Decimal
from fractions import Fraction

import pytest

from laksana.library.rounding import down, half_up, percent


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("2.345", 2, "2.35"),
        ("2.344999", 2, "2.34"),
        ("0.5", 0, "1"),
        ("-2.345", 2, "-2.35"),
        ("2", 2, "2.00"),
    ],
)
def test_half_is_rounded_away_from_zero(value: str, decimals: int, rounded: str) -> None:
    assert str(half_up(Decimal(value), decimals)) == rounded


def test_an_exact_fraction_is_rounded_by_what_it_is_not_by_its_digits() -> None:
    nearly = Fraction(5, 2) - Fraction(1, 10**40)
    found = (
        half_up(Fraction(5, 2), 0),
        half_up(nearly, 0),
        half_up(Fraction(-5, 2), 0),
        half_up(Fraction(2, 3)),
    )
    assert [str(value) for value in found] == ["3", "2", "-3", "0.67"]


def test_down_is_to_the_whole_below() -> None:
    assert down(Decimal("1999.99")) == down(Fraction(5999, 3)) == 1999
    assert down(Decimal(2000)) == 2000


def test_a_share_of_nothing_is_unknown() -> None:
    assert percent(Decimal(39), Decimal(42)) == Decimal("92.86")
    assert percent(Decimal(0), Decimal(0)) is None
