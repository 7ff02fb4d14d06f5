"""The employee file as spreadsheets, one part at a time, with the columns that personnel systems use.

A file is taken wholly or not at all: where one row is refused, nothing is written, and the report names each refused row.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO, TextIO
from zipfile import BadZipFile

import openpyxl
import xlsxwriter
from django.db import transaction
from openpyxl.utils.exceptions import InvalidFileException

from laksana.library.kepegawaian.riwayat.kinds import ContentError
from laksana.library.kepegawaian.riwayat.layouts import plain, recognised
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.library.kepegawaian.riwayat.services import Proof, columns, record, standing
from laksana.people.models import Person
from laksana.sop.nip import Nip, NipError

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 200_000
_OWN = ("nip", "nama", "tmt", "sampai", "nomor_sk")
_BLANKS = ("", None)
_YES_NO = {"ya": True, "tidak": False, "y": True, "t": False}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet program would take for a formula."""


class SheetError(ValueError):
    """The file cannot be read as a spreadsheet at all."""


@dataclass(frozen=True)
class RefusedRow:
    """A row of the file that was not taken; `line` counts as the spreadsheet program does."""

    line: int
    nip: str
    reason: str


@dataclass
class Report:
    """What came of an import."""

    read: int = 0
    written: int = 0
    known: int = 0
    """Rows that stood in the file already."""
    refused: list[RefusedRow] = field(default_factory=list)
    own: list[int] = field(default_factory=list)
    """Lines about the one who imports: left out, somebody else takes them in."""
    layout: str = ""
    """The layout of a personnel system that the file has; "" for the file's own columns."""
    ignored: list[str] = field(default_factory=list)
    """Columns of that layout that hold nothing of this part."""


def take(kind: str, content: bytes, *, at: datetime, by: Person | None = None, document: str = "") -> Report:
    """Take the rows of a CSV or XLSX file into the employee files: all of them, or none where one is refused.

    The columns are those of the export, or of a layout that a personnel system gives. `document` proves the rows that name none.
    Taking the same file again writes nothing. Raises SheetError for what is no such file, KeyError for an unknown kind.
    """
    report = Report()
    lines = _lines(content)
    heads = _heads(kind, next(lines, (0, []))[1], report, document)
    with transaction.atomic():
        people = {person.nip: person for person in Person.objects.select_for_update()}
        known = {_identity(row) for row in standing(kind).select_related("person")}
        for line, cells in lines:
            given = dict(zip(heads, cells, strict=False))
            if all(_text(cell) == "" for cell in cells):
                continue
            report.read += 1
            if _text(given.get("nomor_sk")) == "":
                given["nomor_sk"] = document
            _take_row(kind, line, given, people, known, report, (at, by))
        if report.refused:
            report.written = 0
            transaction.set_rollback(True)
    return report


def _take_row(
    kind: str,
    line: int,
    given: Mapping[str, Any],
    people: Mapping[str, Person],
    known: set[tuple[Any, ...]],
    report: Report,
    written: tuple[datetime, Person | None],
) -> None:
    text = _text(given.get("nip"))
    try:
        person = _person(text, people)
        if person == written[1]:
            report.own.append(line)
            return
        span = (_day(given.get("tmt"), "tmt"), _day_or_none(given.get("sampai")))
        held = {
            name: _value(given.get(name)) for name in columns(kind) if _text(given.get(name)) not in _BLANKS
        }
        with transaction.atomic():
            row = record(
                person, kind, span, held, Proof(_text(given.get("nomor_sk"))), at=written[0], by=written[1]
            )
            if _identity(row) in known:
                row.delete()
                report.known += 1
                return
    except ContentError as error:
        report.refused.append(RefusedRow(line, text, str(error)))
        return
    known.add(_identity(row))
    report.written += 1


def _person(text: str, people: Mapping[str, Person]) -> Person:
    try:
        nip = Nip.parse(text)
    except NipError as error:
        raise ContentError({"nip": str(error)}) from None
    if nip.number not in people:
        raise ContentError({"nip": "tidak ada pegawai dengan nomor ini"})
    return people[nip.number]


def _identity(row: FileRow) -> tuple[Any, ...]:
    """Return what makes two rows the same: employee, days, content and document."""
    return (row.person_id, row.since, row.until, row.document, tuple(sorted(row.data.items())))


def _heads(kind: str, cells: Sequence[Any], report: Report, document: str) -> list[str]:
    """Return the column of the file that each cell of the heading names; "" for what is left. Raises SheetError."""
    wanted = [*_OWN, *columns(kind)]
    heads = [_head(cell) for cell in cells]
    found = None if set(heads) - {""} <= set(wanted) else recognised(kind, heads)
    if found is not None:
        report.layout, known = found
        report.ignored = [_text(cell) for cell, head in zip(cells, heads, strict=True) if head not in known]
        heads = [known.get(head, "") for head in heads]
    given = [*heads, *(["nomor_sk"] if document.strip() else [])]
    _refuse_heads(heads, wanted, given)
    return heads


def _refuse_heads(heads: Sequence[str], wanted: Sequence[str], given: Sequence[str]) -> None:
    missing = [name for name in ("nip", "tmt", "nomor_sk") if name not in given]
    if missing:
        raise SheetError("kolom tidak ada: " + ", ".join(missing))
    if unknown := [head for head in heads if head and head not in wanted]:
        raise SheetError(f"kolom tidak dikenal: {', '.join(unknown)}; kolomnya: {', '.join(wanted)}")
    named = [head for head in heads if head]
    if len(set(named)) != len(named):
        raise SheetError("ada kolom dengan judul yang sama")


def _lines(content: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    if len(content) > MAX_BYTES:
        raise SheetError(f"lebih dari {MAX_BYTES // 1024 // 1024} MB")
    found = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    for line, cells in enumerate(found, 1):
        if line > MAX_ROWS + 1:
            raise SheetError(f"lebih dari {MAX_ROWS} baris")
        yield line, cells


def _xlsx(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)
    except (BadZipFile, InvalidFileException, KeyError, IndexError) as error:
        raise SheetError(f"bukan berkas XLSX yang utuh: {error}") from None


def _csv(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError("bukan CSV UTF-8") from None
    first = text.partition("\n")[0]
    try:
        yield from csv.reader(
            io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ","
        )
    except csv.Error as error:
        raise SheetError(f"tidak terbaca sebagai CSV: {error}") from None


def _head(cell: Any) -> str:
    return plain(_text(cell))


def _text(cell: Any) -> str:
    """Return a cell as text; the apostrophe that keeps a formula from being one is not part of it."""
    text = "" if cell is None else str(cell).strip()
    quoted = text.startswith("'") and (text[1:].isdigit() or text[1:].startswith(("'", *_FORMULA)))
    return text[1:] if quoted else text


def _value(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, bool) or not isinstance(cell, str):
        return cell
    text = _text(cell)
    day = _read_day(text)
    return day if day is not None else _YES_NO.get(text.lower(), text)


def _read_day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    return None


def _day(cell: Any, name: str) -> date:
    found = cell.date() if isinstance(cell, datetime) else cell if isinstance(cell, date) else None
    found = found or _read_day(_text(cell))
    if found is None:
        raise ContentError({name: "bukan tanggal; tulis 2026-04-01 atau 01-04-2026"})
    return found


def _day_or_none(cell: Any) -> date | None:
    return None if _text(cell) == "" else _day(cell, "sampai")


def write_csv(kind: str, target: TextIO) -> int:
    """Write a part of all files as CSV and return the rows written. A text that looks like a formula gets an apostrophe."""
    writer = csv.writer(target)
    heads = [*_OWN, *columns(kind)]
    writer.writerow(heads)
    count = 0
    for cells in _rows(kind):
        writer.writerow([_inert(cell) for cell in cells])
        count += 1
    return count


def write_xlsx(kind: str, target: BinaryIO) -> int:
    """Write a part of all files as XLSX, every cell as text, and return the rows written."""
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "in_memory": False})
    sheet = book.add_worksheet(kind)
    sheet.freeze_panes(1, 2)
    text = book.add_format({"quote_prefix": True})
    count = 0
    for row, cells in enumerate([[*_OWN, *columns(kind)], *_rows(kind)]):
        count = row
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, text)
    book.close()
    return count


def _rows(kind: str) -> Iterator[list[str]]:
    rows = standing(kind).select_related("person").order_by("person__nip", "since", "pk")
    for row in rows.iterator():
        day = row.until.isoformat() if row.until else ""
        own = [row.person.nip, row.person.name, row.since.isoformat(), day, row.document or _case(row)]
        yield [*own, *(_written(row.data.get(name)) for name in columns(kind))]


def _case(row: FileRow) -> str:
    return row.case.number if row.case else ""


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "" if value is None else str(value)


def _inert(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) else text
