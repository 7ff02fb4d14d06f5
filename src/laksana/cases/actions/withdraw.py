"""Withdraw: take back a step just done, while nobody has begun what follows."""

from datetime import datetime
from uuid import UUID

from laksana.cases.engine.access import Repeated, refuse_repeated
from laksana.cases.engine.marking import path_of, text_of
from laksana.cases.engine.run import Run
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save
from laksana.cases.errors import NotFound, NotYours, Refused
from laksana.cases.models import Case, WorkItem
from laksana.people.models import Person

_PLAIN = {"completed", "commented", "attached"}


@atomically
def withdraw(item_id: int, person: Person, at: datetime, *, key: UUID | None = None) -> Case:
    """Take back the last step of a case, done by this person; it is open again. Return the case.

    Refused once the next performer has begun, and where the step allotted a number, started another case, made instances or ran
    something by itself: those have gone out. Raises NotFound, NotYours, Refused.
    """
    done = WorkItem.objects.filter(pk=item_id).first()
    if done is None:
        raise NotFound("there is no such work item")
    run = Run.open(done.case_id, at, person, key)
    try:
        refuse_repeated(key, person)
    except Repeated as repeated:
        return repeated.event.case
    if done.done_by_id != person.pk:
        raise NotYours("only the one who did a step can take it back")
    _check_still_ours(run, done)
    for item in list(run.items):
        if item.opened_at == done.done_at:
            run.close(item, WorkItem.State.WITHDRAWN)
            del run.marking.arrived[item.step, path_of(item.instance)]
    run.marking.arrived[done.step, path_of(done.instance)] = run.net.nodes[done.step].need
    again = _reopen(run, done)
    run.record("withdrawn", step=done.step, item=done, data={"again": again.step})
    save(run)
    return run.case


def _check_still_ours(run: Run, done: WorkItem) -> None:
    step = run.procedure.step(done.step)
    if done.state != WorkItem.State.DONE or run.case.state != Case.State.RUNNING:
        raise Refused("only a step just done in a running case can be taken back")
    if step.auto or step.starts or run.net.nodes[step.id].spawns or len(step.by) > 1:
        raise Refused("this step cannot be taken back: what it set in motion has gone out")
    later = run.case.events.filter(number__gt=_event_number(run, done))
    if any(kind not in _PLAIN for kind in later.values_list("kind", flat=True)):
        raise Refused("the next step has begun; ask its performer to return the case")
    followers = [item for item in run.items if item.opened_at == done.done_at]
    if not followers or any(
        i.claimed_by_id or i.state != WorkItem.State.OPEN or i.instance != done.instance for i in followers
    ):
        raise Refused("the next step has begun; ask its performer to return the case")


def _event_number(run: Run, done: WorkItem) -> int:
    return run.case.events.filter(work_item=done, kind="completed").latest("number").number


def _reopen(run: Run, done: WorkItem) -> WorkItem:
    item = WorkItem(
        case=run.case,
        step=done.step,
        lane=done.lane,
        instance=text_of(path_of(done.instance)),
        desk=done.desk,
        arrived=done.arrived,
        opened_at=done.opened_at,
        due_at=done.due_at,
        timeout_at=done.timeout_at,
        claimed_by=done.done_by,
        claimed_at=run.at,
    )
    run.items.append(item)
    run.new_items.append(item)
    return item
