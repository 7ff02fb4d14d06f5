"""Tables of law: typed reading, the office's own file, exact faults."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from laksana.library import tables
from laksana.library.checks import tables_are_readable
from laksana.library.tables import Listed, Row, Settings, Table, TableError, YesNo, read
from laksana.sop.definition import Time
from laksana.sop.duration import Duration, Unit

GOOD = """\
# Tarif untuk contoh.
# source: Perda contoh 1/2026
# checked: true
# valid_from: 2026-01-01
# valid_until: 2026-12-31
kode,tarif,batas,berlaku,penerima
a,1250.50,5 hari kerja,ya,kadis|sekretaris
b,,2 jam,tidak,
"""
NO_DURATION = (
    "'lama' is not a duration; expected a number and one of menit, jam, menit berjalan, jam berjalan, hari kerja, "
    "hari, minggu, bulan, tahun, such as '30 menit' or '3 hari kerja'"
)


class Tariff(Row):
    """A row to test with."""

    kode: str
    tarif: Decimal = Decimal(0)
    batas: Time
    berlaku: YesNo
    penerima: Listed = ()


def written(folder: Path, text: str, name: str = "tarif.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def reasons(file: Path) -> list[str]:
    with pytest.raises(TableError) as caught:
        read(file, Tariff, "kode")
    return [str(fault).removeprefix(f"{file}:") for fault in caught.value.faults]


def test_cells_are_read_by_their_type(tmp_path: Path) -> None:
    first, second = read(written(tmp_path, GOOD), Tariff, "kode").rows
    assert first == Tariff(
        kode="a",
        tarif=Decimal("1250.50"),
        batas=Duration(Decimal(5), Unit.WORKDAY),
        berlaku=True,
        penerima=("kadis", "sekretaris"),
    )
    assert (second.tarif, second.berlaku, second.penerima) == (Decimal(0), False, ())


def test_the_heading_says_where_the_figures_come_from(tmp_path: Path) -> None:
    origin = read(written(tmp_path, GOOD), Tariff).origin
    assert (origin.source, origin.checked) == ("Perda contoh 1/2026", True)
    assert origin.holds_on(date(2026, 12, 31))
    assert not origin.holds_on(date(2027, 1, 1))


def test_every_wrong_cell_is_named_by_line_and_column(tmp_path: Path) -> None:
    text = GOOD + "c,banyak,lama,mungkin,\nd,1,,ya,\n"
    assert reasons(written(tmp_path, text)) == [
        "9:2: tarif: input should be a valid decimal, not 'banyak'",
        f"9:3: batas: {NO_DURATION}, not 'lama'",
        "9:4: berlaku: write ya or tidak, not 'mungkin'",
        "10:3: batas: empty",
    ]


def test_a_line_number_counts_lines_of_the_file_also_after_a_cell_of_several_lines(tmp_path: Path) -> None:
    text = GOOD + '"c\nlanjutan",1,2 jam,ya,\n\nd,x,2 jam,ya,\n'
    assert reasons(written(tmp_path, text)) == ["12:2: tarif: input should be a valid decimal, not 'x'"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD.replace("# source: Perda contoh 1/2026\n", ""), ["1:1: # source: is missing"]),
        (
            GOOD.replace("checked: true", "checked: mungkin"),
            ["3:1: # checked: input should be a valid boolean, unable to interpret input, not 'mungkin'"],
        ),
        (
            GOOD.replace("kode,tarif", "kode,harga"),
            ["6:2: unknown column 'harga'; the columns are kode, tarif, batas, berlaku, penerima"],
        ),
        (
            GOOD.replace("berlaku", "tarif"),
            ["6:1: the column berlaku is missing", "6:4: the column tarif stands here a second time"],
        ),
        (GOOD + "c,1,2 jam\n", ["9:4: 3 cells where the heading has 5 columns"]),
        (GOOD + "a,1,2 jam,ya,\n", ["9:1: kode a stands already in line 7"]),
        (GOOD + 'c,"1,2 jam,ya,\n', ["9:1: not readable as CSV: unexpected end of data"]),
        (
            "# source: x\n",
            [f"2:1: the column {name} is missing" for name in ("kode", "batas", "berlaku")],
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert reasons(written(tmp_path, text)) == expected


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "tarif.csv"
    file.write_bytes(GOOD.encode() + b"c,1,2 jam,ya,caf\xe9\n")
    assert reasons(file) == ["9:1: not UTF-8; save the file as CSV UTF-8"]


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "tarif.csv"
    with file.open("wb") as handle:
        handle.truncate(tables.MAX_BYTES + 1)
    assert reasons(file) == ["1:1: larger than 5 MB"]


def test_a_file_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "tarif.csv"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert [row.kode for row in read(file, Tariff, "kode").rows] == ["a", "b"]


@pytest.fixture
def tariffs(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Table[Tariff]:
    """A table of a procedure, and an office that may replace it."""
    monkeypatch.setattr(tables, "_tables", {})
    settings.HOME = tmp_path / "home"
    (tmp_path / "home" / "tables").mkdir(parents=True)
    written(tmp_path, GOOD)
    return Table(str(tmp_path / "rules.py"), "tarif.csv", Tariff, key="kode")


def replace_by(tariffs: Table[Tariff], text: str) -> Path:
    folder = tariffs.shipped.parent / "home" / "tables"
    return written(folder, text)


def test_the_office_s_file_of_the_same_name_holds(tariffs: Table[Tariff]) -> None:
    assert tariffs["a"].tarif == Decimal("1250.50")
    own = replace_by(
        tariffs, GOOD.replace("1250.50", "900").replace("Perda contoh 1/2026", "Perda contoh 2/2026")
    )
    assert tariffs["a"].tarif == Decimal(900)
    assert tariffs.origin.source == "Perda contoh 2/2026"
    own.unlink()
    assert tariffs["a"].tarif == Decimal("1250.50")


def test_a_changed_file_is_read_anew_and_an_unchanged_one_is_not(tariffs: Table[Tariff]) -> None:
    own = replace_by(tariffs, GOOD)
    before = tariffs.rows()
    assert tariffs.rows() is before
    own.write_text(GOOD.replace("1250.50", "7"), encoding="utf-8")
    os.utime(own, ns=(1, 1))
    assert tariffs["a"].tarif == Decimal(7)


def test_an_unknown_key_has_no_row(tariffs: Table[Tariff]) -> None:
    assert tariffs.get("z") is None
    with pytest.raises(KeyError):
        _ = tariffs["z"]


def test_a_faulty_file_of_the_office_is_refused_not_passed_over(tariffs: Table[Tariff]) -> None:
    own = replace_by(tariffs, GOOD + "c,banyak,2 jam,ya,\n")
    with pytest.raises(TableError, match="banyak"):
        tariffs.get("a")
    found = [str(message.msg) for message in tables_are_readable()]
    assert found == [f"{own}:9:2: tarif: input should be a valid decimal, not 'banyak'"]


def test_a_figure_is_asked_by_its_name_and_an_unknown_one_is_refused(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_tables", {})
    settings.HOME = tmp_path / "home"
    written(tmp_path, "# source: x\nketentuan,angka,sumber\nbatas,2.5,UU 1\n", "angka-contoh.csv")
    figure = Settings(str(tmp_path / "rules.py"), "angka-contoh.csv")
    assert (figure("batas"), figure.whole("batas"), figure["batas"].sumber) == (Decimal("2.5"), 2, "UU 1")
    with pytest.raises(KeyError):
        figure("lain")


def test_a_file_that_replaces_no_table_is_reported(tariffs: Table[Tariff]) -> None:
    stray = written(tariffs.shipped.parent / "home" / "tables", GOOD, "tarip.csv")
    assert [str(fault) for fault in tables.faults()] == [
        f"{stray}:1:1: replaces no table; the tables are tarif.csv"
    ]


def test_two_tables_cannot_have_one_name(tariffs: Table[Tariff], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two tables are named"):
        Table(str(tmp_path / "elsewhere" / "rules.py"), "tarif.csv", Tariff)


def test_a_table_that_stands_above_its_rule_is_replaced_by_its_plain_name(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_tables", {})
    settings.HOME = tmp_path / "home"
    shipped = tmp_path / "subject"
    (shipped / "procedure").mkdir(parents=True)
    written(shipped, GOOD)
    table = Table(str(shipped / "procedure" / "actions.py"), "../tarif.csv", Tariff, key="kode")
    assert table["a"].tarif == Decimal("1250.50")
    own = settings.HOME / "tables"
    own.mkdir(parents=True)
    written(own, GOOD.replace("1250.50", "900"))
    assert (table.name, table["a"].tarif) == ("tarif.csv", Decimal(900))
