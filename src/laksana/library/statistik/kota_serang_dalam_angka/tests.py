"""The figures and checks of the yearbook, by the office's examples and at their edges."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from laksana.cases.play import play, read_script
from laksana.library.catalogue import entry
from laksana.library.statistik.kota_serang_dalam_angka import rules
from laksana.library.statistik.kota_serang_dalam_angka.book import corrected
from laksana.library.statistik.kota_serang_dalam_angka.checking import (
    BPS_ONLY,
    CHECKS,
    LOOKED_AT_TOGETHER,
    Sheet,
    check,
    listed,
)
from laksana.library.statistik.kota_serang_dalam_angka.grdp import released


def sheet(rules_of: str, *cells: tuple[Any, ...], **plan: Any) -> Sheet:
    """Return a table of cells (row, column, figure, mark, last year's figure)."""
    rows = []
    for cell in cells:
        row, column, value, mark, before = (*cell, None, None)[:5]
        figures = [None if each is None else Decimal(str(each)) for each in (value, before)]
        rows.append(
            {
                "kode_tabel": "T",
                "baris": row,
                "kolom": column,
                "nilai": figures[0],
                "tanda": mark,
                "nilai_lalu": figures[1],
            }
        )
    return Sheet.of({"kode": "T", "tingkat": "rincian", "aturan": rules_of, **plan}, rows)


def cells(text: str) -> list[tuple[Any, ...]]:
    """Return the cells of "row column figure [last year's figure]; ...", a figure being – where there is none."""
    found = []
    for row, column, value, *before in (cell.split() for cell in text.split("; ")):
        figure, mark = (None, value) if value == "–" else (value, None)
        found.append((row, column, figure, mark, *before))
    return found


def found(of: Sheet) -> list[tuple[str, str, str]]:
    """Return rule, row and column of every finding."""
    return [(each.rule, each.row, each.column) for each in check(of)]


@pytest.mark.reference("kota-serang-dalam-angka/dependensi")
def test_age_groups_give_the_dependency_ratio() -> None:
    groups = [Decimal(201340), Decimal(520118), Decimal(36750)]
    assert sum(groups) == 758208
    assert rules.dependency(*groups) == Decimal("45.78")
    assert rules.dependency(groups[0], Decimal(0), groups[2]) is None


def test_growth_is_geometric_and_takes_years_with_decimals() -> None:
    assert rules.growth(Decimal(759929), Decimal(744979)) == Decimal("2.01")
    assert rules.growth(Decimal(121), Decimal(100), Decimal(2)) == Decimal("10.00")
    assert rules.growth(Decimal(110), Decimal(100), Decimal("0.5")) == Decimal("21.00")
    assert rules.growth(Decimal(110), Decimal(0)) is None


def test_rates_of_work() -> None:
    assert rules.participation(Decimal(345210), Decimal(556868)) == Decimal("61.99")
    assert rules.unemployment(Decimal(25000), Decimal(345210)) == Decimal("7.24")


@pytest.mark.parametrize(
    ("before", "own", "limit"),
    [
        ("9", None, None),
        ("10", None, 50),
        ("99", None, 50),
        ("100", None, 20),
        ("8412", "35", 35),
        ("9", "35", None),
    ],
)
def test_small_figures_may_move_more(before: str, own: str | None, limit: int | None) -> None:
    assert rules.threshold(Decimal(before), Decimal(own) if own else None) == limit


def test_a_change_at_the_threshold_needs_no_word() -> None:
    assert found(sheet("lonjakan", ("A", "n", 120, None, 100), ("B", "n", 121, None, 100))) == [
        ("lonjakan", "B", "n")
    ]
    assert found(sheet("lonjakan", ("A", "n", 140, None, 100), ambang=Decimal(40))) == []


@pytest.mark.parametrize(
    ("checks", "good", "bad", "place"),
    [
        (
            "bagian-tak-lebih",
            "A lahir_hidup 10; A imunisasi_lengkap 10",
            "A lahir_hidup 10; A imunisasi_lengkap 11",
            "A imunisasi_lengkap",
        ),
        (
            "produktivitas",
            "A produksi 55; A luas_panen 10; A produktivitas 55",
            "A produksi 55; A luas_panen 0",
            "A luas_panen",
        ),
        ("apm-apk", "SD apm 98; SD apk 104", "SD apm 98; SD apk 97", "SD apm"),
        (
            "min-rata-maks",
            "Mei suhu_min 23; Mei suhu_rata 27",
            "Mei suhu_min 23; Mei suhu_rata 22; Mei suhu_maks 33",
            "Mei suhu_rata",
        ),
        (
            "cocok-wilayah",
            "36.73.05 kelurahan 8; 36.73 kelurahan 67",
            "36.73.05 kelurahan 9",
            "36.73.05 kelurahan",
        ),
        (
            "inflasi-ihk",
            "Jan ihk 105; Feb ihk 105.40; Feb inflasi_mtm 0.39",
            "Jan ihk 105; Feb ihk 105.40; Feb inflasi_mtm 0.41",
            "Feb inflasi_mtm",
        ),
        (
            "inflasi-ihk",
            "Jan ihk 105.40 103; Jan inflasi_yoy 2.33",
            "Jan ihk 105.40 103; Jan inflasi_yoy 2.38",
            "Jan inflasi_yoy",
        ),
        ("laju-penduduk", "A penduduk 1020 1000; A laju 2", "A penduduk 1020 1000; A laju 2.1", "A laju"),
        (
            "persentase-seratus",
            "A persentase 33.33; B persentase 66.66",
            "A persentase 33.33; B persentase 66.60",
            "Jumlah persentase",
        ),
        ("jumlah-baris", "A n 1.25; B n 1.25; Jumlah n 2.5", "A n 1.25; B n 1.25; Jumlah n 2.51", "Jumlah n"),
        ("jumlah-baris", "A n –; B n 2; Jumlah n 2", "A n –; B n 2; Jumlah n 3", "Jumlah n"),
        (
            "rasio-murid-guru",
            "A murid 9120; A guru 402; A rasio 22.69",
            "A murid 10; A guru 0; A rasio 5",
            "A rasio",
        ),
        ("rentang", "A ipm 74", "A ipm 101", "A ipm"),
    ],
)
def test_a_check_finds_what_is_wrong_and_only_that(checks: str, good: str, bad: str, place: str) -> None:
    assert found(sheet(checks, *cells(good))) == []
    assert found(sheet(checks, *cells(bad))) == [(checks, *place.split())]


def test_a_part_not_known_leaves_the_total_to_the_publisher() -> None:
    assert found(sheet("jumlah-baris", ("A", "n", None, "..."), ("B", "n", 2), ("Jumlah", "n", 9))) == []


def test_cells_say_what_they_are() -> None:
    wrong = sheet("", ("A", "n", None), ("B", "n", 5, "..."), ("C", "n", None, "NA"), ("D", "n", 5, "e"))
    assert found(wrong) == [("tanda", "A", "n"), ("tanda", "B", "n")]


def test_few_people_are_hidden_with_a_second_cell() -> None:
    shown = [("A", "n", 2), ("B", "n", 3), ("C", "n", 0), ("Jumlah", "n", 5)]
    assert found(sheet("", *shown)) == []
    assert found(sheet("", *shown, sensitif=True)) == [("pengecualian-tabel", "A", "n")]
    one = [("A", "n", None, "NA"), ("B", "n", 3), ("Jumlah", "n", 5)]
    assert found(sheet("", *one, sensitif=True)) == [("pengecualian-tabel", "A", "n")]
    two = [("A", "n", None, "NA"), ("B", "n", None, "NA"), ("Jumlah", "n", 5)]
    assert found(sheet("", *two, sensitif=True)) == []


def test_a_correction_replaces_figure_and_mark_or_adds_a_cell() -> None:
    place = {"kode_tabel": "T", "baris": "A", "kolom": "n"}
    told: list[dict[str, Any]] = [
        {**place, "tanda_baru": "..."},
        {**place, "baris": "B", "nilai_baru": Decimal(4)},
        {**place, "jawaban": "benar"},
    ]
    first, second = corrected([{**place, "nilai": Decimal(0), "satuan": "jiwa"}], told)
    assert (first["nilai"], first["tanda"], first["satuan"]) == (None, "...", "jiwa")
    assert (second["baris"], second["nilai"]) == ("B", 4)


def test_the_frame_is_whole() -> None:
    areas = [area.tingkat for area in rules.AREAS.rows()]
    assert (areas.count("kecamatan"), areas.count("kelurahan")) == (6, 67)
    known = {*CHECKS, *BPS_ONLY, *LOOKED_AT_TOGETHER}
    assert {name for row in rules.FRAME.rows() for name in listed(row.aturan)} <= known
    assert len(rules.FRAME.rows()) == 56


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_chapter_12_is_the_grdp_as_it_was_released() -> None:
    assert released(Decimal(2026)) == {"tabel_pdrb": [], "sumber_pdrb": None}
    script: Path = entry("pdrb").folder / "scenarios.yaml"
    scenarios = {each.id: each for each in read_script(script.read_text(encoding="utf-8"), str(script))}
    list(play(scenarios["contoh-tahunan"], script.parent))
    found = released(Decimal(2026))
    assert str(found["sumber_pdrb"]).endswith("PDRB 2025x, versi 2")
    last = found["tabel_pdrb"][-1]
    assert (last["kategori"], last["adhb"], last["laju"]) == ("PDRB", Decimal("48654.75"), Decimal("5.22"))
    assert released(Decimal(2024))["tabel_pdrb"] == []
