"""Where a row leads, as a person writes it: "5", "6, 7", "selesai"; rows are named by their number in the table."""

from collections.abc import Mapping, Sequence

from laksana.sop.definition import END


def targets_text(to: Sequence[str], places: Mapping[str, int]) -> str:
    """Return the numbers of the rows that are led to; what is no row stands as it was written."""
    return ", ".join(str(places.get(target, target)) for target in to)


def read_targets(text: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the rows that a text names; what names no row is kept as it was written."""
    named = [part.strip() for part in text.split(",")]
    return tuple(_read(part, ids) for part in named if part)


def _read(part: str, ids: Sequence[str]) -> str:
    if part.isascii() and part.isdecimal() and 1 <= int(part) <= len(ids):
        return ids[int(part) - 1]
    return END if part.lower() == END else part
