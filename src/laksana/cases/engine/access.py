"""Finding the work item that an action names, in the state that the person saw."""

from datetime import datetime
from uuid import UUID

from laksana.cases.engine.run import Run
from laksana.cases.errors import AlreadyDone, NotFound
from laksana.cases.models import Event, WorkItem
from laksana.people.models import Person


class Repeated(Exception):  # noqa: N818  (not a fault: the action happened already, with this very key)
    """The action was sent before with the same key and happened then."""

    def __init__(self, event: Event) -> None:
        super().__init__("sent before")
        self.event = event


def open_item(
    item_id: int, revision: int, at: datetime, actor: Person | None, key: UUID | None
) -> tuple[Run, WorkItem]:
    """Return a locked case and its work item. Raises NotFound, AlreadyDone, or Repeated for a key that was used."""
    case_id = WorkItem.objects.filter(pk=item_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound("there is no such work item")
    run = Run.open(case_id, at, actor, key)
    item = next((i for i in run.items if i.pk == item_id and i.state == WorkItem.State.OPEN), None)
    if item is None or item.revision != revision:
        refuse_repeated(key, actor)
        raise _already_done(item or WorkItem.objects.select_related("done_by", "claimed_by").get(pk=item_id))
    return run, item


def refuse_repeated(key: UUID | None, actor: Person | None) -> None:
    """Raise Repeated when the same person sent this key before."""
    event = Event.objects.filter(key=key, actor=actor).select_related("case").first() if key else None
    if event is not None:
        raise Repeated(event)


def _already_done(item: WorkItem) -> AlreadyDone:
    who = item.done_by or item.claimed_by
    if item.state == WorkItem.State.DONE and who is not None:
        return AlreadyDone(f"{who} has already done this step", str(who), item.done_at)
    if item.state == WorkItem.State.OPEN:
        return AlreadyDone(
            f"this step changed since you opened it{f': {who} has taken it' if who else ''}; look at it again",
            str(who or ""),
            item.claimed_at,
        )
    return AlreadyDone(f"this step is no longer open ({item.get_state_display()})", "", item.done_at)
