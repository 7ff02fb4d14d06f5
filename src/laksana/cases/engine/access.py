"""Finding what an action names, in the state that the person saw; and what was sent before."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from laksana.cases.engine import reading
from laksana.cases.engine.run import Run
from laksana.cases.errors import AlreadyDone, NotFound, Refused, Repeated
from laksana.cases.models import Case, Event, WorkItem
from laksana.people.models import Person
from laksana.people.services import desks_of

NO_SUCH_STEP = "There is no such step."


def open_item(
    item_id: int, revision: int | None, at: datetime, actor: Person | None, key: UUID | None, kind: str
) -> tuple[Run, WorkItem]:
    """Return a locked case and its open work item; `revision` None stands for any.

    `kind` is the event that the action would record. Raises NotFound, AlreadyDone, or Repeated for a key that was used.
    """
    case = reading.locked_case_of(item_id)
    if case is None:
        raise NotFound(_(NO_SUCH_STEP))
    run = Run.read(case, at, actor, key)
    item = next((i for i in run.items if i.pk == item_id and i.state == WorkItem.State.OPEN), None)
    if item is None or revision not in (None, item.revision):
        refuse_repeated(key, actor, kind)
        raise _already_done(item or WorkItem.objects.select_related("done_by", "claimed_by").get(pk=item_id))
    return run, item


def open_case(case_id: int, at: datetime, actor: Person, key: UUID | None, kind: str) -> Run:
    """Return a locked case. Raises NotFound, or Repeated for a key that was used."""
    run = Run.open(case_id, at, actor, key)
    refuse_repeated(key, actor, kind)
    return run


def open_readable_case(case_id: int, at: datetime, actor: Person, key: UUID | None, kind: str) -> Run:
    """Return a locked case that the person may know of. Raises NotFound, or Repeated for a key that was used."""
    if not Case.objects.readable_by(actor, desks_of(actor, at)).filter(pk=case_id).exists():
        raise NotFound(_("There is no such case, or you may not see it."))
    return open_case(case_id, at, actor, key, kind)


def refuse_repeated(key: UUID | None, actor: Person | None, kind: str) -> None:
    """Raise Repeated when the same person sent this key before for the same; Refused when it was sent for something else."""
    event = Event.objects.filter(key=key).select_related("case").first() if key else None
    if event is None:
        return
    if event.actor_id != (actor.pk if actor else None) or event.kind != kind:
        raise Refused(
            _("This form was sent before, for something else. Open the page anew and send it again.")
        )
    raise Repeated(event)


def _already_done(item: WorkItem) -> AlreadyDone:
    who = item.done_by or item.claimed_by
    if item.state == WorkItem.State.DONE and who is not None:
        return AlreadyDone(_("%(who)s has already done this step.") % {"who": who}, str(who), item.done_at)
    if item.state != WorkItem.State.OPEN:
        told = {"state": item.get_state_display()}
        return AlreadyDone(_("This step is no longer open (%(state)s).") % told, "", item.done_at)
    if who is None:
        return AlreadyDone(_("This step changed since you opened it. Look at it again."))
    told = {"who": str(who)}
    text = _("This step changed since you opened it: %(who)s has taken it. Look at it again.")
    return AlreadyDone(text % told, str(who), item.claimed_at)
