"""Taking back what was given to one of several: who gave it, what stands in the way, and how the case goes on without it."""

from django.utils.translation import gettext as _

from laksana.cases.engine import ticking
from laksana.cases.engine.deciding import decided_by_instances
from laksana.cases.engine.marking import path_of, text_of
from laksana.cases.engine.moving import go_on_without, reopen, withdraw
from laksana.cases.engine.run import Run
from laksana.cases.models import Draft, Event, WorkItem
from laksana.sop.flow import Instance


def given_at(run: Run, item: WorkItem) -> WorkItem | None:
    """Return the done work item whose form gave the row that an open one stands for; None where rows are not taken back."""
    instance = path_of(item.instance)
    if not instance or item.step != run.instances[instance].made_by:
        return None
    spec = run.procedure.step(item.step).for_each
    if spec is None or not spec.recall:
        return None
    asking = [step.id for step in run.procedure.steps if spec.field in step.asks]
    above = [text_of(instance[:depth]) for depth in range(len(instance))]
    done = WorkItem.objects.filter(
        case=run.case,
        state=WorkItem.State.DONE,
        step__in=asking,
        instance__in=above,
        done_at__lte=run.instances[instance].made_at,
    )
    return done.select_related("done_by").order_by("-done_at", "-pk").first()


def obstacle(run: Run, item: WorkItem, giving: WorkItem) -> str | None:
    """Return why an open item is not taken back from its performer; None when it can be."""
    instance = path_of(item.instance)
    items = [each for each in run.items if path_of(each.instance)[: len(instance)] == instance]
    if any(_is_begun(each) for each in items) or _was_worked_on(run, instance):
        return _("The receiver has begun with it. Ask him to return it.")
    if not _siblings(run, instance) and not _leads_straight(run, giving, item.step):
        return _("This is the last one, and what else was set in motion has gone out. Delegate it instead.")
    return None


def take_back(run: Run, item: WorkItem, giving: WorkItem) -> None:
    """End the instance of an open item and go on without it; where none is left, its giver gives anew."""
    instance, maker = path_of(item.instance), run.procedure.step(item.step)
    left = _siblings(run, instance)
    withdraw(run, instance)
    ticking.after_recall(run, instance)
    if not left:
        step = run.procedure.step(giving.step)
        if step.is_decision:
            run.keep_outcome(step, path_of(giving.instance), None)
        reopen(run, step, path_of(giving.instance))
        return
    combined = None
    if maker.is_decision and run.net.nodes[maker.id].gathers_itself:
        combined = decided_by_instances(run, maker, left[0])
        if combined is not None:
            run.keep_outcome(maker, instance[:-1], combined)
    go_on_without(run, instance, maker, combined, conclude=combined is not None)


def _siblings(run: Run, instance: Instance) -> list[Instance]:
    maker = run.marking.made_by[instance]
    return [
        other
        for other, made_by in run.marking.made_by.items()
        if made_by == maker and other[:-1] == instance[:-1] and other != instance
    ]


def _is_begun(item: WorkItem) -> bool:
    """Return whether anybody took an item, typed into its form, passed it on or waits for what it started."""
    if item.state != WorkItem.State.OPEN or item.claimed_by_id is not None:
        return True
    return Event.objects.filter(work_item=item).exists() or Draft.objects.filter(work_item=item).exists()


def _was_worked_on(run: Run, instance: Instance) -> bool:
    return any(path_of(past.instance)[: len(instance)] == instance for past in run.everything_done())


def _leads_straight(run: Run, giving: WorkItem, maker: str) -> bool:
    """Return whether the way from the giving step to the one that made instances has no forks: then it can be gone again."""
    targets = run.net.nodes[giving.step].exits.get(giving.outcome or None, ())
    for _step in run.procedure.steps:
        if len(targets) != 1:
            return False
        node = run.net.nodes.get(targets[0])
        if node is not None and node.id == maker:
            return True
        if node is None or len(node.exits) != 1 or node.need > 1 or node.spawns or node.gathers:
            return False
        (targets,) = node.exits.values()
    return False
