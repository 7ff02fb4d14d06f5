"""A system check: the tables in use, the office's own among them, can be read."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from laksana.library.tables import faults


@register()
def tables_are_readable(**_given: Any) -> list[CheckMessage]:
    """Return an error for every fault in a table."""
    return [Error(str(fault), id="library.E001") for fault in faults()]
