"""What is bought and what is paid, at their limits."""

from decimal import Decimal

import pytest

from laksana.library.aset.bahan_bacaan import rules


def test_law_that_is_free_is_not_bought_singly_and_a_commentary_only_with_reason() -> None:
    assert rules.approved("peraturan_lepas", True, True, 5, 0, 4)[0] == 0
    assert rules.approved("himpunan_peraturan", True, False, 2, 0, 4)[0] == 0
    assert rules.approved("himpunan_peraturan", True, True, 2, 0, 4) == (2, "")
    assert rules.approved("buku", False, False, 5, 1, 2)[0] == 2


@pytest.mark.reference("bahan-bacaan/koran-tidak-terbit")
def test_a_newspaper_is_paid_by_the_issues_that_came() -> None:
    assert rules.subscription(Decimal(120_000), 24, 26) == 110_769
