"""The procedures of a book by its sections, as a list shows them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from laksana.library.finding import Found, unsought
from laksana.sop.definition import Procedure


@dataclass(frozen=True)
class Section:
    """A section of the book, named after the unit that it belongs to."""

    letter: str
    title: str
    lines: list[Found] = field(default_factory=list)


def sections_of(procedures: Iterable[Procedure]) -> list[Section]:
    """Return the sections that have any of `procedures`, which stand in the order of the book."""
    found: dict[str, Section] = {}
    for procedure in procedures:
        section = found.setdefault(procedure.section, Section(procedure.section, procedure.unit))
        section.lines.append(unsought(procedure))
    return list(found.values())
