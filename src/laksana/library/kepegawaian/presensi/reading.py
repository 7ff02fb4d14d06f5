"""Reading what fingerprint machines give: CSV and XLSX of several layouts, each row marks or why it is refused.

- `pindai`: a row for each scan, with its moment in one column or its day and time in two;
- `masuk-pulang`: a row for each employee and day, with when he came and left;
- `bulan`: a row for each employee, with a column for each day of the month and the times in its cell.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zipfile import BadZipFile

from pydantic import BaseModel, ConfigDict
from python_calamine import CalamineError, CalamineWorkbook

MAX_ROWS = 500_000
PREVIEWED = 8
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
Layout = Literal["pindai", "masuk-pulang", "bulan"]
Cells = Sequence[Any]


class SheetError(ValueError):
    """The file cannot be read as a table at all."""


class CellError(ValueError):
    """A row says something that is no day, time or employee."""


class Mapping(BaseModel):
    """Which column says what. A column is named by its heading, as the file has it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    layout: Layout
    employee: str
    by: Literal["nip", "nomor"]
    """Whether the employee's column holds his NIP or his number at the machine."""
    moment: str = ""
    day: str = ""
    clock: str = ""
    came: str = ""
    left: str = ""
    month: date | None = None
    """The month of a file with a column for each day, its first day."""
    day_first: bool = True
    """Whether 03/04 is the third of April."""

    def missing(self) -> list[str]:
        """Return the columns that the layout needs and nobody has chosen."""
        needs = {
            "pindai": [] if self.moment else ["day", "clock"],
            "masuk-pulang": ["day", "came", "left"],
            "bulan": ["month"],
        }[self.layout]
        return [name for name in ["employee", *needs] if not getattr(self, name)]


@dataclass(frozen=True)
class Marks:
    """What a row says: an employee as the file names him, a day, and the times of that day."""

    line: int
    employee: str
    day: date
    times: tuple[time, ...]
    came: time | None = None
    left: time | None = None


@dataclass(frozen=True)
class Refused:
    """A row that could not be taken; `line` counts as the spreadsheet program does."""

    line: int
    employee: str
    reason: str


def table(content: bytes) -> Iterator[tuple[int, Cells]]:
    """Yield the rows of the file with their line, empty ones left out, the heading first. Raises SheetError."""
    if content.startswith(_OLD_OFFICE):
        raise SheetError("berkas Excel lama; simpan sebagai .xlsx")
    found = _workbook(content) if content.startswith(b"PK") else _csv(content)
    for line, cells in enumerate(found, 1):
        if line > MAX_ROWS + 1:
            raise SheetError(f"lebih dari {MAX_ROWS} baris")
        if any(cell not in (None, "") for cell in cells):
            yield line, cells


def heading(content: bytes) -> tuple[list[str], list[list[str]]]:
    """Return the headings and the first rows as text, to choose columns by. Raises SheetError."""
    rows = table(content)
    heads = [text_of(cell) for cell in next(rows, (0, []))[1]]
    if not any(heads):
        raise SheetError("berkas kosong")
    shown = []
    for _line, cells in rows:
        shown.append([text_of(cell) for cell in cells])
        if len(shown) == PREVIEWED:
            break
    return heads, shown


def read(content: bytes, mapping: Mapping) -> Iterator[Marks | Refused]:
    """Yield what each row says, or why it is refused. Raises SheetError where a column of the mapping is not there."""
    rows = table(content)
    heads = [text_of(cell) for cell in next(rows, (0, []))[1]]
    place = {head: number for number, head in reversed(list(enumerate(heads)))}
    named = (mapping.employee, mapping.moment, mapping.day, mapping.clock, mapping.came, mapping.left)
    if gone := [name for name in named if name and name not in place]:
        raise SheetError(f"kolom tidak ada: {', '.join(gone)}")
    take = {"pindai": _scan, "masuk-pulang": _in_out, "bulan": _month}[mapping.layout]
    for line, cells in rows:
        row = _Row(line, cells, place, heads)
        employee = _number(row.cell(mapping.employee))
        if not employee:
            yield Refused(line, "", "pegawai tidak disebut")
            continue
        try:
            yield from take(row, employee, mapping)
        except CellError as error:
            yield Refused(line, employee, str(error))


@dataclass(frozen=True)
class _Row:
    line: int
    cells: Cells
    place: dict[str, int]
    heads: list[str]

    def cell(self, name: str) -> Any:
        """Return the cell under a heading; None where the row is shorter."""
        number = self.place[name]
        return self.cells[number] if number < len(self.cells) else None


def _scan(row: _Row, employee: str, mapping: Mapping) -> Iterator[Marks]:
    if mapping.moment:
        at = _moment(row.cell(mapping.moment), mapping.day_first)
        yield Marks(row.line, employee, at.date(), (at.time(),))
        return
    clock = _time(row.cell(mapping.clock))
    if clock is None:
        raise CellError("jam kosong")
    yield Marks(row.line, employee, _day(row.cell(mapping.day), mapping.day_first), (clock,))


def _in_out(row: _Row, employee: str, mapping: Mapping) -> Iterator[Marks]:
    came, left = _time(row.cell(mapping.came)), _time(row.cell(mapping.left))
    day = _day(row.cell(mapping.day), mapping.day_first)
    if came is not None or left is not None:
        yield Marks(row.line, employee, day, (), came, left)


_DAY_HEAD = re.compile(r"(?:tgl\.?|tanggal|hari)?\s*(\d{1,2})(?:\D.*)?", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?")


def _month(row: _Row, employee: str, mapping: Mapping) -> Iterator[Marks]:
    first = mapping.month
    if first is None:
        raise CellError("bulan belum disebut")
    for number, head in enumerate(row.heads):
        found = _DAY_HEAD.fullmatch(head.strip())
        if found is None or number >= len(row.cells) or head == mapping.employee:
            continue
        cell = row.cells[number]
        if cell in (None, ""):
            continue
        try:
            day = first.replace(day=int(found[1]))
        except ValueError:
            raise CellError(f"tidak ada tanggal {found[1]} pada bulan itu") from None
        times = tuple(sorted(_times(cell)))
        if times:
            yield Marks(row.line, employee, day, times)


def _times(cell: Any) -> Iterator[time]:
    if isinstance(cell, time | datetime | float | timedelta):
        found = _time(cell)
        if found is not None:
            yield found
        return
    for text in _TIME.findall(str(cell)):
        found = _time(text)
        if found is not None:
            yield found


def _number(cell: Any) -> str:
    """Return how a row names its employee: a number without what a spreadsheet program adds to it."""
    text = text_of(cell).removeprefix("'")
    return text.replace(" ", "") if text.replace(" ", "").isdigit() else text


def text_of(cell: Any) -> str:
    """Return a cell as text."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    return str(cell).strip()


_DATES = ("%Y-%m-%d", "%Y/%m/%d")
_DAY_FIRST, _MONTH_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"), ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y")


def _moment(cell: Any, day_first: bool) -> datetime:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    words = text_of(cell).replace("T", " ").split()
    if len(words) < 2:
        raise CellError(f"bukan tanggal dan jam: {text_of(cell)[:40] or 'kosong'}")
    clock = _time(" ".join(words[1:]))
    if clock is None:
        raise CellError("jam kosong")
    return datetime.combine(_day(words[0], day_first), clock)


_days: dict[tuple[str, bool], date] = {}
_MOST_KEPT = 4_000


def _day(cell: Any, day_first: bool) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell).partition(" ")[0]
    known = _days.get((text, day_first))
    if known is not None:
        return known
    for form in (*_DATES, *(_DAY_FIRST if day_first else _MONTH_FIRST)):
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
        if len(_days) < _MOST_KEPT:
            _days[text, day_first] = found
        return found
    raise CellError(f"bukan tanggal: {text[:40] or 'kosong'}")


_HALVES = {"am": 0, "pm": 12}


def _time(cell: Any) -> time | None:  # noqa: PLR0911  (one return for each kind of cell)
    """Return the time that a cell says; None for an empty one or one that says that there was none. Raises CellError."""
    match cell:
        case None | "":
            return None
        case datetime():
            return cell.time().replace(microsecond=0)
        case time():
            return cell.replace(microsecond=0)
        case timedelta():
            return _of_seconds(cell.total_seconds())
        case float() if 0 <= cell < 1:
            return _of_seconds(round(cell * 86_400))
    text = text_of(cell).lower()
    if text in ("", "-", "--", "00:00", "00:00:00", "null"):
        return None
    clock, _blank, half = text.partition(" ")
    parts = clock.replace(".", ":").split(":")
    if not (2 <= len(parts) <= 3 and all(part.isdigit() for part in parts)):
        raise CellError(f"bukan jam: {text[:40]}")
    hour, minute, second = (int(part) for part in (*parts, "0")[:3])
    if half in _HALVES:
        hour = hour % 12 + _HALVES[half]
    try:
        return time(hour, minute, second)
    except ValueError:
        raise CellError(f"bukan jam: {text[:40]}") from None


def _of_seconds(seconds: float) -> time:
    minutes, second = divmod(int(min(seconds, 86_399)), 60)
    return time(minutes // 60, minutes % 60, second)


def _workbook(content: bytes) -> Iterator[Cells]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        yield from book.get_sheet_by_index(0).iter_rows()
    except (CalamineError, BadZipFile, IndexError, OSError) as error:
        raise SheetError(f"bukan berkas XLSX yang utuh: {error}") from None


def _csv(content: bytes) -> Iterator[Cells]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise SheetError(f"tidak terbaca sebagai CSV: {error}") from None


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise SheetError("bukan berkas CSV atau XLSX")
    return text
