"""The door of `registers`: the books an office keeps, their rows, corrections and exports."""

from collections.abc import Iterator
from datetime import datetime

from laksana.people.models import Person
from laksana.registers.asking import (
    FORMS,
    MOST_SORTED,
    Asked,
    ask,
    exports_of,
    fetch,
    may_sort,
    note_reading,
    part_of,
    read,
    readings,
)
from laksana.registers.books import Book, Column, UnknownBookError, book, books
from laksana.registers.bundle import write_bundle
from laksana.registers.cells import Cell, retyped, typed, words
from laksana.registers.correcting import correct, may_correct
from laksana.registers.exports import (
    ROWS_PER_PAGE,
    book_pdf,
    csv_rows,
    inert,
    write_csv,
    write_pdf,
    write_xlsx,
)
from laksana.registers.models import Entry, Export
from laksana.registers.reading import MASK, PERSONAL, Correction, Line, lines, reads_personal, rows, years
from laksana.registers.writing import current

__all__ = [
    "FORMS",
    "MASK",
    "MOST_SORTED",
    "PERSONAL",
    "ROWS_PER_PAGE",
    "Asked",
    "Book",
    "Cell",
    "Column",
    "Correction",
    "Entry",
    "Export",
    "Line",
    "UnknownBookError",
    "ask",
    "book",
    "book_pdf",
    "books",
    "correct",
    "csv_rows",
    "current",
    "entries",
    "exports_of",
    "fetch",
    "inert",
    "line_of",
    "lines",
    "may_correct",
    "may_sort",
    "note_reading",
    "part_of",
    "read",
    "readings",
    "reads_personal",
    "retyped",
    "rows",
    "typed",
    "words",
    "write_bundle",
    "write_csv",
    "write_pdf",
    "write_xlsx",
    "years",
]


def entries(  # noqa: PLR0913  (a filter names what it filters by)
    procedure: str,
    register: str,
    person: Person | None,
    at: datetime,
    *,
    year: int | None = None,
    month: int | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> Iterator[Line]:
    """Yield the rows of a book as a person may read them, of a year or a month of it, a page of them where `limit` is given.

    Rows of sealed cases show their cover only to those who may not see the content. Raises UnknownBookError.
    """
    opened = book(procedure, register)
    found = rows(opened, year, month)
    end = None if limit is None else offset + limit
    yield from lines(found[offset:end], opened, person, at)


def line_of(opened: Book, entry: int, person: Person, at: datetime) -> Line | None:
    """Return one row of a book as a person may read it; None where there is none."""
    return next(lines(rows(opened).filter(pk=entry), opened, person, at), None)
