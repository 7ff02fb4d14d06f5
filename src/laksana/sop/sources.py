"""Where a book takes what stands in a column: a name, somebody's doing of a step, or what the rows of a table say.

NAME               a field, a decision, or what the library or the book fills in
by STEP            who did it last; where several do it together, all of them
by STEP as LANE    the one of them who did it for this performer
at STEP            when it was done last
on STEP            on which day
then by STEP       the same of the first doing after the row was written, so that a later round fills in an earlier row
TABLE.COLUMN       what stands in this column of the rows, each once
A or B             B where A says nothing
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DOING = re.compile(
    r"(?P<then>then )?(?P<asked>by|at|on) (?P<step>[a-z][a-z0-9-]*)(?: as (?P<lane>[a-z][a-z0-9_-]*))?"
)
_IN_ROWS = re.compile(r"(?P<table>[a-z][a-z0-9_]*)\.(?P<column>[a-z][a-z0-9_]*)")


@dataclass(frozen=True)
class Named:
    """A column that takes what goes by a name."""

    name: str


@dataclass(frozen=True)
class Doing:
    """What a column says of a doing of a step: by whom, at what time, on what day."""

    asked: Literal["by", "at", "on"]
    step: str
    lane: str | None = None
    after_the_row: bool = False
    """Whether only a doing after the row was written counts."""


@dataclass(frozen=True)
class InRows:
    """What a column says of a table: what stands in one column of its rows."""

    table: str
    column: str


Source = Named | Doing | InRows


@lru_cache(maxsize=4096)
def sources_of(text: str) -> tuple[Source, ...]:
    """Return what a column takes, the first that says something. Raises ValueError for a text that is no source."""
    return tuple(_source(part) for part in text.split(" or "))


def _source(text: str) -> Source:
    if _NAME.fullmatch(text):
        return Named(text)
    if found := _DOING.fullmatch(text):
        asked = cast("Literal['by', 'at', 'on']", found["asked"])
        return Doing(asked, found["step"], found["lane"], found["then"] is not None)
    if found := _IN_ROWS.fullmatch(text):
        return InRows(found["table"], found["column"])
    raise ValueError(text)
