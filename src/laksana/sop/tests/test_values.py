"""What people and programs give for a field, and the value it has."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.sop.definition import FieldSpec, FieldType
from laksana.sop.values import JAKARTA, Invalid, Location, from_json, number_text, parse, to_json


def spec(kind: str, **keys: Any) -> FieldSpec:
    return FieldSpec.model_validate({"label": "Isian", "type": kind, **keys})


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("text", "  Surat masuk ", "Surat masuk"),
        ("text", 12, "12"),
        ("longtext", "a\r\nb", "a\nb"),
        ("number", "1.250.000,50", Decimal("1250000.50")),
        ("number", "1.250", Decimal(1250)),
        ("number", "99.5", Decimal("99.5")),
        ("number", "0.125", Decimal("0.125")),
        ("number", "-3", Decimal(-3)),
        ("number", "\u22123", Decimal(-3)),
        ("number", 99.5, Decimal("99.5")),
        ("number", 7, Decimal(7)),
        ("number", 0, Decimal(0)),
        ("money", "Rp 1.250.000,-", Decimal(1250000)),
        ("money", "rp1.250.000,50", Decimal("1250000.50")),
        ("money", "250000", Decimal(250000)),
        ("date", "17-08-2026", date(2026, 8, 17)),
        ("date", "7/8/2026", date(2026, 8, 7)),
        ("date", "2026-08-17", date(2026, 8, 17)),
        ("date", date(2026, 8, 17), date(2026, 8, 17)),
        ("time", "09.30", time(9, 30)),
        ("time", "09:30:15", time(9, 30, 15)),
        ("datetime", "2026-11-10T09:20", datetime(2026, 11, 10, 9, 20, tzinfo=JAKARTA)),
        ("datetime", "10-11-2026 09.20", datetime(2026, 11, 10, 9, 20, tzinfo=JAKARTA)),
        ("datetime", "2026-11-10T02:20:00Z", datetime(2026, 11, 10, 9, 20, tzinfo=JAKARTA)),
        ("datetime", "2026-11-10T09:20+07:00", datetime(2026, 11, 10, 9, 20, tzinfo=JAKARTA)),
        ("datetime", datetime(2026, 11, 10, 9, 20), datetime(2026, 11, 10, 9, 20, tzinfo=JAKARTA)),  # noqa: DTZ001
        ("bool", "ya", True),
        ("bool", "on", True),
        ("bool", False, False),
        ("bool", "0", False),
        ("person", "12", 12),
        ("file", 7, 7),
        ("files", ["7", 8, "7", ""], [7, 8]),
        ("files", "7", [7]),
        ("unit", "sekretariat", "sekretariat"),
        ("assignee", "position:kasubag-umpeg", "position:kasubag-umpeg"),
        ("email", "budi.s@serangkota.go.id", "budi.s@serangkota.go.id"),
        ("phone", "0812-3456-7890", "+6281234567890"),
        ("phone", "(0254) 200 123", "+62254200123"),
        ("phone", "+65 6123 4567", "+6561234567"),
        ("url", "https://serangkota.go.id/a?b=c", "https://serangkota.go.id/a?b=c"),
        ("nip", "19800817 200501 1 001", "198008172005011001"),
        ("nik", "3673 0117 0880 0001", "3673011708800001"),
        ("nik", "6501015708930003", "6501015708930003"),
        ("npwp", "01.312.166.0-091.000", "013121660091000"),
        ("npwp", "3673011708800001", "3673011708800001"),
        ("location", "-6.1201, 106.1503", Location(Decimal("-6.1201"), Decimal("106.1503"))),
        ("location", "-6.1201,106.1503", Location(Decimal("-6.1201"), Decimal("106.1503"))),
        ("location", "-6,1201; 106,1503", Location(Decimal("-6.1201"), Decimal("106.1503"))),
        ("location", {"lat": -6.1, "lon": 106}, Location(Decimal("-6.1"), Decimal(106))),
    ],
)
def test_a_value_is_read_as_it_is_written_in_an_office(kind: str, given: Any, value: Any) -> None:
    assert parse(spec(kind), given) == value


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("text", "dua\nbaris"),
        ("text", "x" * 1001),
        ("text", "nol\x00"),
        ("text", True),
        ("text", {"a": 1}),
        ("longtext", "x" * 100_001),
        ("number", "seribu"),
        ("number", "1,250,000"),
        ("number", "1.25.000"),
        ("number", "1e5"),
        ("number", "NaN"),
        ("number", "Infinity"),
        ("number", float("inf")),
        ("number", float("nan")),
        ("number", True),
        ("number", "9" * 25),
        ("number", Decimal("1e-99")),
        ("number", "\u0661\u0662"),
        ("money", "12.5"),
        ("date", "31-02-2026"),
        ("date", "17 Agustus"),
        ("date", "0026-08-17"),
        ("date", 20260817),
        ("date", datetime(2026, 8, 17, tzinfo=JAKARTA)),
        ("time", "25.00"),
        ("time", 560),
        ("datetime", "2026-08-17"),
        ("datetime", "2026-08-17 25.00"),
        ("datetime", "2026-99-17T09:00Z"),
        ("bool", "mungkin"),
        ("person", "0"),
        ("person", "-1"),
        ("person", "budi"),
        ("person", True),
        ("file", "9" * 30),
        ("unit", "Sekretariat Dinas"),
        ("assignee", "kasubag"),
        ("assignee", "superior:1"),
        ("email", "budi@"),
        ("email", "budi@localhost"),
        ("email", "a" * 65 + "@serangkota.go.id"),
        ("phone", "08123"),
        ("phone", "telepon"),
        ("url", "javascript:alert(1)"),
        ("url", "serangkota.go.id"),
        ("url", "https://"),
        ("url", "http://[::1"),
        ("nip", "19800817"),
        ("nik", "3673013208800001"),
        ("nik", "0673011708800001"),
        ("nik", "36730117088000"),
        ("nik", "3673018108800001"),
        ("npwp", "01.312.166.1-091.000"),
        ("npwp", "123"),
        ("npwp", "3673013208800001"),
        ("location", "Serang"),
        ("location", "-96.1, 106.1"),
        ("location", "-6.1, 206.1"),
        ("location", {"lat": "x", "lon": 1}),
    ],
)
def test_what_is_no_value_of_its_type_is_refused_with_a_sentence(kind: str, given: Any) -> None:
    with pytest.raises(Invalid) as refused:
        parse(spec(kind), given)
    assert str(refused.value).endswith((".", "000,50."))


@pytest.mark.parametrize(
    "kind", [k for k in get_args(FieldType) if k not in ("choice", "multichoice", "table")]
)
@pytest.mark.parametrize("nothing", [None, "", "   ", []])
def test_nothing_is_none_for_every_type(kind: str, nothing: Any) -> None:
    assert parse(spec(kind), nothing) is None


def test_a_choice_is_one_of_the_list() -> None:
    sifat = spec("choice", choices=["biasa", "rahasia"])
    assert parse(sifat, "rahasia") == "rahasia"
    with pytest.raises(Invalid, match="umum is not in it"):
        parse(sifat, "umum")


def test_a_multichoice_keeps_each_choice_once() -> None:
    kanal = spec("multichoice", choices=["pos", "kurir"])
    assert parse(kanal, ["kurir", "pos", "kurir", ""]) == ["kurir", "pos"]
    assert parse(kanal, "pos") == ["pos"]
    with pytest.raises(Invalid):
        parse(kanal, ["pos", "faks"])


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15))
def test_a_number_shown_is_read_back_as_the_same_number(number: Decimal) -> None:
    assert parse(spec("money"), number_text(number)) == number


@pytest.mark.parametrize(
    "kind", [k for k in get_args(FieldType) if k not in ("choice", "multichoice", "table")]
)
@given(
    given=st.one_of(
        st.text(),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.lists(st.text()),
        st.dictionaries(st.text(), st.text()),
    )
)
def test_no_input_whatever_breaks_a_reader(kind: str, given: Any) -> None:
    try:
        value = parse(spec(kind), given)
    except Invalid:
        return
    assert parse(spec(kind), value) == value, "a typed value is read as itself"
    assert from_json(spec(kind), to_json(value)) == value


_TYPED: dict[str, st.SearchStrategy[Any]] = {
    "number": st.decimals(allow_nan=False, allow_infinity=False),
    "money": st.decimals(allow_nan=False, allow_infinity=False),
    "date": st.dates(),
    "time": st.times(),
    "datetime": st.datetimes(min_value=datetime(1950, 1, 1), timezones=st.just(JAKARTA)),  # noqa: DTZ001
    "text": st.text(),
    "bool": st.booleans(),
    "files": st.lists(st.integers()),
    "location": st.builds(Location, st.decimals(-90, 90), st.decimals(-180, 180)),
}


@pytest.mark.parametrize("kind", _TYPED)
@given(data=st.data())
def test_json_loses_nothing_of_a_value(kind: str, data: st.DataObject) -> None:
    value = data.draw(_TYPED[kind])
    again = from_json(spec(kind), to_json(value))
    assert again == value
    assert str(again) == str(value), "trailing zeros and offsets too"


def test_an_instant_from_elsewhere_is_kept_as_the_same_instant() -> None:
    there = datetime(2026, 11, 10, 2, 20, tzinfo=UTC)
    assert to_json(there) == "2026-11-10T09:20:00+07:00"
    assert from_json(spec("datetime"), to_json(there)) == there


def test_a_table_comes_back_from_json_with_typed_columns() -> None:
    table = spec(
        "table", columns={"hari": {"label": "Hari", "type": "date"}, "rp": {"label": "Rp", "type": "money"}}
    )
    rows = [{"hari": date(2026, 8, 17), "rp": Decimal("1.50")}, {"hari": None, "rp": None}]
    assert from_json(table, to_json(rows)) == rows
