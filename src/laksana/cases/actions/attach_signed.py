"""Attach a signed version of a paper; the version before stays beside it."""

from datetime import datetime
from typing import Any

from laksana.cases.engine.run import Run
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save_beside_flow
from laksana.cases.models import Attachment
from laksana.files.models import StoredFile
from laksana.people.models import Person


@atomically
def attach_signed(  # noqa: PLR0913  (an action names what it does, to what, by whom and when)
    case_id: int,
    stored: StoredFile,
    name: str,
    *,
    document: str,
    item_id: int,
    person: Person,
    acting_as: str,
    told: dict[str, Any],
    at: datetime,
) -> Attachment:
    """Add the version of a paper that somebody signed; `told` says how, for the history. Raises NotFound."""
    run = Run.open(case_id, at, person)
    run.acting_as = acting_as
    attachment = Attachment.objects.create(
        case=run.case,
        stored=stored,
        name=name[:200],
        document=document,
        work_item_id=item_id,
        by=person,
        at=at,
    )
    run.record(
        "paper-signed", data={"document": document, "name": name[:200], "sha256": stored.sha256, **told}
    )
    save_beside_flow(run)
    return attachment
