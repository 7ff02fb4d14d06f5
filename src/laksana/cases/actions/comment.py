"""Comment: say something in a case."""

from datetime import datetime
from uuid import UUID

from laksana.cases.engine.access import Repeated, refuse_repeated
from laksana.cases.engine.run import Run
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save_events_only
from laksana.cases.errors import Invalid, NotFound
from laksana.cases.models import Case
from laksana.people.models import Person
from laksana.people.services import desks_of

_LONGEST = 5000


@atomically
def comment(case_id: int, person: Person, text: str, at: datetime, *, key: UUID | None = None) -> Case:
    """Add a comment to a case the person may read; return the case. Raises NotFound, Invalid."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        raise Invalid({"text": f"write something, of {_LONGEST} characters at most"})
    if not Case.objects.readable_by(person, desks_of(person, at)).filter(pk=case_id).exists():
        raise NotFound("there is no such case")
    try:
        refuse_repeated(key, person)
    except Repeated as repeated:
        return repeated.event.case
    run = Run.open(case_id, at, person, key)
    run.record("commented", data={"text": text})
    save_events_only(run)
    return run.case
