"""The expression language of conditions."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.sop.expression import ExpressionError, outcome_name, parse

DATA = {
    "sifat": "biasa",
    "nilai": Decimal("1250.50"),
    "kanal": ["pos", "kurir"],
    "mulai": date(2026, 8, 17),
    "ya": True,
    "baris": [{"a": 1}],
    "catatan": "",
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sifat == 'biasa'", True),
        ("sifat != 'biasa'", False),
        ("sifat in ('biasa', 'terbatas')", True),
        ("sifat not in ['rahasia']", True),
        ("'pos' in kanal", True),
        ("nilai > 1250", True),
        ("nilai == 1250.5", True),
        ("0 < nilai <= 1250", False),
        ("nilai * 2 - 1", Decimal(2500)),
        ("1 / 4", Decimal("0.25")),
        ("-nilai", Decimal("-1250.50")),
        ("not ya", False),
        ("ya and sifat == 'biasa' or false", True),
        ("ya == true", True),
        ("ya == false", False),
        ("hilang == null", True),
        ("len(kanal) == 2", True),
        ("len(hilang)", 0),
        ("len(nilai)", 0),
        ("empty(catatan)", True),
        ("empty(baris)", False),
        ("empty(nilai)", False),
        ("hilang", None),
    ],
)
def test_an_expression_has_its_value(text: str, value: Any) -> None:
    assert parse(text).value(DATA) == value


@pytest.mark.parametrize(
    "text",
    [
        "hilang > 5",
        "sifat > 5",
        "mulai > 5",
        "5 in nilai",
        "'a' in hilang",
        "hilang * 2 > 1",
        "1 / 0 > 1",
        "-sifat > 0",
    ],
)
def test_what_cannot_be_compared_is_false_and_never_raises(text: str) -> None:
    assert parse(text).holds(DATA) is False


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "sifat.upper()",
        "sifat[0]",
        "lambda: 1",
        "f'{sifat}'",
        "len(sifat, kanal)",
        "len(x=1)",
        "[a for a in kanal]",
        "2 ** 9",
        "kanal is None",
        "b'x' == sifat",
        "1j",
        "...",
        "sifat = 'a'",
        "sifat ==",
        "",
        "tidak sesuai",
        "a" * 501,
        "(" * 230 + "1" + ")" * 230,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_the_names_it_reads_are_known() -> None:
    assert parse("a == 'x' and len(b) > c or true").names == {"a", "b", "c"}


def test_a_decision_is_known_by_its_step() -> None:
    assert outcome_name("periksa-hasil") == "periksa_hasil"


def test_texts_are_neither_multiplied_nor_joined() -> None:
    assert parse("a * 1000000000").value({"a": "x"}) is None
    with pytest.raises(ExpressionError, match="'Nomor ' is a text"):
        parse("'Nomor ' + nomor")


@given(st.text(alphabet="ab'()[]<>=!+-*/ .0127,notiandremply", max_size=40))
def test_no_text_whatever_breaks_it(text: str) -> None:
    try:
        expression = parse(text)
    except ExpressionError:
        return
    expression.value({"a": Decimal(1), "b": ["x"]})
    assert parse(text) == expression
