"""Books as files: CSV, XLSX and PDF. Rows pass through one by one, so that a book of any length needs little memory."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import pikepdf
import xlsxwriter

from laksana.documents.services import letterhead, render
from laksana.registers.books import Book
from laksana.registers.cells import typed, words
from laksana.registers.joining import Joined
from laksana.registers.reading import Line
from laksana.worktime.zone import local

ROWS_PER_PAGE = 20
ROWS_PER_PART = 500
"""How many rows are typeset at once: enough to fill some dozen pages, few enough for little memory."""
PARTS_PER_PROCESS = 4
_TEMPLATE = Path(__file__).resolve().parent / "typst" / "book.typ"
_WIDEST = 18
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet program would take for a formula."""
_LONGEST_CELL = 32_767
"""The most characters that a spreadsheet's cell holds."""


def write_csv(book: Book, lines: Iterable[Line], target: TextIO) -> None:
    """Write a book as CSV (RFC 4180). A text that would be taken for a formula gets an apostrophe before it."""
    csv.writer(target).writerows(csv_rows(book, lines))


def csv_rows(book: Book, lines: Iterable[Line]) -> Iterator[list[str]]:
    """Yield the rows of a book as CSV writes them, the heads first, corrections below their row."""
    yield [inert(head) for head in _heads(book)]
    for line in lines:
        yield [str(line.number), *(inert(_csv(line.cells.get(column.key))) for column in book.columns)]
        yield from _corrections_csv(book, line)


def write_xlsx(book: Book, lines: Iterable[Line], target: BinaryIO) -> None:
    """Write a book as XLSX: dates, times and numbers as such, texts as text only, corrections struck below their row."""
    workbook = xlsxwriter.Workbook(
        target, {"constant_memory": True, "in_memory": False, "remove_timezone": True}
    )
    formats = {
        "head": workbook.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#EEEEEE"}),
        "text": workbook.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"}),
        "struck": workbook.add_format(
            {"quote_prefix": True, "font_strikeout": True, "font_color": "#777777"}
        ),
        "date": workbook.add_format({"num_format": "dd-mm-yyyy", "valign": "top"}),
        "datetime": workbook.add_format({"num_format": "dd-mm-yyyy hh:mm", "valign": "top"}),
        "time": workbook.add_format({"num_format": "hh:mm", "valign": "top"}),
        "number": workbook.add_format({"num_format": "#,##0.##", "valign": "top"}),
    }
    sheet = workbook.add_worksheet(_sheet_name(book.title))
    sheet.freeze_panes(1, 1)
    sheet.set_column(1, len(book.columns), 18)
    for place, head in enumerate(_heads(book)):
        sheet.write_string(0, place, head, formats["head"])
    row = 0
    for line in lines:
        row += 1
        sheet.write_number(row, 0, line.number)
        for place, column in enumerate(book.columns, 1):
            _write(sheet, row, place, typed(line.cells.get(column.key)), formats)
        for correction in line.corrections:
            row += 1
            sheet.write_string(row, 0, _told(correction), formats["struck"])
            for place, column in enumerate(book.columns, 1):
                if column.key in correction.before:
                    sheet.write_string(row, place, words(correction.before[column.key]), formats["struck"])
    workbook.close()


def book_pdf(book: Book, lines: Iterable[Line], first_page: int, last_page: int, at: datetime) -> bytes:
    """Return pages of a book (counted from 1, each of ROWS_PER_PAGE rows) as PDF/A, on A4 or, with many columns, A3."""
    wanted = islice(lines, (first_page - 1) * ROWS_PER_PAGE, last_page * ROWS_PER_PAGE)
    rows = [_printed(book, line) for line in wanted]
    pages = [rows[start : start + ROWS_PER_PAGE] for start in range(0, len(rows), ROWS_PER_PAGE)]
    data = {
        "letterhead": letterhead(),
        "title": book.title,
        "heads": [column.head for column in book.columns],
        "widths": _widths(book, rows),
        "first_page": first_page,
        "pages": pages,
        "printed": local(at).isoformat(),
    }
    return render(_TEMPLATE, data, at)


def write_pdf(
    book: Book, lines: Iterable[Line], target: BinaryIO, at: datetime, part: int = ROWS_PER_PART
) -> None:
    """Write a book as PDF, its heads on each page and the pages numbered through: typeset part by part, each put on the disk.

    Each part is PDF/A-2a; the others' pages and tags are joined to the first, so that the whole is, however long.
    """
    rows = iter(lines)
    printed = [_printed(book, line) for line in islice(rows, part)]
    widths = _widths(book, printed)
    # What Typst keeps of earlier parts would fill the memory: a process sets some parts and is replaced.
    apart = ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=PARTS_PER_PROCESS)
    more = [_printed(book, line) for line in islice(rows, part)]
    if not more:
        target.write(render(_TEMPLATE, _part(book, printed, widths, 1, at), at))
        return
    joined = Joined(target)
    with apart as pool:
        while printed:
            data = _part(book, printed, widths, joined.pages + 1, at)
            setting = pool.submit(render, _TEMPLATE, data, at)
            printed, more = more, [_printed(book, line) for line in islice(rows, part)]
            with pikepdf.open(BytesIO(setting.result())) as done:
                joined.add(done)
    joined.finish()


def _part(
    book: Book, rows: Sequence[Mapping[str, Any]], widths: Sequence[int], first_page: int, at: datetime
) -> dict[str, Any]:
    """Return what the template needs for some rows, which flow over as many pages as they take."""
    return {
        "letterhead": letterhead(),
        "title": book.title,
        "heads": [column.head for column in book.columns],
        "widths": widths,
        "first_page": first_page,
        "pages": [rows] if rows else [],
        "printed": local(at).isoformat(),
    }


def _heads(book: Book) -> list[str]:
    return ["No. urut", *(column.head for column in book.columns)]


def _csv(held: Any) -> str:
    value = typed(held)
    match value:
        case datetime():
            return local(value).isoformat(sep=" ", timespec="minutes")[:16]
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case Decimal():
            return f"{value:f}"
    return value or ""


def inert(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula; plain negative numbers stay as they are."""
    if text.startswith(_FORMULA) and not _is_number(text):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal() and text.isascii()


def _corrections_csv(book: Book, line: Line) -> Iterator[list[str]]:
    for correction in line.corrections:
        before = (correction.before.get(column.key) for column in book.columns)
        yield [_told(correction), *(inert(_csv(held)) for held in before)]


def _told(correction: Any) -> str:
    """Return the words that stand before the cells that a correction replaced."""
    why = f": {correction.reason}" if correction.reason else ""
    who = f" oleh {correction.by}" if correction.by else ""
    return f"semula (dikoreksi {local(correction.at):%d-%m-%Y %H.%M}{who}{why})"


def _write(sheet: Any, row: int, place: int, value: Any, formats: dict[str, Any]) -> None:
    match value:
        case None:
            return
        case datetime():
            sheet.write_datetime(row, place, local(value).replace(tzinfo=None), formats["datetime"])
        case date():
            sheet.write_datetime(row, place, value, formats["date"])
        case time():
            sheet.write_datetime(row, place, value, formats["time"])
        case Decimal():
            sheet.write_number(row, place, value, formats["number"])
        case _:
            sheet.write_string(row, place, value[:_LONGEST_CELL], formats["text"])


def _sheet_name(title: str) -> str:
    """Return a title as a worksheet may be called: at most 31 characters, without []:*?/\\ ."""
    return "".join(" " if c in "[]:*?/\\'" else c for c in title)[:31].strip() or "Buku"


def _widths(book: Book, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return how wide each column is set, in shares: by its longest word and by how much its cells say on average."""
    widths = []
    for place, column in enumerate(book.columns):
        cells = [row["cells"][place] for row in rows]
        longest = max((len(word) for text in (column.head, *cells) for word in text.split()), default=0)
        average = sum(map(len, cells)) / len(cells) if cells else 0
        widths.append(min(max(longest, 6, round(3 * average**0.5)), _WIDEST))
    return widths


def _printed(book: Book, line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "cells": [words(line.cells.get(column.key)) for column in book.columns],
        "corrections": [
            {
                "told": _told(correction),
                "cells": [words(correction.before.get(column.key)) for column in book.columns],
            }
            for correction in line.corrections
        ],
    }
