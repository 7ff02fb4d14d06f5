"""Recall: take back what one gave to one of several, while its receiver has not begun with it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from laksana.cases import hooks
from laksana.cases.engine.access import open_item
from laksana.cases.engine.recalling import given_at, obstacle, take_back
from laksana.cases.engine.run import Run
from laksana.cases.engine.settling import settle
from laksana.cases.engine.transaction import atomically
from laksana.cases.errors import Invalid, NotYours, Refused
from laksana.cases.models import Case, WorkItem
from laksana.people.models import Person


@atomically
def recall(
    item_id: int, revision: int, person: Person, reason: str, at: datetime, *, key: UUID | None = None
) -> Case:
    """Take back the row that an open step runs for, with a reason; return the case.

    The case goes on without that row; where it was the last one, its giver gives anew. Who gave it may, as long as the
    definition allows it (`for_each: {recall: true}`) and nobody took the step, typed into its form, passed it on or did it.
    Raises NotFound, AlreadyDone, NotYours, Invalid, Refused.
    """
    run, item = open_item(item_id, revision, at, person, key, "recalled")
    giving = check_may_recall(run, item, person)
    if not reason.strip():
        raise Invalid({"reason": _("Say why it is taken back.")})
    told = {"to": item.desk, "instance": item.instance, "reason": reason.strip()}
    run.record("recalled", step=item.step, item=item, data=told)
    take_back(run, item, giving)
    settle(run)
    for item_recalled in hooks.on_item_recalled:
        item_recalled(run.case, item, at)
    return run.case


def check_may_recall(run: Run, item: WorkItem, person: Person) -> WorkItem:
    """Return the done work item that gave the row of an open one. Raises NotYours or Refused unless the person may take it back.

    Who gave it may; once he no longer sits at the desk where he did, whoever sits there.
    """
    giving = given_at(run, item)
    if giving is None:
        raise Refused(_("This step is none that somebody gives and can take back."))
    holders = run.office.holders(giving.desk)
    successor = giving.done_by_id not in holders and person.pk in holders
    if giving.done_by_id != person.pk and not successor:
        raise NotYours(_("Only the one who gave it can take it back."))
    if (why := obstacle(run, item, giving)) is not None:
        raise Refused(why)
    return giving
