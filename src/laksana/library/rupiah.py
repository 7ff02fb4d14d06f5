"""Amounts of money in the sentences that people read."""

from decimal import Decimal

from laksana.library.rounding import half_up
from laksana.sop.values import number_text


def rupiah(amount: Decimal | int) -> str:
    """Return an amount in whole rupiah, half rounded up, as the office writes it: Rp1.250.000."""
    return f"Rp{number_text(half_up(Decimal(amount), 0))}"
