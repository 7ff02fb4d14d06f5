"""What a periodic report counts."""

from decimal import Decimal

import pytest

from laksana.library.catalogue import entry
from laksana.library.recap import counted, mean, share
from laksana.library.tests.examples import played, printed


def test_the_most_come_first_and_the_sum_last() -> None:
    assert counted(["b", "a", "c", "c"]) == [["c", "2"], ["a", "1"], ["b", "1"], ["Jumlah", "4"]]
    assert counted([]) == []


def test_counts_have_dots() -> None:
    assert counted(["a"] * 1200)[-1] == ["Jumlah", "1.200"]


@pytest.mark.parametrize(("part", "whole", "told"), [(7, 8, "87,50%"), (0, 3, "0,00%"), (0, 0, "-")])
def test_a_share_is_told_with_a_comma_and_none_of_nothing(part: int, whole: int, told: str) -> None:
    assert share(part, whole) == told


def test_a_mean_is_rounded_half_up() -> None:
    assert mean([1, 2, Decimal("2.25")]) == "1,8"
    assert mean([]) == "-"


def played_and_printed(procedure: str, example: str, document: str) -> str:
    played(str(entry(procedure).folder / "tests.py"), example)
    return " ".join(printed(document).split())


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_month_of_rabeg_is_counted_in_its_report() -> None:
    text = played_and_printed("rabeg", "jalan-normal", "laporan-bulanan")
    assert "Laporan diterima 1 Tidak dihitung" in text
    assert "Jawaban tepat waktu 100,00%" in text
    assert "Dinas Perhubungan 1 1 100,00%" in text


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_month_of_112_tells_response_times_by_their_target() -> None:
    text = played_and_printed("panggilan-darurat-112", "kebakaran-rumah", "laporan-bulanan-112")
    assert "Terjawab dalam 15 detik 100,00%" in text
    assert "15 menit 1 14,5 14,5" in text
    assert "19.00-19.59 1" in text


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_treasurers_account_has_each_line_by_kind_of_money_and_their_sums() -> None:
    text = played_and_printed("spj", "april-rekon", "lpj-adm")
    assert "LS gaji s.d. bulan lalu" in text
    assert "SP2D-GU 131.250.000" in text
    assert "Jumlah 948.000.000 0 0 0 100.000.000 386.400.000 486.400.000" in text
