"""Starting, stopping, pausing and extending the clocks of a case, as its definition says."""

from datetime import datetime, timedelta

from laksana.cases.behaviour import Situation, behaviour
from laksana.cases.errors import Refused
from laksana.cases.models import Clock
from laksana.sop.definition import ClockSpec, Limit, Moment
from laksana.sop.duration import Duration, Unit
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local_day

_WORKING_TIME = {Unit.MINUTE, Unit.HOUR}


def starts_at_step(spec: ClockSpec, step: str) -> bool:
    """Return whether a clock starts when `step` is done."""
    return spec.from_ == step


def starts_at_field(spec: ClockSpec, fields: set[str]) -> bool:
    """Return whether a clock starts on one of the fields just given."""
    return isinstance(spec.from_, Moment) and spec.from_.field in fields


def start_instant(spec: ClockSpec, situation: Situation) -> datetime:
    """Return from when a clock counts: the moment of the step, or the date that its field holds."""
    if isinstance(spec.from_, Moment) and spec.from_.field:
        value = situation.values.get(spec.from_.field)
        if isinstance(value, datetime):
            return value
        if value is not None:
            return situation.calendar.opening(value)
    return situation.at


def due(spec: ClockSpec, situation: Situation) -> datetime | None:
    """Return when a clock ends: by its limit, by the value of a field, or by the rule; None when it does not apply."""
    computed = behaviour(situation.procedure.id).deadlines.get(spec.id)
    if computed is not None:
        return computed(situation)
    limit = limit_of(spec, situation)
    return None if limit is None else situation.calendar.deadline(start_instant(spec, situation), limit)


def is_computed(spec: ClockSpec) -> bool:
    """Return whether a clock's end depends on the case's values: by a field or a rule."""
    return isinstance(spec.limit, Limit)


def limit_of(spec: ClockSpec, situation: Situation) -> Duration | None:
    """Return the duration of a clock for this case; None when the field that chooses it has no limit."""
    if isinstance(spec.limit, Limit):
        return spec.limit.choose.get(str(situation.values.get(spec.limit.by or "")))
    return spec.limit


def pause(clock: Clock, at: datetime) -> None:
    """Stop a running clock for a while."""
    if clock.state != Clock.State.RUNNING:
        raise Refused("only a running clock can be paused")
    clock.state, clock.paused_at = Clock.State.PAUSED, at


def resume(clock: Clock, spec: ClockSpec, calendar: WorkCalendar, at: datetime) -> None:
    """Let a paused clock go on: its end moves by what was left, in the clock's own unit."""
    if clock.state != Clock.State.PAUSED or clock.paused_at is None:
        raise Refused("only a paused clock can be resumed")
    clock.due_at = _moved(clock, spec, calendar, at)
    clock.state, clock.paused_at = Clock.State.RUNNING, None


def _moved(clock: Clock, spec: ClockSpec, calendar: WorkCalendar, at: datetime) -> datetime:
    paused_at = clock.paused_at or at
    unit = spec.limit.unit if isinstance(spec.limit, Duration) else Unit.WORKDAY
    if unit in _WORKING_TIME:
        return calendar.add_minutes(at, calendar.minutes_between(paused_at, clock.due_at))
    if unit is Unit.WORKDAY:
        left = calendar.workdays_between(local_day(paused_at), local_day(clock.due_at))
        return calendar.closing(calendar.add_workdays(local_day(at), left))
    if unit in (Unit.RUNNING_HOUR, Unit.RUNNING_MINUTE):
        return clock.due_at + (at - paused_at)
    return clock.due_at + timedelta(days=(local_day(at) - local_day(paused_at)).days)


def extend(clock: Clock, spec: ClockSpec, calendar: WorkCalendar) -> None:
    """Extend a clock once more, as its definition allows. Raises Refused when it does not."""
    if spec.extension is None:
        raise Refused(f"the time limit {spec.id} cannot be extended")
    if clock.extended >= spec.extension.times:
        raise Refused(
            f"the time limit {spec.id} was already extended {clock.extended} times, the most that is allowed"
        )
    if clock.state != Clock.State.RUNNING:
        raise Refused("only a running clock can be extended")
    clock.due_at = calendar.deadline(clock.due_at, spec.extension.by)
    clock.extended += 1
    clock.breached_at = None


def stop(clock: Clock, at: datetime) -> None:
    """End a clock: met when in time, late otherwise."""
    clock.state = Clock.State.MET if at <= clock.due_at else Clock.State.LATE
    clock.stopped_at = at
    clock.paused_at = None
