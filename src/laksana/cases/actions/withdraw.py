"""Withdraw: take back a step just done, while nobody has begun what follows."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from laksana.cases.engine.access import NO_SUCH_STEP, open_case
from laksana.cases.engine.run import Run
from laksana.cases.engine.taking_back import obstacle, take_back
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save
from laksana.cases.errors import NotFound, NotYours, Refused
from laksana.cases.models import Case, WorkItem
from laksana.people.models import Person


@atomically
def withdraw(item_id: int, person: Person, at: datetime, *, key: UUID | None = None) -> Case:
    """Take back a step that this person did; it is open again, with what he typed. Return the case.

    Refused once the next performer has begun, and where the step set something in motion that has gone out: an automatic
    action, another case, instances, the end of a branch. Raises NotFound, NotYours, Refused.
    """
    case_id = WorkItem.objects.filter(pk=item_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound(_(NO_SUCH_STEP))
    run = open_case(case_id, at, person, key, "withdrawn")
    done = WorkItem.objects.get(pk=item_id)
    check_may_withdraw(run, done, person)
    again = take_back(run, done)
    run.record("withdrawn", step=done.step, item=done, data={"again": again.step})
    save(run)
    return run.case


def check_may_withdraw(run: Run, done: WorkItem, person: Person) -> None:
    """Raise NotYours or Refused unless the person may take this done work item back now."""
    if done.done_by_id != person.pk:
        raise NotYours(_("Only the one who did a step can take it back."))
    if (why := obstacle(run, done)) is not None:
        raise Refused(why)
