"""Attach: add a file to a case."""

from datetime import datetime
from uuid import UUID

from laksana.cases.engine.access import open_readable_case
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save_beside_flow
from laksana.cases.models import Attachment, Case
from laksana.files.models import StoredFile
from laksana.people.models import Person


@atomically
def attach(
    case_id: int, person: Person, stored: StoredFile, name: str, at: datetime, *, key: UUID | None = None
) -> Case:
    """Add a stored file to a case that the person may know of; return the case. Raises NotFound."""
    run = open_readable_case(case_id, at, person, key, "attached")
    Attachment.objects.create(case=run.case, stored=stored, name=name[:200], by=person, at=at)
    run.record("attached", data={"name": name[:200], "sha256": stored.sha256})
    save_beside_flow(run)
    return run.case
