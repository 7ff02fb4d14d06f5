"""Pause: let a clock stand still."""

from datetime import datetime
from uuid import UUID

from laksana.cases.engine import clocks
from laksana.cases.engine.clock_access import open_clock
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save_events_only
from laksana.cases.models import Clock
from laksana.people.models import Person


@atomically
def pause_clock(
    clock_id: int, person: Person, reason: str, at: datetime, *, key: UUID | None = None
) -> Clock:
    """Pause: let a clock stand still, with a reason; return it. Raises NotFound, NotYours, Invalid, Refused."""
    run, clock = open_clock(clock_id, person, reason, at, key)
    clocks.pause(clock, at)
    clock.save()
    run.record("clock-paused", data={"clock": clock.clock, "reason": reason, "due": clock.due_at.isoformat()})
    save_events_only(run)
    return clock
