"""Delegate: put a step on another person's desk."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from laksana.cases.engine.access import open_item
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save
from laksana.cases.errors import Invalid
from laksana.cases.models import Case
from laksana.cases.rights import check_may_place, excluded
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

    Who may do the step may do so; for an employee his superior; for a desk at which nobody sits an administrator. Raises
    NotFound, AlreadyDone, NotYours, Invalid (four eyes, one who has left).
    """
    run, item = open_item(item_id, revision, at, person, key, "delegated")
    check_may_place(run, item, person)
    if not to.active:
        raise Invalid({"to": _("%(person)s no longer works here.") % {"person": to}})
    if to.pk in excluded(run, run.procedure.step(item.step), item):
        text = _("Four eyes: %(person)s did an earlier step of this case, or asks for himself.")
        raise Invalid({"to": text % {"person": to}})
    former = item.desk
    item.desk = f"person:{to.pk}"
    item.claimed_by = item.claimed_at = None
    run.change(item)
    run.opened_items.append(item)
    run.record(
        "delegated",
        step=item.step,
        item=item,
        data={"from": former, "to": item.desk, "reason": reason.strip()},
    )
    save(run)
    return run.case
