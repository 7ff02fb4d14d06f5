"""The plan of cash at its figures, with those of the office's reference."""

from decimal import Decimal

import pytest

from laksana.library.perencanaan.dpa import rules


@pytest.mark.reference("dpa/kas-gaji")
def test_pay_is_planned_with_two_extra_months() -> None:
    plan = rules.payroll_plan(Decimal(4_200_000_000), 3)
    assert [plan[month - 1] for month in (1, 3, 6, 12)] == [
        300_000_000,
        600_000_000,
        600_000_000,
        300_000_000,
    ]
    assert sum(plan) == 4_200_000_000


@pytest.mark.reference("dpa/spd-triwulan")
def test_money_is_released_by_the_quarters_of_the_plan() -> None:
    months = [Decimal(each) for each in (20, 20, 35, 30, 45, 50, 60, 0, 50, 20, 20, 10)]
    quarters = rules.released(months)
    assert quarters[:2] == [75, 200]
    assert quarters[-1] == 360
    assert sum(months) - quarters[1] == 160
