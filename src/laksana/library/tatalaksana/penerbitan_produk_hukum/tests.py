"""The rules of legal drafting."""

from datetime import date
from typing import get_args

import pytest

from laksana.library.catalogue import entry
from laksana.library.tatalaksana.penerbitan_produk_hukum.rules import (
    LEVELS,
    LevelCode,
    citation_fault,
    citation_key,
    decision_number,
    effect,
    kind,
    ordinal,
    regulation_number,
    title_of_change,
)


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (1, "KESATU"),
        (2, "KEDUA"),
        (10, "KESEPULUH"),
        (11, "KESEBELAS"),
        (12, "KEDUA BELAS"),
        (20, "KEDUA PULUH"),
        (31, "KETIGA PULUH SATU"),
    ],
)
def test_dicta_are_spelled(number: int, name: str) -> None:
    assert ordinal(number) == name


def test_amendments_are_counted_in_the_title() -> None:
    assert [title_of_change(n) for n in (1, 2, 3)] == [
        "PERUBAHAN ATAS",
        "PERUBAHAN KEDUA ATAS",
        "PERUBAHAN KETIGA ATAS",
    ]


def test_citations_go_by_rank_then_year_then_number() -> None:
    cited: list[tuple[LevelCode, int, int]] = [
        ("perwal", 2020, 1),
        ("uu", 2014, 30),
        ("perppu", 2014, 1),
        ("uu", 2011, 12),
        ("permen", 2018, 120),
        ("uud", 1945, 0),
    ]
    assert sorted(cited, key=lambda each: citation_key(*each)) == [
        ("uud", 1945, 0),
        ("uu", 2011, 12),
        ("perppu", 2014, 1),
        ("uu", 2014, 30),
        ("permen", 2018, 120),
        ("perwal", 2020, 1),
    ]


def test_only_regulations_in_force_are_cited() -> None:
    assert citation_fault("uu", repealed=False) is None
    assert "dicabut" in str(citation_fault("uu", repealed=True))
    assert "Keputusan" in str(citation_fault("keputusan", repealed=False))


def test_the_table_knows_every_kind_that_can_be_chosen() -> None:
    columns = entry("penerbitan-produk-hukum").procedure.fields["mengingat"].columns or {}
    assert (
        set(columns["jenis"].choices or ()) == {row.kode for row in LEVELS.rows()} == set(get_args(LevelCode))
    )


@pytest.mark.parametrize(
    ("general", "of_the_city", "expected"),
    [
        (True, False, "peraturan_wali_kota"),
        (True, True, "peraturan_wali_kota"),
        (False, True, "keputusan_wali_kota"),
        (False, False, "keputusan_kepala_dinas"),
    ],
)
def test_kind(general: bool, of_the_city: bool, expected: str) -> None:
    assert kind(general, of_the_city) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (None, (date(2026, 11, 17), False)),
        (date(2026, 11, 17), (date(2026, 11, 17), False)),
        (date(2026, 12, 1), (date(2026, 12, 1), False)),
        (date(2026, 11, 1), (date(2026, 11, 1), True)),
    ],
)
def test_effect(wanted: date | None, expected: tuple[date, bool]) -> None:
    assert effect(wanted, date(2026, 11, 17)) == expected


def test_numbers() -> None:
    assert decision_number("000.8.3.3", 41, 2026) == "000.8.3.3/Kep.041/Diskominfo/2026"
    assert regulation_number(31, 2026) == "NOMOR 31 TAHUN 2026"
