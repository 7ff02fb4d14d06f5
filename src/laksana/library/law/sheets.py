"""A table that somebody sends, as the text that is kept: CSV or XLSX in, CSV with its heading out."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from laksana.library.tables import MAX_BYTES, Origin, TableError, TableFault, decoded

MAX_ROWS = 20_000


def text_of(name: str, content: bytes, origin: Origin) -> str:
    """Return a sent table under the given heading; its own heading, where it has one, is left out.

    Lines stay where they are, so that a fault names the line that the sender sees. Raises TableError for what is no such file.
    """
    file = Path(name)
    if len(content) > MAX_BYTES:
        raise TableError([TableFault(name, 1, 0, f"larger than {MAX_BYTES // 1024 // 1024} MB")])
    if file.suffix.lower() == ".xlsx":
        rows = _xlsx(name, content)
        return _headed(origin, _written(rows))
    text = decoded(file, content)
    return _headed(origin, text if "," in _first(text) else _with_commas(text))


def lines_before(text: str, sent: bytes, name: str) -> int:
    """Return by how many lines the kept text is longer than what was sent, to name lines as the sender sees them."""
    if name.lower().endswith(".xlsx"):
        return _comments(text)
    return _comments(text) - _comments(decoded(Path(name), sent))


def _comments(text: str) -> int:
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines) if not line.lstrip().startswith("#")), len(lines))


def _first(text: str) -> str:
    return next((line for line in text.splitlines() if not line.lstrip().startswith("#")), "")


def _headed(origin: Origin, text: str) -> str:
    heading = [f"# source: {origin.source}", f"# checked: {str(origin.checked).lower()}"]
    heading += [
        f"# {name}: {day:%Y-%m-%d}"
        for name, day in (("valid_from", origin.valid_from), ("valid_until", origin.valid_until))
        if day
    ]
    rows = text.splitlines(keepends=True)[_comments(text) :]
    return "\n".join(heading) + "\n" + "".join(rows)


def _written(rows: Iterable[Sequence[str]]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue()


def _with_commas(text: str) -> str:
    """Return a CSV that a spreadsheet program of this country parted by semicolons."""
    lines = text.splitlines(keepends=True)
    comments = lines[: _comments(text)]
    rows = csv.reader(io.StringIO("".join(lines[len(comments) :]), newline=""), delimiter=";")
    return "".join(comments) + _written(rows)


def _xlsx(name: str, content: bytes) -> list[list[str]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = []
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if line > MAX_ROWS:
                raise TableError([TableFault(name, line, 0, f"more than {MAX_ROWS} rows")])
            rows.append([_cell(cell) for cell in cells])
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError, IndexError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError([TableFault(name, 1, 0, "no XLSX workbook")]) from None
    return _trimmed(rows)


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows without the empty cells that a spreadsheet program keeps at the right of the table."""
    width = max((n for row in rows[:1] for n, cell in enumerate(row, start=1) if cell), default=0)
    return [[*row[:width], *(cell for cell in row[width:] if cell)] for row in rows]


def _cell(cell: Any) -> str:
    """Return a cell as the table writes it: whole numbers without a point, days as ISO 8601, yes and no in words."""
    match cell:
        case None:
            return ""
        case bool():
            return "ya" if cell else "tidak"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
    return str(cell)
