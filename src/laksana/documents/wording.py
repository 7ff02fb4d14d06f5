"""Values in words, as papers and books of the office write them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import override

from laksana.sop.definition import FieldSpec, FieldType
from laksana.sop.values import Location, is_empty, number_of, number_text
from laksana.worktime.zone import local


class Names(Protocol):
    """Knows what the references in a case's data are called."""

    def person(self, key: int) -> str:
        """Return a person's name with degrees."""

    def unit(self, code: str) -> str:
        """Return a unit's name."""

    def desk(self, desk: str) -> str:
        """Return the title of a desk such as "position:kepala-dinas"."""

    def file(self, key: Any) -> str:
        """Return a file's name."""


def worded(spec: FieldSpec, value: Any, names: Names) -> str:
    """Return the typed value of a field in words; "" for nothing. A table gives its rows, each on a line."""
    if is_empty(value):
        return ""
    if spec.columns is not None:
        return "\n".join(worded_row(spec.columns, row, names) for row in value)
    if spec.choices is not None:
        return ", ".join(spec.choices.get(key, key) for key in _listed(value))
    if spec.type == "number":
        return number_of(spec, value)
    in_words = _IN_WORDS.get(spec.type)
    return plain(value) if in_words is None else in_words(value, names)


def worded_row(columns: Mapping[str, FieldSpec], row: Mapping[str, Any], names: Names) -> str:
    """Return the filled cells of a row of a table, parted by semicolons."""
    cells = [worded(spec, row.get(name), names) for name, spec in columns.items()]
    return "; ".join(cell for cell in cells if cell)


def plain(value: Any) -> str:  # noqa: PLR0911  (one return for each kind of value)
    """Return a value that belongs to no field in words."""
    match value:
        case None:
            return ""
        case bool():
            return "Ya" if value else "Tidak"
        case Decimal():
            return number_text(value)
        case date() | time():
            return worded_moment(value)
        case Location():
            return str(value)
        case list() | tuple():
            return ", ".join(plain(item) for item in value)
    return str(value)


def worded_moment(moment: date | time) -> str:
    """Return "16 November 2026", "16 November 2026, 09.20 WIB" or "09.20 WIB"."""
    if isinstance(moment, time):
        return f"{moment:%H.%M} WIB"
    if isinstance(moment, datetime):
        at = local(moment)
        return f"{_worded_day(at.date())}, {at:%H.%M} WIB"
    return _worded_day(moment)


@lru_cache(maxsize=4096)
def _worded_day(day: date) -> str:
    with override("id"):
        return date_format(day, "j F Y")


_IN_WORDS: dict[FieldType, Callable[[Any, Names], str]] = {
    "money": lambda value, _names: f"Rp{number_text(value)}",
    "person": lambda value, names: names.person(value),
    "unit": lambda value, names: names.unit(value),
    "assignee": lambda value, names: names.desk(value),
    "file": lambda value, names: names.file(value),
    "files": lambda value, names: ", ".join(names.file(key) for key in _listed(value)),
}


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
