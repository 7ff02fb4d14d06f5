"""Rounding as offices do it: half up, where Python by itself rounds half to even; and down, as taxes and shares are."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor


def half_up(value: Decimal | Fraction, decimals: int = 2) -> Decimal:
    """Return a value, which may be an exact fraction, with so many decimals, half rounded up (away from zero)."""
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    units = floor(abs(value) * 10**decimals + Fraction(1, 2))
    return Decimal(units if value >= 0 else -units).scaleb(-decimals)


def down(value: Decimal | Fraction) -> Decimal:
    """Return the whole rupiah (or other units) of a value, which may be an exact fraction: the next below it."""
    return Decimal(floor(value))


def percent(part: Decimal, whole: Decimal, decimals: int = 2) -> Decimal | None:
    """Return part / whole * 100 with so many decimals, half rounded up; None where the whole is zero."""
    return half_up(part / whole * 100, decimals) if whole else None
