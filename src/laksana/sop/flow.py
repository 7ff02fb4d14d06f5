"""The workflow net of a procedure: what is enabled, and what fires next.

A *token* marks a step as enabled, for the whole case or for one *instance* of a step that runs `for_each` row. An
instance is named by its path: `()` is the case itself, `(2,)` the second row's, `(2, 1)` the first that this one made. A
step that `joins` waits for one token from every step that leads to it; a step that `gathers` waits until every instance
made has arrived, with nothing of it left open. Everything here is pure: the engine keeps the same marking in rows and
calls `fire`. A flow that `laksana.sop.soundness` finds sound never raises FlowError.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from laksana.sop.definition import END, Procedure

Instance = tuple[int, ...]
WHOLE: Instance = ()
"""The instance that is the case itself."""


class FlowError(ValueError):
    """The net cannot do that: a step not enabled, one that would run twice at once, or work that would be left behind."""


@dataclass(frozen=True)
class Node:
    """A step as the net sees it."""

    id: str
    exits: dict[str | None, tuple[str, ...]]
    timeout: tuple[str, ...]
    need: int
    """How many tokens it waits for: 1, or for a join the number of steps that lead to it."""
    spawns: bool
    gathers_itself: bool
    """It spawns, and no other step gathers its instances: it leads on when all of them are done."""
    quorum: int | None
    gathers: str | None
    each_level: bool


@dataclass(frozen=True)
class Net:
    """The flow of one procedure."""

    start: str
    nodes: dict[str, Node]

    @classmethod
    def of(cls, procedure: Procedure) -> "Net":
        """Return the net of a procedure."""
        exits = {step.id: procedure.successors(step) for step in procedure.steps}
        timeouts = {step.id: step.timeout.then if step.timeout else () for step in procedure.steps}
        leads: dict[str, set[str]] = {}
        for step_id, groups in exits.items():
            for targets in (*groups.values(), timeouts[step_id]):
                for target in targets:
                    leads.setdefault(target, set()).add(step_id)
        gathered = {step.gathers.of for step in procedure.steps if step.gathers}
        nodes = {
            step.id: Node(
                id=step.id,
                exits=exits[step.id],
                timeout=timeouts[step.id],
                need=max(1, len(leads.get(step.id, ()))) if step.joins else 1,
                spawns=step.for_each is not None,
                gathers_itself=step.for_each is not None and step.id not in gathered,
                quorum=step.for_each.quorum if step.for_each else None,
                gathers=step.gathers.of if step.gathers else None,
                each_level=step.gathers.each_level if step.gathers else False,
            )
            for step in procedure.steps
        }
        return cls(procedure.steps[0].id, nodes)


@dataclass
class Marking:
    """Where a case stands: tokens, and the instances that are still on their way.

    `arrived` counts the tokens at a step for an instance; below the node's `need` the step is still waiting. `made_by` names, for
    every unfinished instance, the step that made it.
    """

    arrived: dict[tuple[str, Instance], int] = field(default_factory=dict)
    made_by: dict[Instance, str] = field(default_factory=dict)
    gathered: set[Instance] = field(default_factory=set)
    """Unfinished instances that have arrived at their gathering step."""
    last_child: dict[Instance, int] = field(default_factory=dict)
    """The highest number given so far to an instance below this one, so that none is given twice."""
    optional: set[Instance] = field(default_factory=set)
    """Unfinished instances that need not come back: they are closed when all the others of their kind have."""

    def copy(self) -> "Marking":
        """Return an independent copy."""
        return Marking(
            dict(self.arrived),
            dict(self.made_by),
            set(self.gathered),
            dict(self.last_child),
            set(self.optional),
        )

    @property
    def ended(self) -> bool:
        """Return whether nothing is left to do."""
        return not self.arrived

    def enabled(self, net: Net) -> Iterator[tuple[str, Instance]]:
        """Yield every step that can be done now, with its instance."""
        for (step, instance), count in self.arrived.items():
            if count >= net.nodes[step].need:
                yield step, instance


Rows = Callable[[str, Instance], int]
"""Asks how many rows a `for_each` step finds for an instance; 0 lets the step run once, without an instance of its own."""


@dataclass
class Change:
    """What a firing did, for the engine to write down."""

    opened: list[tuple[str, Instance]] = field(default_factory=list)
    """Steps that became enabled, in order."""
    waiting: list[tuple[str, Instance]] = field(default_factory=list)
    """Joins that got a token and still wait."""
    made: list[tuple[Instance, str]] = field(default_factory=list)
    """New instances with the step that made them."""
    finished: list[Instance] = field(default_factory=list)
    closed: list[tuple[str, Instance]] = field(default_factory=list)
    """Steps withdrawn unfinished, because a quorum was reached."""


def begin(net: Net, rows: Rows) -> tuple[Marking, Change]:
    """Return the marking of a new case, and what became enabled."""
    marking, change = Marking(), Change()
    _deliver(net, marking, change, net.start, WHOLE, rows)
    return marking, change


def fire(
    net: Net,
    marking: Marking,
    step: str,
    instance: Instance,
    targets: tuple[str, ...],
    rows: Rows,
    *,
    conclude: bool = False,
) -> Change:
    """Do an enabled step: take its tokens and send one to each target; `marking` is changed in place.

    A step that gathers its own instances sends its tokens once, with the targets of the last instance done, or at once
    when `conclude` says that the others are no longer needed. Raises FlowError when the step is not enabled, or when the
    flow is unsound and shows it here; the marking is then of no more use.
    """
    node = net.nodes[step]
    if marking.arrived.get((step, instance), 0) < node.need:
        raise FlowError(f"step {step} is not enabled for instance {instance}")
    del marking.arrived[step, instance]
    change = Change()
    if node.gathers_itself and marking.made_by.get(instance) == step:
        marking.gathered.add(instance)
        siblings = siblings_of(marking, instance)
        if not (conclude or _enough(node, marking, siblings)):
            return change
        for sibling in siblings:
            _finish(marking, change, sibling)
        instance = instance[:-1]
    for target in targets:
        if instance and instance not in marking.made_by:
            raise FlowError(f"step {step} leads on to {target} for instance {instance}, which has just ended")
        _deliver(net, marking, change, target, instance, rows)
    return change


def withdraw(marking: Marking, instance: Instance) -> Change:
    """Take an instance out, with everything below it, as if it had never been made."""
    change = Change()
    _finish(marking, change, instance)
    return change


def go_on_without(
    net: Net,
    marking: Marking,
    maker: str,
    parent: Instance,
    targets: tuple[str, ...],
    rows: Rows,
    *,
    conclude: bool = False,
) -> Change:
    """Gather the instances that `maker` made for `parent` if, after one was withdrawn, enough of them are back.

    `targets` and `conclude` count for a step that gathers its own instances, as in `fire`.
    """
    node, change = net.nodes[maker], Change()
    left = [i for i, made_by in marking.made_by.items() if made_by == maker and i[:-1] == parent]
    if not left or not (conclude or _enough(node, marking, left)):
        return change
    if node.gathers_itself:
        for sibling in left:
            _finish(marking, change, sibling)
        for target in targets:
            _deliver(net, marking, change, target, parent, rows)
    else:
        gatherer = next(other for other in net.nodes.values() if other.gathers == maker)
        _complete(net, marking, change, gatherer, left[0], rows)
    return change


def reopen(net: Net, marking: Marking, step: str, instance: Instance) -> Change:
    """Enable a step anew for an instance that stands nowhere else on its way from that step."""
    change = Change()
    _place(marking, change, net.nodes[step], instance)
    return change


def siblings_of(marking: Marking, instance: Instance) -> list[Instance]:
    """Return the unfinished instances that the same step made for the same parent, `instance` included."""
    maker, parent = marking.made_by[instance], instance[:-1]
    return [i for i, m in marking.made_by.items() if m == maker and i[:-1] == parent]


def _enough(maker: Node, marking: Marking, siblings: list[Instance]) -> bool:
    needed = [sibling for sibling in siblings if sibling not in marking.optional] or siblings
    back = sum(sibling in marking.gathered for sibling in siblings)
    return marking.gathered.issuperset(needed) or (maker.quorum is not None and back >= maker.quorum)


def _deliver(net: Net, marking: Marking, change: Change, target: str, instance: Instance, rows: Rows) -> None:
    if target == END:
        _end(net, marking, change, instance, rows)
        return
    node = net.nodes[target]
    if node.gathers is not None:
        child = _made_by(marking, instance, node.gathers)
        if child is not None:
            _gather(net, marking, change, node, child, rows)
            return
    _enter(net, marking, change, target, instance, rows)


def _enter(net: Net, marking: Marking, change: Change, target: str, instance: Instance, rows: Rows) -> None:
    node = net.nodes[target]
    if any(maker == target and child[:-1] == instance for child, maker in marking.made_by.items()):
        raise FlowError(f"step {target} would run twice at once for instance {instance}")
    count = rows(target, instance) if node.spawns else 0
    if count == 0:
        _place(marking, change, node, instance)
        return
    if (target, instance) in marking.arrived:
        raise FlowError(f"step {target} would run twice at once for instance {instance}")
    first = marking.last_child.get(instance, 0) + 1
    marking.last_child[instance] = first + count - 1
    for number in range(first, first + count):
        child = (*instance, number)
        marking.made_by[child] = target
        change.made.append((child, target))
        _place(marking, change, node, child)


def _place(marking: Marking, change: Change, node: Node, instance: Instance) -> None:
    key = (node.id, instance)
    count = marking.arrived.get(key, 0) + 1
    if count > node.need:
        raise FlowError(f"step {node.id} would run twice at once for instance {instance}")
    marking.arrived[key] = count
    (change.opened if count == node.need else change.waiting).append(key)


def _made_by(marking: Marking, instance: Instance, step: str) -> Instance | None:
    """Return the nearest of `instance` and those it came from that `step` made, or None."""
    while instance:
        if marking.made_by.get(instance) == step:
            return instance
        instance = instance[:-1]
    return None


def _gather(net: Net, marking: Marking, change: Change, node: Node, child: Instance, rows: Rows) -> None:
    if left := [step for step, instance in marking.arrived if instance[: len(child)] == child]:
        raise FlowError(f"instance {child} arrives at step {node.id} while {', '.join(left)} is still open")
    marking.gathered.add(child)
    if _enough(net.nodes[marking.made_by[child]], marking, siblings_of(marking, child)):
        _complete(net, marking, change, node, child, rows)


def _complete(net: Net, marking: Marking, change: Change, node: Node, child: Instance, rows: Rows) -> None:
    """Finish an instance with its siblings and enter the step that gathers them, or gather the one they came from."""
    maker, parent = marking.made_by[child], child[:-1]
    for sibling in siblings_of(marking, child):
        _finish(marking, change, sibling)
    outer = None if node.each_level else _made_by(marking, parent, maker)
    if outer is not None:
        _gather(net, marking, change, node, outer, rows)
    else:
        _enter(net, marking, change, node.id, parent, rows)


def _finish(marking: Marking, change: Change, instance: Instance) -> None:
    """Close an instance and everything below it that is still open."""
    size = len(instance)
    for key in [key for key in marking.arrived if key[1][:size] == instance]:
        del marking.arrived[key]
        change.closed.append(key)
    for below in [i for i in marking.made_by if i[:size] == instance]:
        del marking.made_by[below]
        marking.gathered.discard(below)
        marking.optional.discard(below)
        change.finished.append(below)


def _end(net: Net, marking: Marking, change: Change, instance: Instance, rows: Rows) -> None:
    """A token reached the end: an instance then counts as arrived wherever it is gathered."""
    if not instance or any(i[: len(instance)] == instance for _, i in marking.arrived):
        return
    maker = marking.made_by[instance]
    gatherer = next(node for node in net.nodes.values() if node.gathers == maker)
    _gather(net, marking, change, gatherer, instance, rows)
