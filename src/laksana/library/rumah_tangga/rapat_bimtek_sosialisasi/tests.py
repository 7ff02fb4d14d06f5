"""The fee of a speaker, with the figures of the office's reference."""

from decimal import Decimal

import pytest

from laksana.library.rumah_tangga.rapat_bimtek_sosialisasi import rules


@pytest.mark.reference("rapat-bimtek-sosialisasi/narasumber-non-asn")
def test_a_private_expert_is_paid_by_quarters_of_an_hour_and_taxed_on_half() -> None:
    assert rules.hours(100) == Decimal("1.5")
    gross = rules.speaker_fee("narasumber", Decimal(900_000), 100, from_outside=True, outsiders=0, present=1)
    tax = rules.tax(gross, rules.tax_kind("non_asn", None))
    assert [gross, tax, gross - tax] == [1_350_000, 33_750, 1_316_250]
