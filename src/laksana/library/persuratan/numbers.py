"""How numbers of naskah dinas are written: the patterns of the table, filled in."""

from collections.abc import Iterator
from datetime import date
from string import Formatter
from typing import Annotated, Any

from pydantic import AfterValidator

from laksana.library.persuratan.naskah import GRADES, Grade
from laksana.library.tables import Row, Table

PARTS = ("sifat", "klasifikasi", "urut", "unit", "tahun", "bulan")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


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
    values: dict[str, Any] = {
        "sifat": GRADES[grade].kode,
        "klasifikasi": code,
        "unit": pattern.unit,
        "tahun": on.year,
        "bulan": _ROMAN[on.month - 1],
    }
    written = ""
    for literal, name, spec, _conversion in Formatter().parse(pattern.templat):
        written += literal
        if name == "urut":
            written += format(number, spec or "") + (f".{suffix}" if suffix else "")
        elif name is not None:
            written += format(values[name], spec or "")
    return written
