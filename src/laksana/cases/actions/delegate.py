"""Delegate: put a step on another person's desk."""

from datetime import datetime
from uuid import UUID

from laksana.cases.engine.access import Repeated, open_item
from laksana.cases.engine.desk import NOBODY
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save
from laksana.cases.errors import Invalid, NotYours
from laksana.cases.models import Case
from laksana.cases.rights import check_may_do, excluded
from laksana.people.models import Person


@atomically
def delegate(
    item_id: int,
    revision: int,
    person: Person,
    to: Person,
    at: datetime,
    *,
    reason: str = "",
    key: UUID | None = None,
) -> Case:
    """Put an open step on the desk of another; return the case.

    The one whose desk it lies on may do so; a step on nobody's desk is placed by an administrator. Raises NotFound, AlreadyDone,
    NotYours, Invalid (four eyes, an inactive person).
    """
    try:
        run, item = open_item(item_id, revision, at, person, key)
    except Repeated as repeated:
        return repeated.event.case
    if item.desk == NOBODY:
        if not (person.account and person.account.is_staff):
            raise NotYours("only an administrator can place a step that lies on nobody's desk")
    else:
        check_may_do(run, item, person, run.office.desks_of(person.pk))
    if not to.active:
        raise Invalid({"to": f"{to} is no longer active"})
    if to.pk in excluded(run, run.procedure.step(item.step), item):
        raise Invalid({"to": f"four eyes: {to} did the earlier step, or asks for himself"})
    former = item.desk
    item.desk = f"person:{to.pk}"
    item.claimed_by = item.claimed_at = None
    run.change(item)
    run.record(
        "delegated", step=item.step, item=item, data={"from": former, "to": item.desk, "reason": reason}
    )
    save(run)
    return run.case
