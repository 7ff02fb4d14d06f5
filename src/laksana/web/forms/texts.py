"""Values as a control shows them: what was typed stays as it was typed, typed values are written as the control reads them."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

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
