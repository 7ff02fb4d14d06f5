"""The matrix of predicates and what misconduct costs, with the figures of the office's reference."""

from decimal import Decimal

import pytest

from laksana.library.kepegawaian.functional import credit
from laksana.library.kepegawaian.skp_asn import rules


@pytest.mark.reference("skp-asn/misconduct")
def test_behaviour_below_makes_the_best_results_misconduct() -> None:
    assert rules.predicate("di_atas", "di_bawah") == "Kurang"
    assert rules.predicate("di_atas", "sesuai") == "Baik"
    assert credit("Ahli Muda", "Kurang") == Decimal("12.50")
