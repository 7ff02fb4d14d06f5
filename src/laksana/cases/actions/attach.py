"""Attach: add a file to a case."""

from datetime import datetime
from uuid import UUID

from laksana.cases.engine.access import Repeated, refuse_repeated
from laksana.cases.engine.run import Run
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save_events_only
from laksana.cases.errors import NotFound
from laksana.cases.models import Attachment, Case
from laksana.files.models import StoredFile
from laksana.people.models import Person
from laksana.people.services import desks_of


@atomically
def attach(
    case_id: int, person: Person, stored: StoredFile, name: str, at: datetime, *, key: UUID | None = None
) -> Case:
    """Add a stored file to a case whose content the person may read; return the case. Raises NotFound."""
    if not Case.objects.readable_by(person, desks_of(person, at)).filter(pk=case_id).exists():
        raise NotFound("there is no such case")
    try:
        refuse_repeated(key, person)
    except Repeated as repeated:
        return repeated.event.case
    run = Run.open(case_id, at, person, key)
    Attachment.objects.create(case=run.case, stored=stored, name=name[:200], by=person, at=at)
    run.record("attached", data={"name": name[:200], "sha256": stored.sha256})
    save_events_only(run)
    return run.case
