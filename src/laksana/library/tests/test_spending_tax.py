"""Taxes on what the office buys, at their limits."""

from decimal import Decimal
from fractions import Fraction

import pytest

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


@pytest.mark.reference("spp-spm/batas-dua-juta")
def test_the_treasurer_collects_both_taxes_just_above_two_million_and_none_at_it() -> None:
    at_limit, above = Fraction(2_000_000), Fraction(2_000_100)
    assert [spending_tax.withheld(tax, at_limit) for tax in ("ppn", "pph22")] == [0, 0]
    assert [spending_tax.withheld(tax, above) for tax in ("ppn", "pph22")] == [220_011, 30_001]


def test_cleaning_by_a_firm_bears_vat_and_two_percent() -> None:
    base = spending_tax.without("ppn", Decimal(55_500_000))
    assert base == 50_000_000
    assert [spending_tax.withheld(tax, base) for tax in ("ppn", "pph23")] == [5_500_000, 1_000_000]
