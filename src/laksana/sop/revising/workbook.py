"""The table as a spreadsheet (XLSX), out and in: one row for each kegiatan, and what is wrong told at its cell."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils import get_column_letter

from laksana.sop.definition import END
from laksana.sop.duration import Duration
from laksana.sop.message import Message
from laksana.sop.message import message as _
from laksana.sop.revising.names import new_id
from laksana.sop.revising.rows import Row, Table, Way
from laksana.sop.revising.targets import targets_text

HEADS = (
    "No.", "Kegiatan", "Jenis", "Pelaksana", "Kelengkapan", "Waktu", "Output", "Keterangan", "Lanjut ke",
    "Menunggu semua cabang", "Kode",
)  # fmt: skip
NUMBER, ACTIVITY, KIND, BY, NEEDS, TIME, GIVES, NOTE, WAYS, JOINS, ID = range(len(HEADS))
_WIDTHS = (5, 44, 11, 30, 30, 16, 30, 30, 24, 12, 26)
PLAIN, DECISION = "kegiatan", "putusan"
_YES = "ya"
_STEP_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the same table gives the same bytes)
MOST_ROWS = 100
_MOST_BYTES, _MOST_UNPACKED = 2_000_000, 30_000_000
_LONGEST_CELL = 32_767
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError,
    EOFError,
)  # fmt: skip


@dataclass(frozen=True)
class CellFault:
    """What is wrong, and with which cell, such as "D7"; "" where it is the file."""

    cell: str
    text: Message


class WorkbookError(ValueError):
    """A spreadsheet is not taken; `faults` says each reason."""

    def __init__(self, faults: Sequence[CellFault]) -> None:
        super().__init__("; ".join(f"{fault.cell}: {fault.text}" for fault in faults))
        self.faults = tuple(faults)


def to_xlsx(table: Table) -> bytes:
    """Return the table as a spreadsheet. Every cell is text, never a formula; a second sheet lists the performers."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": _MADE})
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#EEEEEE"})
    text = book.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Langkah")
    sheet.freeze_panes(1, 2)
    for column, (title, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for number, row in enumerate(table.rows, 1):
        for column, value in enumerate(_cells(row, number, table)):
            if value:
                sheet.write_string(number, column, value[:_LONGEST_CELL], text)
    lanes = book.add_worksheet("Pelaksana")
    lanes.set_column(0, 0, 60)
    lanes.write_string(0, 0, "Pelaksana yang dapat ditulis pada lembar Langkah", head)
    for number, title in enumerate(table.lanes.values(), 1):
        lanes.write_string(number, 0, title, text)
    book.close()
    return target.getvalue()


def _cells(row: Row, number: int, table: Table) -> tuple[str, ...]:
    ways = [f"{way.label}: " if row.decides else "" for way in row.ways]
    leads = [targets_text(way.to, table.places) for way in row.ways]
    return (
        str(number),
        row.activity,
        DECISION if row.decides else PLAIN,
        "\n".join(table.lanes.get(lane) or lane for lane in row.by),
        "\n".join(row.needs),
        row.time,
        row.gives,
        row.note,
        "\n".join(f"{label}{to}".strip() for label, to in zip(ways, leads, strict=True)),
        _YES if row.joins else "",
        row.id,
    )


def from_xlsx(content: bytes, table: Table) -> tuple[Row, ...]:
    """Return the rows of a spreadsheet; those that `table` has too keep their id. Raises WorkbookError."""
    lines = _lines(content)
    reading = _Reading(lines, table)
    rows = tuple(reading.row(number, line) for number, line in lines)
    if not rows:
        reading.faults.append(CellFault("A2", _("The table has no rows.")))
    if reading.faults:
        raise WorkbookError(sorted(reading.faults, key=lambda fault: _place(fault.cell)))
    return rows


def _place(cell: str) -> tuple[int, str]:
    return int(re.sub(r"\D", "", cell) or 0), cell


def _at(line: int, column: int) -> str:
    return f"{get_column_letter(column + 1)}{line}"


@dataclass(frozen=True)
class _Cell:
    text: str
    formula: bool = False


_Line = tuple[int, list[_Cell]]


def _lines(content: bytes) -> list[_Line]:
    """Return the lines below the heading that hold anything, with their number in the sheet."""
    if len(content) > _MOST_BYTES:
        raise WorkbookError([CellFault("", _("The file is larger than 2 MB; no table of an SOP is."))])
    try:
        unpacked = _unpacked(content)
        cells = _read(content) if unpacked <= _MOST_UNPACKED else []
    except _UNREADABLE:
        raise WorkbookError([CellFault("", _("This is not a readable XLSX file."))]) from None
    if unpacked > _MOST_UNPACKED:
        raise WorkbookError([CellFault("", _("The file unpacks to more than a table of an SOP holds."))])
    filled = [
        (number, [*line, *[_Cell("")] * (len(HEADS) - len(line))])
        for number, line in enumerate(cells, 1)
        if any(cell.text for cell in line)
    ]
    _check_heads(filled)
    if len(filled) > MOST_ROWS + 1:
        raise WorkbookError(
            [CellFault(_at(MOST_ROWS + 2, 0), _("A table has at most %(most)s rows.", most=MOST_ROWS))]
        )
    return filled[1:]


def _unpacked(content: bytes) -> int:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return sum(part.file_size for part in packed.infolist())


def _read(content: bytes) -> list[list[_Cell]]:
    """Return the cells of the first sheet, as far as they concern the table."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    lines = book.worksheets[0].iter_rows(min_row=1, max_row=MOST_ROWS + 2, max_col=len(HEADS))
    return [[_Cell(_text(cell.value), cell.data_type == "f") for cell in line] for line in lines]


def _check_heads(filled: Sequence[_Line]) -> None:
    found = (
        [cell.text.lower() for cell in filled[0][1]] if filled and filled[0][0] == 1 else [""] * len(HEADS)
    )
    faults = [
        CellFault(_at(1, column), _("Here the heading “%(head)s” is expected.", head=head))
        for column, head in enumerate(HEADS)
        if found[column] != head.lower()
    ]
    if faults:
        raise WorkbookError(faults)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


class _Reading:
    """Reads lines one after the other, and gathers what is wrong."""

    def __init__(self, lines: Sequence[_Line], table: Table) -> None:
        self.faults: list[CellFault] = []
        self.lanes = {title.lower(): lane for lane, title in table.lanes.items()}
        self.lanes |= {lane: lane for lane in table.lanes}
        self.titles = list(table.lanes.values())
        self.ids = self._ids(lines, table)
        self.numbers = self._numbers(lines)

    def _ids(self, lines: Sequence[_Line], table: Table) -> dict[int, str]:
        """Return the id of each line: its code, or that of the row which said the same, or a new one."""
        ids: dict[int, str] = {}
        for line, cells in lines:
            code = cells[ID].text
            if not code:
                continue
            if _STEP_ID.fullmatch(code) is None or code == END:
                self._fault(
                    line,
                    ID,
                    _("A code is small letters and digits, words joined by -; leave it empty for a new row."),
                )
            elif code in ids.values():
                self._fault(
                    line,
                    ID,
                    _(
                        "The code %(code)s stands in the table twice; leave it empty for a new row.",
                        code=code,
                    ),
                )
            else:
                ids[line] = code
        same = {row.activity: row.id for row in reversed(table.rows)}
        for line, cells in lines:
            if line not in ids:
                known = same.get(cells[ACTIVITY].text, "")
                fresh = known if known and known not in ids.values() else ""
                taken = {*ids.values(), *table.places}
                ids[line] = fresh or new_id(cells[ACTIVITY].text, taken)
        return ids

    def _numbers(self, lines: Sequence[_Line]) -> dict[str, str]:
        numbers: dict[str, str] = {}
        for line, cells in lines:
            number = cells[NUMBER].text
            if number in numbers:
                self._fault(
                    line, NUMBER, _("The number %(number)s stands in the table twice.", number=number)
                )
            elif number:
                numbers[number] = self.ids[line]
        return numbers

    def row(self, line: int, cells: Sequence[_Cell]) -> Row:
        """Return the row that a line holds."""
        for column, cell in enumerate(cells):
            if cell.formula:
                self._fault(line, column, _("A formula stands here; write its value."))
        text = [cell.text for cell in cells]
        decides = self._decides(line, text[KIND])
        return Row(
            id=self.ids[line],
            activity=text[ACTIVITY],
            decides=decides,
            by=tuple(self._performers(line, text[BY])),
            needs=tuple(_split(text[NEEDS])),
            time=self._time(line, text[TIME]),
            gives=text[GIVES],
            note=text[NOTE],
            joins=self._joins(line, text[JOINS]),
            ways=tuple(self._ways(line, text[WAYS], decides=decides)),
        )

    def _fault(self, line: int, column: int, text: Message) -> None:
        self.faults.append(CellFault(_at(line, column), text))

    def _decides(self, line: int, text: str) -> bool:
        if text.lower() not in ("", PLAIN, DECISION):
            self._fault(line, KIND, _("Write kegiatan or putusan, not %(text)s.", text=text))
        return text.lower() == DECISION

    def _performers(self, line: int, text: str) -> Iterator[str]:
        for title in _split(text):
            lane = self.lanes.get(title.lower())
            if lane is None:
                known = ", ".join(self.titles)
                self._fault(
                    line,
                    BY,
                    _(
                        "%(title)s is no performer of this SOP; there are: %(known)s.",
                        title=title,
                        known=known,
                    ),
                )
            else:
                yield lane

    def _time(self, line: int, text: str) -> str:
        try:
            return str(Duration.parse(" ".join(text.lower().split()))) if text else ""
        except ValueError:
            self._fault(
                line, TIME,
                _("Write a number and menit, jam, hari kerja, hari, minggu, bulan or tahun, such as 30 menit or 3 hari kerja."),
            )  # fmt: skip
            return text

    def _joins(self, line: int, text: str) -> bool:
        if text.lower() not in ("", _YES, "tidak"):
            self._fault(line, JOINS, _("Write ya, or leave it empty."))
        return text.lower() == _YES

    def _ways(self, line: int, text: str, *, decides: bool) -> Iterator[Way]:
        labels: set[str] = set()
        for exit_ in _split(text):
            label, colon, to = exit_.rpartition(":")
            label = label.strip()
            if decides and not colon:
                self._fault(
                    line, WAYS, _("Write each exit of a decision on a line of its own, such as Ya: 5.")
                )
            elif colon and not decides:
                self._fault(line, WAYS, _("Only a decision (Jenis: putusan) has exits with names."))
            elif label in labels and decides:
                self._fault(line, WAYS, _("The exit %(label)s stands here twice.", label=label))
            elif labels and not decides:
                self._fault(
                    line,
                    WAYS,
                    _("A row that decides nothing leads on once; join parallel rows by commas: 5, 6."),
                )
            labels.add(label)
            yield Way(label if decides else "", tuple(self._targets(line, to)))

    def _targets(self, line: int, text: str) -> Iterator[str]:
        for part in (part.strip() for part in text.split(",")):
            if part.lower() == END:
                yield END
            elif part in self.numbers:
                yield self.numbers[part]
            elif part:
                self._fault(line, WAYS, _("No row of the table has the number %(number)s.", number=part))


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n") if part.strip()]
