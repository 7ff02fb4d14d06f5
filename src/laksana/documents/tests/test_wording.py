"""Values in words, as papers and books write them."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from laksana.documents.tests.data import Names
from laksana.documents.wording import plain, worded
from laksana.sop.definition import FieldSpec
from laksana.worktime.zone import OFFICE_ZONE

MOMENT = datetime(2026, 11, 10, 9, 20, tzinfo=OFFICE_ZONE)


def spec(kind: str, **over: Any) -> FieldSpec:
    return FieldSpec.model_validate({"label": "Isian", "type": kind} | over)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("text", "Surat", "Surat"),
        ("date", date(2026, 3, 1), "1 Maret 2026"),
        ("datetime", MOMENT, "10 November 2026, 09.20 WIB"),
        ("time", time(7, 30), "07.30 WIB"),
        ("number", Decimal("1250.5"), "1.250,5"),
        ("money", Decimal(1250000), "Rp1.250.000"),
        ("bool", True, "Ya"),
        ("bool", False, "Tidak"),
        ("person", 7, "Orang 7"),
        ("unit", "sekretariat", "Unit sekretariat"),
        ("assignee", "position:kasubag", "Meja position:kasubag"),
        ("file", 3, "Berkas 3"),
        ("files", [3, 4], "Berkas 3, Berkas 4"),
        ("text", None, ""),
    ],
)
def test_a_value_in_words(kind: str, value: Any, words: str) -> None:
    assert worded(spec(kind), value, Names()) == words


def test_choices_are_told_by_their_labels() -> None:
    choices = {"biasa": "Biasa", "segera": "Amat segera"}
    assert worded(spec("choice", choices=choices), "segera", Names()) == "Amat segera"
    assert worded(spec("multichoice", choices=choices), ["biasa", "segera"], Names()) == "Biasa, Amat segera"


def test_a_table_gives_a_line_for_each_row() -> None:
    columns = {"nama": {"label": "Nama", "type": "text"}, "jumlah": {"label": "Jumlah", "type": "number"}}
    rows = [{"nama": "Kertas", "jumlah": Decimal(2)}, {"nama": "Tinta", "jumlah": None}]
    assert worded(spec("table", columns=columns), rows, Names()) == "Kertas; 2\nTinta"


def test_a_moment_of_another_zone_is_told_in_local_time() -> None:
    assert plain(Decimal("1250.50")) == "1.250,50"
    assert plain(datetime.fromisoformat("2026-11-10T20:00:00+00:00")) == "11 November 2026, 03.00 WIB"


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"min": 2020, "max": 2100}, "2027"),
        ({"min": 1945}, "2027"),
        ({}, "2.027"),
        ({"min": 0}, "2.027"),
        ({"min": 2000, "max": 5000}, "2.027"),
    ],
)
def test_a_number_that_can_only_be_a_year_is_written_without_a_dot(
    limits: dict[str, int], words: str
) -> None:
    assert worded(spec("number", **limits), Decimal(2027), Names()) == words
