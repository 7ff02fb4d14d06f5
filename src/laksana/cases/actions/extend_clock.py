"""Extend: give a clock more time, where its definition allows."""

from datetime import datetime
from uuid import UUID

from laksana.cases.engine import clocks
from laksana.cases.engine.clock_access import check_reason, open_clock, save_clock, situation_of
from laksana.cases.engine.transaction import atomically
from laksana.cases.models import Clock
from laksana.people.models import Person

KIND = "clock-extended"


@atomically
def extend_clock(
    clock_id: int, person: Person, reason: str, at: datetime, *, key: UUID | None = None
) -> Clock:
    """Extend a running clock before its end; return it. Its definition may do without a reason.

    Raises NotFound, NotYours, Invalid, Refused.
    """
    run, clock, spec = open_clock(clock_id, person, at, key, KIND)
    if spec.extension is None or spec.extension.reason_required:
        check_reason(reason)
    clocks.extend(clock, spec, situation_of(run, clock, spec), at)
    return save_clock(run, clock, KIND, reason)
