"""Amounts in messages."""

from decimal import Decimal

import pytest

from laksana.library.rupiah import rupiah


@pytest.mark.parametrize(
    ("amount", "written"),
    [("1250000", "Rp1.250.000"), ("0.5", "Rp1"), ("1250000.00", "Rp1.250.000"), ("-1500", "Rp-1.500")],
)
def test_an_amount_is_written_with_points_and_without_cents(amount: str, written: str) -> None:
    assert rupiah(Decimal(amount)) == written
