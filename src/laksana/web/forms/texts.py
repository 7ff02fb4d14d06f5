"""Values as a control shows them: what was typed stays as it was typed, typed values are written as the control reads them."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laksana.sop.definition import FieldSpec
from laksana.sop.prose import Prose, read
from laksana.sop.values import JAKARTA, Invalid, number_of, parse

_NATIVE = {"date", "datetime", "time"}
"""Types whose controls take only the ISO form."""


def control_text(spec: FieldSpec, given: Any) -> str:
    """Return the text that a control of this field holds."""
    if isinstance(given, str) and spec.type in _NATIVE:
        try:
            given = parse(spec, given)
        except Invalid:
            return str(given)
    if given is None:
        return ""
    if spec.type == "prose":
        return formatted(given).as_text()
    if isinstance(given, Decimal):
        return number_of(spec, given)
    return _moment(given) or str(given)


def same_value(spec: FieldSpec, given: Any, known: Any) -> bool:
    """Return whether what was given says the same as a typed value; of a table, cell by cell of what is known."""
    if spec.columns:
        rows, columns = given or [], spec.columns
        return len(rows) == len(known) and all(
            same_value(columns[name], row.get(name), cell)
            for row, kept in zip(rows, known, strict=True)
            for name, cell in kept.items()
        )
    if spec.type == "bool":
        return str(given).lower().replace("on", "true") == str(known).lower()
    if spec.type in ("money", "number"):
        return bool(_amount(spec, given) == _amount(spec, known))
    return " ".join(control_text(spec, given).split()) == " ".join(control_text(spec, known).split())


def _amount(spec: FieldSpec, given: Any) -> Any:
    try:
        return parse(spec, given)
    except Invalid:
        return given


def value_text(spec: FieldSpec, value: Any) -> str:
    """Return a typed value as one reads it: the label of a choice, a date as it is said, the rows of a table in words."""
    if spec.columns:
        rows = [[value_text(spec.columns[name], cell) for name, cell in row.items()] for row in value]
        return "; ".join(", ".join(cell for cell in row if cell) for row in rows)
    if spec.choices is not None:
        return str(spec.choices.get(str(value), value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date) and not isinstance(value, datetime):
        return date_format(value, "j F Y")
    return control_text(spec, value)


def formatted(given: Any) -> Prose:
    """Return what was typed or kept as a formatted text; what cannot be read as one is empty."""
    try:
        return read(given)
    except ValueError:
        return Prose()


def _moment(given: Any) -> str:
    """Return a date or time in the form that the browser's own controls take."""
    match given:
        case datetime():
            return given.astimezone(JAKARTA).strftime("%Y-%m-%dT%H:%M")
        case time():
            return given.strftime("%H:%M")
        case date():
            return given.isoformat()
    return ""
