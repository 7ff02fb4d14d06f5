"""Where a flow can come to, as far as its branches go: the states in which a case may stand on its way.

Rows of a `for_each` step do not touch each other until they are gathered, so one row is looked at by itself, and in the case (or
the row) that made them they count as the step that made them, not done yet.
"""

from collections.abc import Iterable

from laksana.sop.flow import WHOLE, Change, Marking, Net, fire

State = frozenset[tuple[str, int]]
"""Step -> how many tokens have come to it."""
_MOST_STATES = 20_000


class TooManyStatesError(ValueError):
    """The flow has too many branches side by side to look at all of its states."""


def states_of_case(net: Net) -> set[State]:
    """Return every state in which a case may stand. Raises TooManyStatesError."""
    return _reachable(net, net.start, until=None)


def states_of_row(net: Net, maker: str) -> set[State]:
    """Return every state in which a row that the step `maker` made may stand, until it is gathered. Raises TooManyStatesError."""
    if net.nodes[maker].gathers_itself:
        return {frozenset({(maker, 1)})}
    gatherer = next((node.id for node in net.nodes.values() if node.gathers == maker), None)
    return _reachable(net, maker, until=gatherer)


def _reachable(net: Net, start: str, until: str | None) -> set[State]:
    first = Marking(arrived={(start, WHOLE): net.nodes[start].need})
    seen, todo = {_state(first)}, [first]
    while todo:
        for after in _next(net, todo.pop()):
            state = _state(after)
            if state in seen or any(step == until for step, _count in state):
                continue
            if len(seen) == _MOST_STATES:
                raise TooManyStatesError
            seen.add(state)
            todo.append(after)
    return seen


def _next(net: Net, marking: Marking) -> Iterable[Marking]:
    for step, instance in list(marking.enabled(net)):
        node = net.nodes[step]
        for targets in {*node.exits.values(), node.timeout} - {()}:
            after = marking.copy()
            _change: Change = fire(net, after, step, instance, targets, lambda _step, _instance: 0)
            yield after


def _state(marking: Marking) -> State:
    return frozenset((step, count) for (step, _instance), count in marking.arrived.items())
