"""Finding the clock that an action names, and whether the person may touch it."""

from datetime import datetime
from uuid import UUID

from laksana.cases.engine.run import Run
from laksana.cases.errors import Invalid, NotFound, NotYours
from laksana.cases.models import Clock
from laksana.people.models import Person


def open_clock(
    clock_id: int, person: Person, reason: str, at: datetime, key: UUID | None
) -> tuple[Run, Clock]:
    """Return a locked case and its clock; the person must have an open step of the case, and a reason."""
    if not reason.strip():
        raise Invalid({"reason": "say why"})
    case_id = Clock.objects.filter(pk=clock_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound("there is no such clock")
    run = Run.open(case_id, at, person, key)
    desks = run.office.desks_of(person.pk)
    if not any(item.desk in desks for item in run.items):
        raise NotYours("only one who has a step of this case to do can change its time limits")
    clock = next((clock for clock in run.clocks if clock.pk == clock_id), None)
    if clock is None:
        raise NotFound("this time limit is no longer running")
    return run, clock
