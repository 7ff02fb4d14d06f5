"""Rounding half up, shares, and putting together what units gave."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from laksana.cases.models import Case, SopVersion
from laksana.library import services
from laksana.library.gathering import gathered
from laksana.library.rounding import down, half_up, percent

AT = datetime(2026, 11, 10, 2, tzinfo=UTC)


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


@pytest.mark.django_db
def test_of_a_unit_asked_again_only_its_newest_rows_count() -> None:
    services.install()
    version = SopVersion.objects.get(procedure="lkpj")
    case = Case.objects.create(number="X/1", sop=version, procedure="lkpj", level="terbuka", opened_at=AT)
    given = [("1", "egov", [1]), ("2", "statistik", [2]), ("3", "egov", [3, 4])]
    for path, unit, rows in given:
        case.instances.create(
            path=path, made_by="terima", row={"bidang": unit}, data={"masalah": rows}, made_at=AT
        )
    assert gathered(case, "masalah", "kebijakan") == {"masalah": [3, 4, 2], "kebijakan": []}
