"""Books leave as CSV, XLSX and PDF, and no cell of theirs is ever carried out."""

import csv
import shutil
import subprocess
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest

from laksana.documents.tests.data import Names
from laksana.documents.tests.pdf import pages_of, text_of
from laksana.registers.books import Book, Column
from laksana.registers.cells import cell, typed
from laksana.registers.exports import ROWS_PER_PAGE, book_pdf, write_csv, write_pdf, write_xlsx
from laksana.registers.reading import Correction, Line
from laksana.worktime.zone import OFFICE_ZONE

AT = datetime(2026, 11, 18, 9, 20, tzinfo=OFFICE_ZONE)
HOSTILE = ['=HYPERLINK("http://contoh.test")', "+62 812", "-cmd", "@SUM(A1)", "\tx", "\rx"]


def book(*keys: str) -> Book:
    return Book(
        "contoh", "Contoh", "buku", "Buku Contoh", tuple(Column(key, key.capitalize(), False) for key in keys)
    )


def line(number: int = 1, corrections: tuple[Correction, ...] = (), **cells: Any) -> Line:
    return Line(number, 2026, number, AT, "CONTOH/2026/0001", False, cells, corrections)


def as_csv(opened: Book, *lines: Line) -> list[list[str]]:
    target = StringIO()
    write_csv(opened, lines, target)
    return list(csv.reader(StringIO(target.getvalue())))


def as_sheet(opened: Book, *lines: Line) -> Any:
    target = BytesIO()
    write_xlsx(opened, lines, target)
    return openpyxl.load_workbook(target).active


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_disarms_what_a_spreadsheet_would_carry_out(text: str) -> None:
    [_heads, row] = as_csv(book("hal"), line(hal=text))
    assert row[1] == "'" + text


@pytest.mark.parametrize("text", HOSTILE[:4])
def test_xlsx_keeps_such_a_text_as_text(text: str) -> None:
    cell = as_sheet(book("hal"), line(hal=text))["B2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_csv_writes_dates_and_numbers_as_programs_read_them() -> None:
    cells: dict[str, Any] = {
        "a": {"date": "2026-11-10"},
        "b": {"datetime": "2026-11-10T09:20:00+07:00"},
        "c": {"money": "-1250000.5"},
    }
    [heads, row] = as_csv(book("a", "b", "c"), line(7, **cells))
    assert heads == ["No. urut", "A", "B", "C"]
    assert row == ["7", "2026-11-10", "2026-11-10 09:20", "-1250000.5"]


def test_xlsx_writes_dates_times_and_numbers_as_such() -> None:
    cells: dict[str, Any] = {
        "a": {"date": "2026-11-10"},
        "b": {"datetime": "2026-11-10T02:20:00+00:00"},
        "c": {"money": "1250000"},
        "d": {"time": "09:20:00"},
    }
    sheet = as_sheet(book("a", "b", "c", "d"), line(7, **cells))
    values = [cell.value for cell in sheet[2]]
    assert values == [7, datetime(2026, 11, 10), datetime(2026, 11, 10, 9, 20), 1250000, time(9, 20)]  # noqa: DTZ001


def test_a_correction_stands_below_its_row_in_both() -> None:
    corrected = Correction(AT, "Ani Contoh", "Salah tulis", {"hal": "Lama"}, {"hal": "Baru"})
    row = line(1, (corrected,), hal="Baru", lain="x")
    told = "semula (dikoreksi 18-11-2026 09.20 oleh Ani Contoh: Salah tulis)"
    assert as_csv(book("hal", "lain"), row)[2] == [told, "Lama", ""]
    sheet = as_sheet(book("hal", "lain"), row)
    assert sheet["A3"].value == told
    assert sheet["B3"].value == "Lama"
    assert sheet["B3"].font.strike


def test_a_text_longer_than_a_cell_holds_is_cut_and_opens() -> None:
    assert len(as_sheet(book("hal"), line(hal="x" * 40_000))["B2"].value) == 32_767


def test_a_title_that_a_sheet_may_not_bear_is_made_fit() -> None:
    opened = Book("contoh", "Contoh", "buku", "Buku [A/B]: daftar yang namanya amat panjang sekali", ())
    assert as_sheet(opened).title == "Buku  A B   daftar yang namanya"


def test_a_long_book_passes_through_little_memory() -> None:
    opened = book("hal", "asal")
    rows = (line(number, hal=f"Surat {number}", asal="Bapperida") for number in range(1, 6_001))
    target = BytesIO()
    tracemalloc.start()
    write_xlsx(opened, rows, target)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000
    assert openpyxl.load_workbook(target, read_only=True).active.max_row == 6_001


@pytest.mark.django_db
def test_pages_of_a_book_are_printed_by_their_numbers() -> None:
    opened = book("hal")
    rows = [line(number, hal=f"Surat ke-{number}.") for number in range(1, 2 * ROWS_PER_PAGE + 2)]
    pdf = book_pdf(opened, rows, 2, 3, AT)
    text = text_of(pdf)
    assert pages_of(pdf) == 2
    assert f"Surat ke-{ROWS_PER_PAGE}." not in text
    assert f"Surat ke-{ROWS_PER_PAGE + 1}." in text
    assert f"Surat ke-{2 * ROWS_PER_PAGE + 1}." in text
    assert "Halaman 2" in text
    assert "Halaman 3" in text


@pytest.mark.django_db
def test_an_empty_page_says_so() -> None:
    assert "Belum ada catatan" in text_of(book_pdf(book("hal"), [], 1, 1, AT))


def test_typed_cells_come_back_as_they_went_in() -> None:
    for value in (date(2026, 11, 10), AT, time(9, 20), Decimal("12.5"), "teks"):
        assert typed(cell(value, None, Names())) == value
    assert typed(cell(None, None, Names())) is None
    assert typed(cell(True, None, Names())) == "Ya"


@pytest.mark.django_db
def test_a_book_of_several_parts_is_one_file_with_its_heads_and_pages_numbered_through() -> None:
    rows = [line(number, hal=f"Surat ke-{number}.") for number in range(1, 131)]
    target = BytesIO()
    write_pdf(book("hal", "asal"), iter(rows), target, AT, part=60)
    pdf = target.getvalue()
    with pikepdf.open(BytesIO(pdf)) as opened:
        texts = []
        for page in opened.pages:
            one = pikepdf.new()
            one.pages.append(page)
            alone = BytesIO()
            one.save(alone)
            texts.append(text_of(alone.getvalue()))
            assert page.mediabox[2] > page.mediabox[3]
    assert [f"Halaman {place}" in text for place, text in enumerate(texts, 1)] == [True] * len(texts)
    assert all("Asal" in text for text in texts)
    whole = " ".join(texts)
    assert all(f"Surat ke-{number}." in whole for number in range(1, 131))


@pytest.mark.django_db
def test_a_book_of_several_parts_is_tagged_throughout(tmp_path: Path) -> None:
    target = BytesIO()
    rows = [line(number, hal=f"Surat ke-{number}.", asal="Dinas (contoh)") for number in range(1, 71)]
    write_pdf(book("hal", "asal"), iter(rows), target, AT, part=25)
    with pikepdf.open(target) as opened:
        tree = opened.Root.StructTreeRoot
        parents, ids = pikepdf.NumberTree(tree.ParentTree), pikepdf.NameTree(tree.IDTree)
        elements = [element for child in tree.K[0].K for element in elements_below(child)]
        cells = [element for element in elements if element.S == "/TD"]
        assert len(cells) == 70 * 3
        assert {head for cell in cells for head in cell.A[0].Headers} == set(ids)
        assert len(ids) == 3 * 3
        for page in opened.pages:
            said = parents[int(page.obj.StructParents)]
            assert {element.Pg.objgen for element in said if element is not None} == {page.obj.objgen}
        assert opened.open_metadata().pdfa_status == "2A"
        assert opened.Root.MarkInfo.Marked
    if shutil.which("qpdf"):
        (file := tmp_path / "buku.pdf").write_bytes(target.getvalue())
        subprocess.run(["qpdf", "--check", str(file)], check=True, capture_output=True)  # noqa: S603, S607


def elements_below(top: Any) -> Iterator[Any]:
    yield top
    kids = top.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else ():
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements_below(kid)


@pytest.mark.django_db
def test_an_empty_book_is_printed_as_such() -> None:
    target = BytesIO()
    write_pdf(book("hal"), [], target, AT)
    assert "Belum ada catatan" in text_of(target.getvalue())
