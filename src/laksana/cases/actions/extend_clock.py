"""Extend: give a clock more time, where its definition allows."""

from datetime import datetime
from uuid import UUID

from laksana.cases.engine import clocks
from laksana.cases.engine.clock_access import open_clock
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save_events_only
from laksana.cases.errors import Refused
from laksana.cases.models import Clock
from laksana.people.models import Person


@atomically
def extend_clock(
    clock_id: int, person: Person, reason: str, at: datetime, *, key: UUID | None = None
) -> Clock:
    """Extend a running clock before its end, with a reason; return it. Raises NotFound, NotYours, Invalid, Refused."""
    run, clock = open_clock(clock_id, person, reason, at, key)
    if at > clock.due_at:
        raise Refused("the time limit has passed; it can only be extended before its end")
    clocks.extend(clock, run.spec_of(clock), run.calendar)
    clock.save()
    run.record(
        "clock-extended", data={"clock": clock.clock, "reason": reason, "due": clock.due_at.isoformat()}
    )
    save_events_only(run)
    return clock
