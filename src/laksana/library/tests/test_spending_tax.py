"""Taxes on what the office buys, at their limits."""

from decimal import Decimal
from fractions import Fraction

from laksana.library import spending_tax


def test_the_price_without_vat_is_exact_and_the_tax_on_it_rounded_down() -> None:
    base = spending_tax.without("ppn", Decimal(1_000_000))
    assert base == Fraction(100_000_000, 111)
    assert spending_tax.amount("ppn", base) == 99_099
    assert spending_tax.line("ppn", base, Decimal(99_099))["dasar"] == 900_901


def test_a_tax_is_withheld_only_above_its_limit() -> None:
    assert spending_tax.withheld("pph22", Fraction(2_000_000)) == 0
    assert spending_tax.withheld("pph22", Fraction(2_000_001)) == 30_000
    assert spending_tax.withheld("pph22", Fraction(2_000_001), has_npwp=False) == 60_000
    assert spending_tax.withheld("pph23", Fraction(50)) == 1


def test_a_small_business_bears_the_final_tax_whatever_it_sells() -> None:
    base = Fraction(10_000_000)
    assert spending_tax.income_tax("pph22", base, has_npwp=False, small_business=True) == (
        "pph-umkm",
        Decimal(50_000),
    )
    assert spending_tax.income_tax("pph22", base, has_npwp=False, small_business=False) == (
        "pph22",
        Decimal(300_000),
    )
