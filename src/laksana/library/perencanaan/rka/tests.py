"""Tests of the figures of the budget plan."""

from decimal import Decimal
from typing import Any

import pytest

from laksana.library.perencanaan.rka.actions import line_total


@pytest.mark.reference("rka/baris-atk", "rka/koefisien-perjalanan")
@pytest.mark.parametrize(
    ("row", "amount"),
    [
        ({"koefisien_1": 12, "koefisien_2": 4, "harga_satuan": 72_200, "ppn_persen": 11}, 3_846_816),
        ({"koefisien_1": 3, "koefisien_2": 2, "koefisien_3": 1, "harga_satuan": 450_000}, 2_700_000),
    ],
)
def test_a_line_is_its_coefficients_times_the_price_with_vat_on_top(row: dict[str, Any], amount: int) -> None:
    assert line_total(row) == Decimal(amount)
