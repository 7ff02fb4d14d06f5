"""Attach a paper: add a document that the system made to its case."""

from datetime import datetime

from laksana.cases.engine.run import Run
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save_beside_flow
from laksana.cases.models import Attachment
from laksana.files.models import StoredFile


@atomically
def attach_paper(
    case_id: int, stored: StoredFile, name: str, *, document: str, item_id: int | None, at: datetime
) -> Attachment:
    """Add a made paper to its case, at the work item that owed it; return the attachment. Raises NotFound."""
    run = Run.open(case_id, at, None)
    attachment = Attachment.objects.create(
        case=run.case, stored=stored, name=name[:200], document=document, work_item_id=item_id, at=at
    )
    run.record("paper-made", data={"document": document, "name": name[:200], "sha256": stored.sha256})
    save_beside_flow(run)
    return attachment
