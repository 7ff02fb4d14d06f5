"""Destroy files: the contents of an archived case go; its rows, events and their chain stay."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from laksana.cases.engine.run import Run
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save_beside_flow
from laksana.cases.errors import Refused
from laksana.cases.models import Attachment, Case
from laksana.cases.subject import search_text
from laksana.people.models import Person


@atomically
def destroy_files(case_id: int, person: Person, data: Mapping[str, Any], at: datetime) -> Case:
    """Mark the files of an ended case as destroyed and record their sums; erasing the contents is the caller's.

    Who may is the archive's to check. Raises NotFound, Refused for a case that still runs.
    """
    run = Run.open(case_id, at, person)
    if run.case.state == Case.State.RUNNING:
        raise Refused("a case that still runs is not destroyed")
    kept = Attachment.objects.filter(case=run.case, destroyed_at=None)
    sums = sorted(set(kept.values_list("stored__sha256", flat=True)))
    kept.update(destroyed_at=at)
    run.record("archive-destroyed", data={**data, "sha256": sums})
    save_beside_flow(run)
    run.case.file_words = ""
    run.case.search_text = search_text(run.case, run.procedure, run.values())
    run.case.save(update_fields=["file_words", "search_text"])
    return run.case
