"""Cancel: end a case before its flow does."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from laksana.cases import hooks
from laksana.cases.engine.access import open_case
from laksana.cases.engine.settling import settle
from laksana.cases.engine.ticking import stop_all
from laksana.cases.engine.transaction import atomically
from laksana.cases.errors import AlreadyDone, Invalid, NotYours
from laksana.cases.models import Case, WorkItem
from laksana.people.models import Person


@atomically
def cancel(case_id: int, person: Person, reason: str, at: datetime, *, key: UUID | None = None) -> Case:
    """Cancel a running case with a reason; return it. The initiator may, and whoever has an open step of it.

    Raises NotFound, NotYours, Invalid, AlreadyDone. A case that waits for this one goes on, and is handed nothing back.
    """
    if not reason.strip():
        raise Invalid({"reason": _("Say why the case is cancelled.")})
    run = open_case(case_id, at, person, key, "cancelled")
    if run.case.state != Case.State.RUNNING:
        told = {"state": run.case.get_state_display()}
        raise AlreadyDone(_("The case is no longer running (%(state)s).") % told, "", run.case.ended_at)
    desks = run.office.desks_of(person.pk)
    if run.case.initiator_id != person.pk and not any(item.desk in desks for item in run.items):
        raise NotYours(_("Only the one who started a case, or who has a step of it to do, can cancel it."))
    stop_all(run)
    for item in list(run.items):
        run.close(item, WorkItem.State.WITHDRAWN)
    run.case.state, run.case.ended_at = Case.State.CANCELLED, at
    run.record("cancelled", data={"reason": reason.strip()})
    settle(run)
    for case_cancelled in hooks.on_case_cancelled:
        case_cancelled(run.case, at)
    return run.case
