"""A log before it is written in any format: cases with the steps finished in them. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Transition(StrEnum):
    """How a step was finished, in the words of XES' standard model of an activity's life."""

    DONE = "complete"
    PASSED = "autoskip"
    """Passed over by itself, because its condition to be skipped held."""
    TIMED_OUT = "ate_abort"
    """Closed because nobody did it in time."""


@dataclass(frozen=True)
class Work:
    """The part of one performer in a finished step."""

    id: int
    role: str
    """The title of the lane in the SOP."""
    resource: str
    """Who did it: a position, or a name where names are wanted; "" for nobody."""
    group: str
    """The unit of whoever did it; "" for nobody."""
    opened_at: datetime
    due_at: datetime | None
    minutes: int | None
    """Working minutes."""


@dataclass(frozen=True)
class OtherCase:
    """A case that a step of this one started, or whose step started this one."""

    number: str
    procedure: str
    version: int
    state: str
    opened_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Finished:
    """One step, finished once: by one performer, or by several who do it together."""

    number: int
    """The number of the case's event that finished it."""
    cause: int
    """The number of the case's event that opened it."""
    step: str
    activity: str
    transition: Transition
    at: datetime
    outcome: str
    """What it decided; "" for a step that decides nothing."""
    row: str
    """The path of the row it was done for, "" for the whole case."""
    rows: int
    """Of the first step of a row: how many rows began together; else 0."""
    awaited: int
    """Of the first step of a row: how many of those that began together must come back; else 0."""
    is_awaited: bool
    """Of the first step of a row: whether the case waits for it to come back; else true."""
    work: tuple[Work, ...]
    starts: tuple[OtherCase, ...]

    @property
    def instance(self) -> str:
        """Return what tells this doing of the step from others of the case; rows opened together differ after the stroke."""
        return f"{self.step}@{self.cause}" + (f"/{self.row}" if self.row else "")


@dataclass(frozen=True)
class Row:
    """One row of a step that runs for each row of a table."""

    path: str
    made_by: str
    made_at: datetime
    awaited: bool
    """Whether the case does not go on before this row has come back."""


@dataclass(frozen=True)
class LoggedCase:
    """One case with everything finished in it, in order."""

    number: str
    procedure: str
    version: int
    state: str
    opened_at: datetime
    ended_at: datetime | None
    started_by: OtherCase | None
    rows: tuple[Row, ...]
    finished: tuple[Finished, ...]


@dataclass(frozen=True)
class Head:
    """What a log says before its first case."""

    procedure: str
    code: str
    title: str
    activities: tuple[str, ...]
    """The texts of all steps, of every version that has cases."""
