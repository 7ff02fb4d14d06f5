"""The way back of one step: what its doing opened is closed, its clocks are set back, and it is open again."""

from django.utils.translation import gettext as _

from laksana.cases.engine import clocks
from laksana.cases.engine.desk import is_unattended
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.run import Run
from laksana.cases.models import Case, Clock, Event, WorkItem
from laksana.sop.definition import Step
from laksana.sop.flow import Instance


def obstacle(run: Run, done: WorkItem) -> str | None:
    """Return why a done work item cannot be taken back; None when it can."""
    step = run.procedure.step(done.step)
    if done.state != WorkItem.State.DONE or run.case.state != Case.State.RUNNING:
        return _("Only a step that was done, of a case that is running, can be taken back.")
    if step.auto or step.starts or step.for_each or len(step.by) > 1 or _spreads(run, step, done):
        return _("This step cannot be taken back: what it set in motion has gone out.")
    if any(target not in run.net.nodes for target in _targets(run, step, done)):
        return _("This step cannot be taken back: it ended a branch of the case.")
    if _done_again(run, done) or _is_begun(run, step, done):
        return _("The next step has begun. Ask its performer to return the case.")
    return None


def take_back(run: Run, done: WorkItem) -> WorkItem:
    """Take a done work item back; return the one that is open in its place. `obstacle` must have found none."""
    step, instance = run.procedure.step(done.step), path_of(done.instance)
    _set_clocks_back(run, step, done)
    for target in _targets(run, step, done):
        _take_token(run, target, instance)
    if step.is_decision:
        run.keep_outcome(step, instance, _former_outcome(run, done))
    run.marking.arrived[step.id, instance] = run.net.nodes[step.id].need
    return _reopen(run, step, done)


def _targets(run: Run, step: Step, done: WorkItem) -> tuple[str, ...]:
    return run.procedure.successors(step).get(done.outcome or None, ())


def _spreads(run: Run, step: Step, done: WorkItem) -> bool:
    """Return whether the step led to one that gathers instances, makes them, or is done by the system."""
    nodes = [run.net.nodes[target] for target in _targets(run, step, done) if target in run.net.nodes]
    if any(node.gathers or node.spawns for node in nodes):
        return True
    return any(is_unattended(run.procedure, run.procedure.step(node.id)) for node in nodes)


def _done_again(run: Run, done: WorkItem) -> bool:
    items = WorkItem.objects.filter(case=run.case, step=done.step, instance=done.instance)
    return items.filter(pk__gt=done.pk).exists()


def _is_begun(run: Run, step: Step, done: WorkItem) -> bool:
    """Return whether anything was done with what followed: only items of this cause, or joins that still wait, may be there."""
    number = Event.objects.filter(case=run.case, work_item=done, kind="completed").latest("number").number
    for target in _targets(run, step, done):
        items = run.items_at(target, path_of(done.instance))
        if not items or any(item.claimed_by_id for item in items):
            return True
        if any(item.cause != number and item.state == WorkItem.State.OPEN for item in items):
            return True
        later = WorkItem.objects.filter(case=run.case, step=target, instance=done.instance, cause__gte=number)
        if later.exclude(pk__in=[item.pk for item in items]).exists():
            return True
        if Event.objects.filter(work_item__in=items).exclude(kind__in=("claimed", "released")).exists():
            return True
    return False


def _take_token(run: Run, step_id: str, instance: Instance) -> None:
    """Take from a step the token it was given; a join that others led to as well waits again."""
    items, left = run.items_at(step_id, instance), run.marking.arrived[step_id, instance] - 1
    if left:
        waiting = items.pop(0)
        waiting.state, waiting.desk, waiting.arrived = WorkItem.State.WAITING, "", left
        waiting.due_at = waiting.timeout_at = None
        run.marking.arrived[step_id, instance] = left
        run.change(waiting)
    else:
        del run.marking.arrived[step_id, instance]
    for item in items:
        run.close(item, WorkItem.State.WITHDRAWN)


def _former_outcome(run: Run, done: WorkItem) -> str | None:
    """Return what the step had decided before this time, in an earlier round."""
    earlier = WorkItem.objects.filter(
        case=run.case, step=done.step, instance=done.instance, state=WorkItem.State.DONE
    ).exclude(pk=done.pk)
    return earlier.order_by("-done_at", "-pk").values_list("outcome", flat=True).first()


def _set_clocks_back(run: Run, step: Step, done: WorkItem) -> None:
    """Undo what a step did to clocks: those it started go, those it stopped or paused run, those it resumed stand still."""
    for clock in Clock.objects.filter(case=run.case, stopped_at=done.done_at):
        if run.spec_of(clock).to == step.id:
            clocks.take_back_stop(clock)
            run.clocks.append(clock)
            run.changed_clocks.append(clock)
    for clock in list(run.clocks):
        spec = run.spec_of(clock)
        if spec.from_ == step.id and clock.started_at == done.done_at:
            run.clocks.remove(clock)
            clock.delete()
        elif clock.state == Clock.State.PAUSED and clock.paused_at == done.done_at:
            clocks.take_back_pause(clock)
            run.changed_clocks.append(clock)
        elif clock.state == Clock.State.RUNNING and step.id in spec.pauses_at:
            clocks.pause(clock, run.at)
            run.changed_clocks.append(clock)


def _reopen(run: Run, step: Step, done: WorkItem) -> WorkItem:
    item = run.new_item(step, done.lane, path_of(done.instance), done.desk)
    item.opened_at, item.due_at, item.timeout_at, item.cause = (
        done.opened_at,
        done.due_at,
        done.timeout_at,
        done.cause,
    )
    item.claimed_by, item.claimed_at = done.done_by, run.at
    return item
