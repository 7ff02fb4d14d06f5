"""Resume: let a paused clock go on."""

from datetime import datetime
from uuid import UUID

from laksana.cases.engine import clocks
from laksana.cases.engine.clock_access import check_reason, open_clock, save_clock, situation_of
from laksana.cases.engine.transaction import atomically
from laksana.cases.models import Clock
from laksana.people.models import Person

KIND = "clock-resumed"


@atomically
def resume_clock(
    clock_id: int, person: Person, reason: str, at: datetime, *, key: UUID | None = None
) -> Clock:
    """Let a paused clock go on, with a reason; return it. Raises NotFound, NotYours, Invalid, Refused."""
    check_reason(reason)
    run, clock, spec = open_clock(clock_id, person, at, key, KIND)
    clocks.resume(clock, spec, situation_of(run, clock, spec), at)
    return save_clock(run, clock, KIND, reason)
