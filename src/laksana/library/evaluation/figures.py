"""The figures of a year that lie before whoever evaluates an SOP."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from laksana.cases.services import definition_in_force
from laksana.measurement.services import Returned, StepMeasure, measure, returned, whole_cases
from laksana.worktime.zone import day_begins, local_day


@dataclass(frozen=True)
class Slowest:
    """The step at which a case lies longest: half of its doings take at least so many working minutes."""

    step: str
    median: int
    standard: str


@dataclass(frozen=True)
class YearFigures:
    """A procedure's year. Times are in working minutes, shares whole percents; None where nothing was measured."""

    since: str
    until: str
    """The days that are counted, both included, ISO 8601."""
    started: int
    ended: int
    cancelled: int
    median: int | None
    limit: int
    """Within which a whole case is on time: the standard times along the SOP's main path."""
    on_time: int | None
    """Percent of the ended cases that took no longer than that."""
    steps_on_time: int | None
    """Percent of the steps that were done until their due instant."""
    returned: tuple[Returned, ...]
    loops: int
    """How often a step was done again in the same case."""
    slowest: Slowest | None

    @property
    def since_day(self) -> date:
        """Return the first day that is counted."""
        return date.fromisoformat(self.since)

    @property
    def until_day(self) -> date:
        """Return the last day that is counted."""
        return date.fromisoformat(self.until)

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON-able data; `from_data` reads it back."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "YearFigures":
        """Return the figures that an evaluation kept."""
        slowest = data["slowest"]
        sent_back = tuple(Returned(**each) for each in data["returned"])
        return cls(**{**data, "returned": sent_back, "slowest": Slowest(**slowest) if slowest else None})


def year_figures(procedure_id: str, year: int, at: datetime) -> YearFigures:
    """Return the figures of a year, up to `at` where it is not over. Raises cases.errors.NotFound: no SOP in force then."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), local_day(at))
    since, until = day_begins(first), min(day_begins(date(year + 1, 1, 1)), at)
    measured = measure(procedure_id, since, until)
    whole, limit = whole_cases(procedure_id, since, until)
    return YearFigures(
        since=first.isoformat(),
        until=last.isoformat(),
        started=measured.cases.started,
        ended=measured.cases.ended,
        cancelled=measured.cases.cancelled,
        median=_whole(whole.times.median),
        limit=limit,
        on_time=_percent(whole.share_on_time),
        steps_on_time=_percent(measured.share_on_time),
        returned=returned(definition_in_force(procedure_id, until), measured.steps),
        loops=sum(step.repeats for step in measured.steps),
        slowest=_slowest(measured.steps),
    )


def _slowest(steps: Iterable[StepMeasure]) -> Slowest | None:
    timed = [(step.times.median, step) for step in steps if step.times.median is not None]
    if not timed:
        return None
    median, step = max(timed, key=lambda each: each[0])
    return Slowest(step.activity, round(median), step.standard)


def _whole(minutes: float | None) -> int | None:
    return None if minutes is None else round(minutes)


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)
