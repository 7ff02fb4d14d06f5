"""Which procedures give files to somebody outside, in which fields they lie, and on what grounds parts may be blacked out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Given:
    """How a procedure gives files."""

    sources: tuple[str, ...]
    """The fields with the files as the office has them."""
    grounds: Callable[[], Mapping[str, str]]
    """Ground -> its words, in the order in which they are offered."""


_given: dict[str, Given] = {}


def declare(procedure: str, sources: tuple[str, ...], grounds: Callable[[], Mapping[str, str]]) -> None:
    """Say that a procedure gives the files of these fields to somebody outside, on these grounds blacked out."""
    _given[procedure] = Given(sources, grounds)


def given_by(procedure: str) -> Given | None:
    """Return how a procedure gives files; None for one that gives none."""
    return _given.get(procedure)
