"""When a clock of a case ends: a count from its start over every pause and extension, as its definition says.

The end is never moved step by step: it is counted anew from what is kept of the clock, so that it comes out the same whenever it
is counted, also by another calendar.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Situation, behaviour
from laksana.cases.errors import Refused
from laksana.cases.models import Clock
from laksana.sop.definition import ClockSpec, Limit, Moment
from laksana.sop.duration import Duration, Unit
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import OFFICE_ZONE, local_day

_PAUSED, _RESUMED, _EXTENDED = "paused", "resumed", "extended"
_WORKING_TIME = (Unit.MINUTE, Unit.HOUR)
_BY_THE_CLOCK = (Unit.RUNNING_MINUTE, Unit.RUNNING_HOUR)


def starts_at_step(spec: ClockSpec, step: str) -> bool:
    """Return whether a clock starts when `step` is done."""
    return spec.from_ == step


def starts_at_moment(spec: ClockSpec, fields: set[str], events: set[str]) -> bool:
    """Return whether a clock starts on one of the fields just given, or of the events that have just come."""
    return isinstance(spec.from_, Moment) and (spec.from_.field in fields or spec.from_.event in events)


def start_instant(spec: ClockSpec, situation: Situation) -> datetime | None:
    """Return from when a clock counts: from now, or from what its field holds (a date: the day's beginning); None for nothing."""
    if not (isinstance(spec.from_, Moment) and spec.from_.field):
        return situation.at
    value = situation.values.get(spec.from_.field)
    if value is None or isinstance(value, datetime):
        return value
    return datetime.combine(value, time.min, OFFICE_ZONE)


def due(
    spec: ClockSpec, situation: Situation, started_at: datetime, changes: Sequence[Sequence[str]] = ()
) -> datetime | None:
    """Return when a clock ends: its limit from its start, moved by its pauses and extensions; None when it does not apply."""
    end = _undisturbed(spec, situation, started_at)
    if end is None:
        return None
    calendar, since = situation.calendar, started_at
    for what, text in changes:
        at = datetime.fromisoformat(text)
        if what == _EXTENDED and spec.extension is not None:
            end = calendar.deadline(end, spec.extension.by)
        elif what == _RESUMED:
            end = _moved(end, _unit(spec, situation), since, at, calendar)
        since = at
    return end


def _undisturbed(spec: ClockSpec, situation: Situation, start: datetime) -> datetime | None:
    computed = behaviour(situation.procedure.id).deadlines.get(spec.id)
    if computed is not None:
        return computed(situation)
    limit = limit_of(spec, situation)
    return None if limit is None else situation.calendar.deadline(start, limit)


def is_computed(spec: ClockSpec) -> bool:
    """Return whether a clock's end depends on the case's values: by a field or a rule."""
    return isinstance(spec.limit, Limit)


def limit_of(spec: ClockSpec, situation: Situation) -> Duration | None:
    """Return the duration of a clock for this case; None when a rule sets its end, or its field has no limit."""
    if isinstance(spec.limit, Limit):
        return spec.limit.choose.get(str(situation.values.get(spec.limit.by or "")))
    return spec.limit


def _unit(spec: ClockSpec, situation: Situation) -> Unit:
    """Return in what a clock counts; one whose end a rule sets counts what is left of it in working days."""
    limit = limit_of(spec, situation)
    return Unit.WORKDAY if limit is None else limit.unit


def _moved(
    end: datetime, unit: Unit, paused: datetime, resumed: datetime, calendar: WorkCalendar
) -> datetime:
    """Return the end after a pause: what was left, in the clock's own unit, counted from its resumption."""
    if paused >= end:
        return end  # the time was up before it stood still
    if unit in _WORKING_TIME:
        return calendar.add_minutes(resumed, calendar.minutes_between(paused, end))
    if unit in _BY_THE_CLOCK:
        return end + (resumed - paused)
    if unit is not Unit.WORKDAY:
        return end + timedelta(days=(local_day(resumed) - local_day(paused)).days)
    left = calendar.workdays_between(local_day(paused), local_day(end))
    day = calendar.workday_on_or_after(calendar.add_workdays(local_day(resumed), left))
    closing = calendar.closing(day)
    return closing if closing > resumed else calendar.closing(calendar.add_workdays(day, 1))


def pause(clock: Clock, at: datetime) -> None:
    """Let a running clock stand still. Raises Refused where it does not run."""
    if clock.state != Clock.State.RUNNING:
        raise Refused(_("Only a time limit that is running can be paused."))
    clock.state, clock.paused_at = Clock.State.PAUSED, at
    _add(clock, _PAUSED, at)


def resume(clock: Clock, spec: ClockSpec, situation: Situation, at: datetime) -> None:
    """Let a paused clock go on, with what was left of it in its own unit. Raises Refused where it is not paused."""
    if clock.state != Clock.State.PAUSED:
        raise Refused(_("Only a time limit that is paused can go on."))
    clock.state, clock.paused_at = Clock.State.RUNNING, None
    _add(clock, _RESUMED, at)
    clock.due_at = due(spec, situation, clock.started_at, clock.changes) or clock.due_at


def take_back_pause(clock: Clock) -> None:
    """Let a paused clock run as if it had never been paused."""
    clock.state, clock.paused_at = Clock.State.RUNNING, None
    clock.changes = clock.changes[:-1]


def extend(clock: Clock, spec: ClockSpec, situation: Situation, at: datetime) -> None:
    """Extend a running clock once more before its end, as its definition allows. Raises Refused when it does not."""
    if spec.extension is None:
        raise Refused(_("This time limit cannot be extended."))
    if clock.extended >= spec.extension.times:
        raise Refused(
            _("This time limit has been extended as often as is allowed (%d).") % spec.extension.times
        )
    if clock.state != Clock.State.RUNNING:
        raise Refused(_("Only a time limit that is running can be extended."))
    if at > clock.due_at:
        raise Refused(_("The time limit has passed; it can only be extended before its end."))
    clock.extended += 1
    _add(clock, _EXTENDED, at)
    clock.due_at = due(spec, situation, clock.started_at, clock.changes) or clock.due_at


def stop(clock: Clock, at: datetime) -> None:
    """End a clock: met when in time, late otherwise. One that stands still is met if it stood still in time."""
    clock.state = Clock.State.MET if (clock.paused_at or at) <= clock.due_at else Clock.State.LATE
    clock.stopped_at = at
    clock.paused_at = None


def take_back_stop(clock: Clock) -> None:
    """Let a stopped clock go on as if it had never been stopped."""
    clock.stopped_at, clock.state = None, Clock.State.RUNNING
    if clock.changes and clock.changes[-1][0] == _PAUSED:
        clock.state, clock.paused_at = Clock.State.PAUSED, datetime.fromisoformat(clock.changes[-1][1])


def _add(clock: Clock, what: str, at: datetime) -> None:
    clock.changes = [*clock.changes, [what, at.isoformat()]]
