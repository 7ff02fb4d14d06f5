"""Claim: take a step from a common desk, so that colleagues see who does it."""

from datetime import datetime
from uuid import UUID

from laksana.cases.engine.access import open_item
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save
from laksana.cases.models import Case
from laksana.cases.rights import check_may_do
from laksana.people.models import Person


@atomically
def claim(item_id: int, revision: int, person: Person, at: datetime, *, key: UUID | None = None) -> Case:
    """Take an open step; return the case. One that he has already taken stays as it is.

    Raises NotFound, AlreadyDone, NotYours.
    """
    run, item = open_item(item_id, revision, at, person, key, "claimed")
    check_may_do(run, item, person, run.office.desks_of(person.pk))
    if item.claimed_by_id == person.pk:
        return run.case
    item.claimed_by, item.claimed_at = person, at
    run.change(item)
    run.record("claimed", step=item.step, item=item)
    save(run)
    return run.case
