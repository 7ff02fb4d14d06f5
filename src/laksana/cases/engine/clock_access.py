"""Finding the clock that an action names, and whether the person may touch it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Situation
from laksana.cases.engine import ticking
from laksana.cases.engine.access import refuse_repeated
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.run import Run
from laksana.cases.engine.writing import save_beside_flow
from laksana.cases.errors import Invalid, NotFound, NotYours, Repeated
from laksana.cases.models import Clock
from laksana.people.models import Person
from laksana.sop.definition import ClockSpec


def open_clock(
    clock_id: int, person: Person, at: datetime, key: UUID | None, kind: str
) -> tuple[Run, Clock, ClockSpec]:
    """Return a locked case, its clock and that one's definition; the person must have an open step of the case.

    Raises NotFound, NotYours, or Repeated, answering with the clock, for a key that was used.
    """
    case_id = Clock.objects.filter(pk=clock_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound(_("There is no such time limit."))
    run = Run.open(case_id, at, person, key)
    try:
        refuse_repeated(key, person, kind)
    except Repeated as repeated:
        raise Repeated(repeated.event, Clock.objects.get(pk=clock_id)) from None
    desks = run.office.desks_of(person.pk)
    if not any(item.desk in desks for item in run.items):
        raise NotYours(_("Only one who has a step of this case to do can change its time limits."))
    clock = next((clock for clock in run.clocks if clock.pk == clock_id), None)
    if clock is None:
        raise NotFound(_("This time limit is no longer running."))
    return run, clock, run.spec_of(clock)


def check_reason(reason: str) -> None:
    """Raise Invalid for a reason without words."""
    if not reason.strip():
        raise Invalid({"reason": _("Say why.")})


def situation_of(run: Run, clock: Clock, spec: ClockSpec) -> Situation:
    """Return what the end of a clock is counted from."""
    return run.situation(ticking.origin(run, spec), path_of(clock.instance))


def save_clock(run: Run, clock: Clock, kind: str, reason: str) -> Clock:
    """Write a changed clock with its event; return it."""
    run.changed_clocks.append(clock)
    run.record(kind, data={"clock": clock.clock, "reason": reason.strip(), "due": clock.due_at.isoformat()})
    save_beside_flow(run)
    return clock
