"""The rules of access rights, with the figures of the office's reference and at their limits."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from laksana.cases.play import play, read_script
from laksana.library.teknologi.pemeliharaan_hak_akses import rules
from laksana.worktime.services import calendar

TODAY = date(2026, 11, 24)


@pytest.mark.reference("pemeliharaan-hak-akses/tinjauan-dorman")
@pytest.mark.parametrize(
    ("kind", "used", "made", "days", "mark", "becomes"),
    [
        ("biasa", date(2026, 8, 20), None, 96, "dorman", "tangguhkan"),
        ("biasa", None, date(2026, 8, 1), 115, "dorman", "tangguhkan"),
        ("istimewa", date(2026, 10, 26), None, 29, None, "pertahankan"),
        ("biasa", date(2026, 5, 20), None, 188, "dorman_tutup", "cabut"),
        ("biasa", date(2026, 8, 26), None, 90, None, "pertahankan"),
        ("biasa", date(2026, 5, 28), None, 180, "dorman", "tangguhkan"),
    ],
)
def test_an_account_that_nobody_uses_is_suspended_and_later_withdrawn(
    kind: str, used: date | None, made: date | None, days: int, mark: str | None, becomes: str
) -> None:
    assert (TODAY - (used or made or TODAY)).days == days
    assert rules.disuse(kind, TODAY, used, made) == mark
    assert rules.decision([mark] if mark else [], "pertahankan", None) == becomes


def test_a_reason_keeps_an_unused_account_but_not_one_without_owner() -> None:
    assert rules.decision(["dorman"], "pertahankan", "Pemilik cuti besar") == "pertahankan"
    assert rules.decision(["dorman", "yatim"], "pertahankan", "Pemilik cuti besar") == "cabut"
    assert rules.decision(["liar"], "pertahankan", "Ada") == "tangguhkan"
    assert rules.decision([], None, None) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.reference("pemeliharaan-hak-akses/tinjauan-tanggal")
def test_the_next_review_is_the_same_day_months_later_or_the_next_working_day() -> None:
    assert rules.next_review(date(2026, 5, 29), ["biasa"], calendar()) == date(2026, 11, 30)
    assert rules.next_review(date(2026, 8, 31), ["biasa"], calendar()) == date(2027, 3, 1)
    assert rules.next_review(date(2026, 8, 31), ["biasa", "istimewa"], calendar()) == date(2026, 11, 30)


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.reference("pemeliharaan-hak-akses/tinjauan-lewat")
def test_what_the_owner_left_is_suspended_and_the_review_may_be_complete() -> None:
    folder = Path(rules.__file__).parent
    script = folder / "scenarios.yaml"
    [scenario] = [
        each
        for each in read_script(script.read_text(encoding="utf-8"), str(script))
        if each.id == "tinjauan-lewat"
    ]
    accounts = [{"sistem": "Portal Data", "akun": f"akun-{number}"} for number in range(120)]
    decided = ["pertahankan"] * 113 + ["tangguhkan"] * 7
    for act in scenario.acts:
        if act.step == "tarik-daftar":
            act.data, act.expect.values["jumlah_akun"] = {"daftar_akun": accounts}, 120
        elif act.step == "eskalasi":
            act.data["daftar_akun"] = [
                {**account, "keputusan": word} for account, word in zip(accounts, decided, strict=True)
            ]
        elif act.step == "lengkap":
            act.expect.values["persen_ditinjau"] = "94.17"
    assert list(play(scenario, folder))


@pytest.mark.reference("pemeliharaan-hak-akses/tinjauan-lewat")
def test_seven_of_120_accounts_that_were_suspended_do_not_count_as_reviewed() -> None:
    assert rules.reviewed(113, 120) == Decimal("94.17")
    assert rules.reviewed(0, 0) == Decimal("100.00")
