"""How numbers of naskah dinas are written: the patterns of the table, filled in."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator

from laksana.library.persuratan.naskah import GRADES, Grade
from laksana.library.tables import Row, Table, TableError
from laksana.numbering.services import PARTS, Kind, Pattern, declare


def _pattern(text: str) -> str:
    """Refuse a pattern with a part that is none, so that a table cannot reach into the program."""
    for name in _parts(text):
        if name not in PARTS:
            raise ValueError(f"{{{name}}} is no part of a number; the parts are {', '.join(PARTS)}")
    return text


def _parts(text: str) -> Iterator[str]:
    return (name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None)


class PatternRow(Row):
    """A pattern, the series it counts in (empty: numbered elsewhere, or not at all), and the office's own code."""

    pola: str
    templat: Annotated[str, AfterValidator(_pattern)] = ""
    seri: str = ""
    unit: str = ""


PATTERNS = Table(__file__, "pola-nomor.csv", PatternRow, key="pola")


def written(pattern: PatternRow, code: str, number: int, on: date, grade: Grade, suffix: str = "") -> str:
    """Return a number as its pattern writes it; `suffix` is the letter of an inserted number (886.a)."""
    return shipped(pattern).written(number, on, parts(code, grade), suffix)


def shipped(pattern: PatternRow) -> Pattern:
    """Return the pattern of a row of the table."""
    return Pattern(pattern.templat, pattern.unit)


def parts(code: str, grade: Grade, kind: str = "") -> dict[str, str]:
    """Return the parts of a number that the letter itself gives: its archive code, its grade, and the short name of its kind."""
    return {"klasifikasi": code, "sifat": GRADES[grade].kode, "jenis": kind}


_TITLES = {
    "umum": "Naskah dinas umum",
    "kep_dinas": "Keputusan Kepala Dinas",
    "sop": "Standar Operasional Prosedur",
}
_EXAMPLE = {"klasifikasi": "500.12", "sifat": "B", "jenis": "SD"}


def series_of(row: PatternRow) -> str:
    """Return the series of a row, known to the office from then on, so that it sees it and may set its pattern."""
    kind = Kind(
        row.seri,
        lambda: shipped(PATTERNS[row.pola]),
        title=_TITLES.get(row.pola, row.pola),
        parts=PARTS,
        example=_EXAMPLE,
    )
    return declare(kind).key


with suppress(TableError):  # a table of the office that is not right is reported by the check of tables
    for _row in PATTERNS.rows():
        if _row.seri:
            series_of(_row)
