"""Reading a book: its rows with what was added later, and what of them a person may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from laksana.cases.models import Case
from laksana.cases.services import cases_seen_by
from laksana.people.models import Person
from laksana.people.services import desks_of
from laksana.registers.books import Book
from laksana.registers.cells import Cell, typed, words
from laksana.registers.models import Entry

MASK = "(rahasia)"
"""What stands in a column that the reader may not see."""
PERSONAL = "(data pribadi)"
"""What stands in a personal column for one who takes no part in the procedure."""
_CHUNK = 1_000
_ZONE = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True)
class Correction:
    """What was corrected in a row: the cells before and after, by whom, when and why."""

    at: datetime
    by: str
    reason: str
    before: dict[str, Cell]
    after: dict[str, Cell]


@dataclass(frozen=True)
class Line:
    """A row of a book as one person may read it."""

    entry: int
    year: int
    number: int
    at: datetime
    case: str
    """The number of its case."""
    sealed: bool
    """Whether the reader sees the cover only."""
    cells: dict[str, Cell]
    corrections: tuple[Correction, ...]


def rows(book: Book, year: int | None = None, month: int | None = None) -> "QuerySet[Entry]":
    """Return the rows of a book in order, of one year or one month of it."""
    found = Entry.objects.filter(procedure=book.procedure, register=book.register, kind=Entry.Kind.ROW)
    if year is not None:
        found = found.filter(year=year)
    if year is not None and month is not None:
        following = (year + 1, 1) if month == 12 else (year, month + 1)
        found = found.filter(at__gte=_first(year, month), at__lt=_first(*following))
    return found.order_by("year", "number")


def lines(found: "QuerySet[Entry]", book: Book, person: Person | None, at: datetime) -> Iterator[Line]:
    """Yield rows as a person may read them now; without a person (the system, for an archive) everything.

    Reads by the thousand, so that a book of any length passes through little memory.
    """
    entries = found.select_related("case").prefetch_related("later__by").iterator(chunk_size=_CHUNK)
    private = person is not None and not reads_personal(book, person, at)
    while chunk := list(islice(entries, _CHUNK)):
        seen = None if person is None else cases_seen_by(person, at, {entry.case_id for entry in chunk})
        for entry in chunk:
            line = _line(entry, book, sealed=seen is not None and entry.case_id not in seen)
            his = person is not None and entry.case.initiator_id == person.pk
            yield _without_personal(line, book) if private and not his else line


def reads_personal(book: Book, person: Person, at: datetime) -> bool:
    """Return whether a person takes part in the procedure that keeps a book, and so reads what is personal in it."""
    return not book.keepers.isdisjoint(desks_of(person, at))


def _without_personal(line: Line, book: Book) -> Line:
    hidden = {column.key for column in book.columns if column.personal}
    if not hidden:
        return line
    corrections = tuple(
        replace(each, before=_hide(each.before, hidden), after=_hide(each.after, hidden))
        for each in line.corrections
    )
    return replace(line, cells=_hide(line.cells, hidden), corrections=corrections)


def _hide(cells: dict[str, Cell], hidden: set[str]) -> dict[str, Cell]:
    return {key: PERSONAL if key in hidden and held is not None else held for key, held in cells.items()}


def containing(shown: Iterable[Line], text: str) -> Iterator[Line]:
    """Keep the rows in which every word of a text stands, as the reader sees them: what is hidden is not found either."""
    wanted = text.casefold().split()
    for line in shown:
        there = " ".join([line.case, *map(words, line.cells.values())]).casefold()
        if all(word in there for word in wanted):
            yield line


def in_order(shown: Iterable[Line], column: str, *, falling: bool) -> list[Line]:
    """Return rows in the order of a column; rows without a value come last either way."""
    filled: list[Line] = []
    empty: list[Line] = []
    for line in shown:
        (filled if line.cells.get(column) is not None else empty).append(line)
    filled.sort(key=lambda line: _rank(line.cells[column]), reverse=falling)
    return filled + empty


def _rank(held: Cell) -> tuple[str, Any]:
    """Return by what a cell is sorted: values of a kind among themselves."""
    value = typed(held)
    if isinstance(value, str):
        return ("text", value.casefold())
    return (type(value).__name__, value)


def years(book: Book) -> list[int]:
    """Return the years in which a book has rows, the latest first."""
    return list(rows(book).order_by("-year").values_list("year", flat=True).distinct())


def _first(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=_ZONE)


def _line(entry: Entry, book: Book, *, sealed: bool) -> Line:
    cells: dict[str, Cell] = dict(entry.values)
    corrections = []
    for change in sorted(entry.later.all(), key=lambda change: change.pk):
        if change.kind == Entry.Kind.CORRECTION:
            before = {column: cells.get(column) for column in change.values}
            by = change.by.name if change.by else ""
            corrections.append(Correction(change.at, by, change.reason, before, dict(change.values)))
        cells |= change.values
    if sealed:
        hidden = {column.key for column in book.columns if not column.envelope}
        cells = {key: MASK if key in hidden else held for key, held in cells.items()}
        corrections = []
    case: Case = entry.case
    return Line(entry.pk, entry.year, entry.number, entry.at, case.number, sealed, cells, tuple(corrections))
