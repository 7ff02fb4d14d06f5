"""The rules of integrations, with the figures of the office's reference and at their limits."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from laksana.library.teknologi.integrasi_aplikasi import rules


@pytest.mark.reference("integrasi-aplikasi/ketersediaan-november")
def test_announced_maintenance_is_no_outage_and_the_target_is_compared_unrounded() -> None:
    outages = [{"menit": 150}, {"menit": 70}, {"menit": 180, "terencana": True}]
    found = rules.availability(date(2026, 11, 24), outages, Decimal("99.5"))
    assert (found.minutes, found.allowed, found.met) == (220, Fraction(216), False)
    assert f"{float(found.percent):.4f}" == "99.4907"
    assert found.shown == Decimal("99.49")
    assert rules.availability(date(2026, 11, 1), [{"menit": 216}], Decimal("99.5")).met
    assert rules.availability(date(2026, 12, 1), [], Decimal("99.5")).allowed == Fraction("223.2")
    too_long = [{"menit": 250, "terencana": True}]
    assert rules.availability(date(2026, 11, 1), too_long, Decimal("99.5")).minutes == 10


def test_a_key_ends_with_its_agreement_or_after_a_year_and_its_holder_is_reminded() -> None:
    issued = date(2026, 11, 24)
    assert rules.key_until(issued, date(2028, 10, 31)) == date(2027, 11, 24)
    assert rules.key_until(issued, None) == date(2027, 11, 24)
    assert rules.reminders(date(2027, 11, 24)) == [date(2027, 10, 25), date(2027, 11, 10), date(2027, 11, 17)]


def test_quotas_are_half_as_much_again_but_never_below_the_floor() -> None:
    assert rules.quotas(Decimal(40), Decimal(6000)) == (60, 10000)
    assert rules.quotas(Decimal(41), Decimal(6667)) == (62, 10001)


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (20, 19), (21, 20), (100, 95), (1000, 950)])
def test_the_percentile_is_the_nearest_rank(count: int, expected: int) -> None:
    assert rules.p95(range(count, 0, -1)) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Baris pertama"),
        ("status,milidetik\n", "Tidak ada permintaan"),
        ("status,milidetik\n200,12\n200,lama\n", "Baris 3"),
        ("status,milidetik\n200\n", "Baris 2"),
        ("status,milidetik\n200,-1\n", "Baris 2"),
    ],
)
def test_what_is_no_load_test_is_refused_with_its_line(text: str, told: str) -> None:
    with pytest.raises(rules.LoadError, match=told):
        rules.measured(text)


def test_server_faults_and_time_outs_have_failed_but_not_what_is_refused_by_design() -> None:
    assert rules.measured("status,milidetik\n200,5\n429,1\n503,9\n0,30000\n").failed == 50


def test_what_the_owner_refused_needs_no_assessment() -> None:
    row = {"pribadi": "spesifik"}
    assert rules.needs_assessment([row], Decimal(1), penggabungan=False)
    assert not rules.needs_assessment([{**row, "disetujui": False}], Decimal(10_000), penggabungan=False)
    assert rules.needs_assessment([], Decimal(10_001), penggabungan=False)
    assert rules.needs_assessment([], Decimal(0), penggabungan=True)
