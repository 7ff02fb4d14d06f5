"""What a cell of a book holds: text, or a date, time or number that keeps its type for sorting and for spreadsheets.

As JSON: null, a text, or {"date" | "datetime" | "time" | "number" | "money": text}. Names of people, units and choices
are kept in words, as they were when the row was written.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from laksana.documents.services import Names, plain, worded, worded_moment
from laksana.sop.definition import FieldSpec
from laksana.sop.values import is_empty, number_text, to_json

Cell = str | dict[str, str] | None
_MOMENTS = (("datetime", datetime), ("date", date), ("time", time))
_READ: dict[str, Callable[[str], date | time | Decimal]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "number": Decimal,
    "money": Decimal,
}


def cell(value: Any, spec: FieldSpec | None, names: Names) -> Cell:
    """Return the cell for a typed value; `spec` says which field it is of, None for what a procedure computed."""
    if is_empty(value):
        return None
    if (kind := _kind(value, spec)) is not None:
        return {kind: str(to_json(value))}
    return worded(spec, value, names) if spec is not None else plain(value)


def _kind(value: Any, spec: FieldSpec | None) -> str | None:
    """Return as what a value keeps its type; None for what is kept in words."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal) or (isinstance(value, int) and spec is None):
        return "money" if spec is not None and spec.type == "money" else "number"
    # A datetime is a date as well, so it comes first.
    return next((kind for kind, of in _MOMENTS if isinstance(value, of)), None)


def typed(held: Cell) -> str | date | time | Decimal | None:
    """Return what a cell holds, typed: text, date, datetime (aware), time, Decimal, or None."""
    if not isinstance(held, dict):
        return held
    [(kind, text)] = held.items()
    return _READ[kind](text)


def words(held: Cell) -> str:
    """Return what a cell holds, in words; "" for nothing."""
    value = typed(held)
    if isinstance(value, Decimal):
        return f"Rp{number_text(value)}" if isinstance(held, dict) and "money" in held else number_text(value)
    if isinstance(value, date | time):
        return worded_moment(value)
    return value or ""


def retyped(text: str, held: Cell) -> Cell:
    """Return what was typed in place of a cell, of the same type: ISO dates and times, numbers with a point; "" for nothing.

    Raises ValueError for a text that is none of that type.
    """
    text = text.strip()
    if not text:
        return None
    if not isinstance(held, dict):
        return text
    [kind] = held
    try:
        value = _READ[kind](text)
    except (ValueError, InvalidOperation) as error:
        raise ValueError(text) from error
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(text)
    return {kind: text if isinstance(value, Decimal) else str(to_json(value))}
