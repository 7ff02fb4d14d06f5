"""Taxes on a payment for cleaning, with the figures of the office's reference."""

from datetime import date
from decimal import Decimal

import pytest

from laksana.library import spending_tax
from laksana.library.keuangan.spj.rules import tax_paid_by
from laksana.library.keuangan.spp_spm.actions import net_value
from laksana.worktime.services import calendar


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.reference("spp-spm/jasa-pph23")
def test_cleaning_bears_vat_and_two_percent_and_the_tax_of_april_is_paid_after_the_holidays() -> None:
    base = spending_tax.without("ppn", Decimal(55_500_000))
    taxes = [spending_tax.withheld(tax, base) for tax in ("ppn", "pph23")]
    assert [base, *taxes] == [50_000_000, 5_500_000, 1_000_000]
    assert net_value(Decimal(55_500_000), *taxes) == 49_000_000
    assert tax_paid_by("04-2026", calendar()) == date(2026, 5, 18)
