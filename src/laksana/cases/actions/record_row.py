"""Record a row: add to the journal of a step that stays open over days."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from laksana.cases.engine.access import Repeated, open_item
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save
from laksana.cases.errors import Invalid, Refused
from laksana.cases.models import Case
from laksana.cases.references import existing
from laksana.cases.rights import check_may_do
from laksana.people.models import Person
from laksana.sop.form import clean_row, to_json


@atomically
def record_row(
    item_id: int,
    revision: int,
    person: Person,
    row: Mapping[str, Any],
    at: datetime,
    *,
    key: UUID | None = None,
) -> Case:
    """Add one row to an open step's journal; return the case. Raises NotFound, AlreadyDone, NotYours, Invalid, Refused."""
    try:
        run, item = open_item(item_id, revision, at, person, key)
    except Repeated as repeated:
        return repeated.event.case
    check_may_do(run, item, person, run.office.desks_of(person.pk))
    step = run.procedure.step(item.step)
    if step.journal is None:
        raise Refused("this step keeps no journal")
    instance = path_of(item.instance)
    known = run.values(instance)
    cleaned = clean_row(run.procedure, step.journal, row, known, exists=existing(run.case, person))
    if cleaned.errors:
        raise Invalid(dict(cleaned.errors))
    kept = known.get(step.journal) or []
    run.keep({step.journal: [*kept, cleaned.values]}, instance)
    run.change(item)
    run.record(
        "recorded", step=step.id, item=item, data={"field": step.journal, "row": to_json(cleaned.values)}
    )
    save(run)
    return run.case
