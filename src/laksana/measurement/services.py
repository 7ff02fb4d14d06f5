"""The door of `measurement`: what really happened against the standard that an SOP promised."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Literal

from laksana.cases.models import Case
from laksana.cases.services import definition_in_force
from laksana.measurement.counting import (
    Period,
    StepCounts,
    case_minutes,
    count_cases,
    count_clocks,
    count_steps,
    share,
    times,
    waiting_now,
)
from laksana.measurement.courses import case_limit, courses
from laksana.measurement.eventlog import ocel, xes
from laksana.measurement.eventlog.actors import Actors
from laksana.measurement.eventlog.reading import head, read
from laksana.measurement.histogram import Histogram
from laksana.measurement.parts import StepParts, step_parts
from laksana.measurement.report import (
    CaseCounts,
    ClockMeasure,
    Measurement,
    StepMeasure,
    Times,
    Waiting,
)
from laksana.measurement.standard import standard_minutes
from laksana.measurement.today import OfficeToday, UnitLoad, office_today, waiting_longest
from laksana.measurement.trend import Month, trend
from laksana.measurement.what_if import Change, Outcome, Part, WhatIf, outcome, suppose
from laksana.people.services import Tenures
from laksana.sop.definition import Procedure, Step
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.services import calendar as office_calendar

__all__ = [
    "CaseCounts",
    "Change",
    "ClockMeasure",
    "Measurement",
    "Month",
    "OfficeToday",
    "Outcome",
    "Part",
    "Returned",
    "StepMeasure",
    "StepParts",
    "Times",
    "UnitLoad",
    "Waiting",
    "WhatIf",
    "backwards",
    "measure",
    "office_today",
    "returned",
    "step_parts",
    "trend",
    "waiting_longest",
    "what_if",
    "whole_cases",
    "write_log",
]
LogFormat = Literal["xes", "ocel"]
_WRITERS = {"xes": xes.write, "ocel": ocel.write}


def measure(procedure_id: str, since: datetime | None, until: datetime) -> Measurement:
    """Return a procedure measured over what was done from `since` to `until`, and what waits at `until`.

    All versions of the procedure count; standards are those in force at `until`. Raises cases.errors.NotFound when no version is.
    """
    procedure, calendar, period = (
        definition_in_force(procedure_id, until),
        office_calendar(),
        Period(since, until),
    )
    counts = count_steps(procedure_id, period)
    judged = sum(counted.on_time + counted.late for counted in counts.values())
    return Measurement(
        procedure=procedure.id,
        title=procedure.title,
        version=procedure.identity.version,
        since=since,
        until=until,
        cases=count_cases(procedure_id, period, calendar),
        times=_together(counts.values()),
        share_on_time=share(sum(counted.on_time for counted in counts.values()), judged),
        steps=tuple(_steps(procedure, counts, calendar, period)),
        clocks=tuple(count_clocks(procedure_id, period)),
    )


def what_if(procedure_id: str, change: Change, since: datetime | None, until: datetime) -> tuple[WhatIf, int]:
    """Return what the cases that ended from `since` to `until` would have taken after a change, and their limit.

    The limit is the standard time along the main path of the SOP in force at `until`, in working minutes. What is assumed
    says the module `what_if`. Raises cases.errors.NotFound when no version is in force.
    """
    procedure, calendar = definition_in_force(procedure_id, until), office_calendar()
    limit = case_limit(procedure, calendar, since or until)
    return suppose(courses(procedure_id, Period(since, until), calendar), change, limit), limit


def whole_cases(procedure_id: str, since: datetime | None, until: datetime) -> tuple[Outcome, int]:
    """Return the lengths of the cases that ended from `since` to `until`, the share of them within their limit, and the limit.

    The limit is that of `what_if`. Raises cases.errors.NotFound when no version is in force at `until`.
    """
    procedure, calendar = definition_in_force(procedure_id, until), office_calendar()
    limit = case_limit(procedure, calendar, since or until)
    return outcome(case_minutes(procedure_id, Period(since, until), calendar), limit), limit


def write_log(
    procedure_id: str,
    target: BinaryIO,
    form: LogFormat,
    *,
    since: datetime | None,
    until: datetime,
    named: bool = False,
) -> None:
    """Write the event log of the cases of a procedure, of all its versions, that began from `since` to `until`.

    What was typed into forms is left out; people are told by position and unit, by name only when `named`.
    Raises cases.errors.NotFound where no version of the procedure is known.
    """
    beginning, began = head(procedure_id), Period(since, until).within("opened_at")
    cases = Case.objects.filter(began, procedure=procedure_id)
    _WRITERS[form](beginning, read(cases, Actors(Tenures.read(), named)), target)


def _together(counts: Iterable[StepCounts]) -> Times:
    minutes = Histogram()
    for counted in counts:
        for value, number in counted.minutes.items():
            minutes.add(value, number)
    return times(minutes)


def _steps(
    procedure: Procedure, counts: Mapping[str, StepCounts], calendar: WorkCalendar, period: Period
) -> Iterator[StepMeasure]:
    """Yield the steps in the order of the SOP, then those that only earlier versions have."""
    for number, step in enumerate(procedure.steps, 1):
        counted = counts.get(step.id) or StepCounts()
        yield StepMeasure(
            step=step.id,
            number=number,
            activity=step.activity,
            performers=tuple(procedure.performers[lane].title for lane in step.by),
            standard=str(step.time),
            standard_minutes=standard_minutes(step.time, calendar, period.since or period.until),
            returns=sum(counted.outcomes[label] for label in backwards(procedure, step)),
            **_counted(counted, calendar, period.until),
        )
    for step_id in sorted(set(counts) - {step.id for step in procedure.steps}):
        yield StepMeasure(
            step=step_id,
            number=None,
            activity=step_id,
            performers=(),
            standard="",
            standard_minutes=None,
            returns=0,
            **_counted(counts[step_id], calendar, period.until),
        )


def _counted(counted: StepCounts, calendar: WorkCalendar, until: datetime) -> dict[str, Any]:
    return {
        "times": times(counted.minutes),
        "on_time": counted.on_time,
        "share_on_time": share(counted.on_time, counted.on_time + counted.late),
        "timed_out": counted.timed_out,
        "passed": counted.passed,
        "repeats": counted.repeats,
        "outcomes": dict(sorted(counted.outcomes.items())),
        "waiting": waiting_now(counted.waiting, calendar, until),
    }


def backwards(procedure: Procedure, step: Step) -> Iterator[str]:
    """Yield the outcomes of a decision that lead to its own row or an earlier one."""
    places = {other.id: place for place, other in enumerate(procedure.steps)}
    for label, targets in procedure.successors(step).items():
        if label is not None and any(
            places.get(target, len(places)) <= places[step.id] for target in targets
        ):
            yield label


@dataclass(frozen=True)
class Returned:
    """How often a decision sent cases back, by what it said."""

    step: str
    reason: str
    times: int


def returned(procedure: Procedure, steps: Iterable[StepMeasure]) -> tuple[Returned, ...]:
    """Return what sent cases back, the most frequent first."""
    outcomes = {step.step: step.outcomes for step in steps}
    found = [
        Returned(step.activity, label, outcomes[step.id][label])
        for step in procedure.steps
        for label in backwards(procedure, step)
        if label in outcomes.get(step.id, {})
    ]
    return tuple(sorted(found, key=lambda each: -each.times))
