"""Record a row: add to the journal of a step that stays open over days."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from laksana.cases.engine.access import open_item, refuse_repeated
from laksana.cases.engine.attaching import attach_given
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save
from laksana.cases.errors import Invalid, Refused
from laksana.cases.models import Case
from laksana.cases.references import existing
from laksana.cases.rights import check_may_do
from laksana.people.models import Person
from laksana.sop.form import MAX_ROWS, clean_row, to_json

KIND = "recorded"


@atomically
def record_row(
    item_id: int,
    revision: int,  # noqa: ARG001  (as every action on a step; rows of several people add up, whatever each of them saw)
    person: Person,
    row: Mapping[str, Any],
    at: datetime,
    *,
    key: UUID | None = None,
) -> Case:
    """Add one row to an open step's journal; return the case.

    Two who add rows at once both succeed. A form of the step that was opened before is refused as changed, so that it cannot
    overwrite the row. Raises NotFound, AlreadyDone, NotYours, Invalid, Refused.
    """
    run, item = open_item(item_id, None, at, person, key, KIND)
    refuse_repeated(key, person, KIND)
    check_may_do(run, item, person, run.office.desks_of(person.pk))
    step, instance = run.procedure.step(item.step), path_of(item.instance)
    if step.journal is None:
        raise Refused(_("This step keeps no journal."))
    known = run.known(step, instance)
    kept, most = known.get(step.journal) or [], run.procedure.fields[step.journal].max_rows or MAX_ROWS
    if len(kept) >= most:
        raise Refused(_("The journal is full: it holds %(limit)d rows at most.") % {"limit": most})
    exists = existing(run.case, person, run.office)
    cleaned = clean_row(run.procedure, step.journal, row, known, exists=exists)
    if cleaned.errors:
        raise Invalid(dict(cleaned.errors))
    attach_given(run, item, {step.journal: [cleaned.values]})
    run.keep({step.journal: [*kept, cleaned.values]}, instance)
    run.change(item)
    run.record(KIND, step=step.id, item=item, data={"field": step.journal, "row": to_json(cleaned.values)})
    save(run)
    return run.case
