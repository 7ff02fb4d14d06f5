"""Rounding as offices do it: half up, where Python by itself rounds half to even."""

from decimal import ROUND_HALF_UP, Decimal


def half_up(value: Decimal, decimals: int = 2) -> Decimal:
    """Return a value with so many decimals, half rounded up."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def percent(part: Decimal, whole: Decimal, decimals: int = 2) -> Decimal | None:
    """Return part / whole * 100 with so many decimals, half rounded up; None where the whole is zero."""
    return half_up(part / whole * 100, decimals) if whole else None
