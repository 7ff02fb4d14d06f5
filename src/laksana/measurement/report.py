"""What a measurement says: real against standard time, step by step."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from laksana.worktime.zone import local


@dataclass(frozen=True)
class Times:
    """How long something took, in working minutes; None where nothing was measured."""

    count: int
    median: float | None
    p90: float | None


@dataclass(frozen=True)
class Waiting:
    """What lies at a step now."""

    count: int
    late: int
    oldest: datetime | None
    """When the item that has waited longest was opened."""
    median: float | None
    """Working minutes that half of them have waited."""


@dataclass(frozen=True)
class StepMeasure:
    """One step: the standard, what was measured, and what waits there."""

    step: str
    number: int | None
    """The row of the SOP; None for a step that only earlier versions have."""
    activity: str
    performers: tuple[str, ...]
    standard: str
    standard_minutes: int | None
    times: Times
    on_time: int
    """How many were done until their due instant."""
    share_on_time: float | None
    timed_out: int
    passed: int
    repeats: int
    """How often the step was done again in the same case, for the same row."""
    outcomes: dict[str, int]
    returns: int
    """How often its decision sent the case back to an earlier row, or to itself."""
    waiting: Waiting


@dataclass(frozen=True)
class ClockMeasure:
    """One time limit: how often it was met, and how many run."""

    clock: str
    met: int
    late: int
    share_met: float | None
    running: int
    overdue: int


@dataclass(frozen=True)
class CaseCounts:
    """The cases of the period."""

    started: int
    ended: int
    cancelled: int
    running: int
    """Running now, whenever they began."""
    times: Times
    """From opening to end, of those that ended."""


@dataclass(frozen=True)
class Measurement:
    """A procedure measured over a period."""

    procedure: str
    title: str
    version: int
    since: datetime | None
    until: datetime
    cases: CaseCounts
    times: Times
    """Of all steps together."""
    share_on_time: float | None
    steps: tuple[StepMeasure, ...]
    clocks: tuple[ClockMeasure, ...]

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON-able data; instants in local time, ISO 8601."""
        plain = _plain(asdict(self))
        assert isinstance(plain, dict)  # noqa: S101  (for the type checker)
        return plain


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return local(value).isoformat()
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case float():
            return round(value, 4)
    return value
