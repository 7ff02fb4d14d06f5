"""The slow and plain way to judge a flow: every order of everything, with `laksana.sop.flow` itself doing the steps.

It knows nothing of `laksana.sop.petri`. Rows are tried with none and with two, rows within rows to a depth of three.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from laksana.sop.definition import END, Procedure
from laksana.sop.flow import WHOLE, FlowError, Instance, Marking, Net, begin, fire

MOST_STATES = 1_500
_DEEPEST = 3


class TooLarge(Exception):  # noqa: N818
    """The flow has too many states for this."""


class Unsound(Exception):  # noqa: N818
    """The flow is not sound; the text says why."""


@dataclass
class _State:
    marking: Marking
    sources: dict[tuple[str, Instance], frozenset[str]]
    """Which steps have reached a join that still waits."""

    def key(self) -> object:
        """Return what makes two states the same: numbers of rows do not matter, only which are alive."""
        names: dict[Instance, Instance] = {WHOLE: WHOLE}
        children: Counter[Instance] = Counter()
        for instance in sorted(self.marking.made_by):
            parent = names[instance[:-1]]
            children[parent] += 1
            names[instance] = (*parent, children[parent])
        return (
            frozenset((step, names[i], count) for (step, i), count in self.marking.arrived.items()),
            frozenset((names[i], maker) for i, maker in self.marking.made_by.items()),
            frozenset(names[i] for i in self.marking.gathered),
            frozenset((step, names[i], who) for (step, i), who in self.sources.items()),
        )


class _Script:
    """Answers how many rows there are, as told; remembers where it could have answered otherwise."""

    def __init__(self, answers: list[int]) -> None:
        self.answers, self.asked = answers, 0

    def __call__(self, _step: str, instance: Instance) -> int:
        if len(instance) >= _DEEPEST:
            return 0
        if self.asked == len(self.answers):
            self.answers.append(0)
        self.asked += 1
        return 2 * self.answers[self.asked - 1]

    def next(self) -> list[int] | None:
        """Return the next way to answer, None after the last."""
        answers = self.answers[: self.asked]
        while answers and answers[-1] == 1:
            answers.pop()
        return [*answers[:-1], answers[-1] + 1] if answers else None


def is_sound(procedure: Procedure) -> bool:
    """Return whether a flow is sound. Raises TooLarge."""
    try:
        _explore(procedure, Net.of(procedure))
    except (Unsound, FlowError):
        return False
    return True


def _explore(procedure: Procedure, net: Net) -> None:
    done: set[str] = set()
    after: dict[object, set[object]] = {}
    ended: set[object] = set()
    todo = list(_begun(net))
    while todo:
        state = todo.pop()
        if (key := state.key()) in after:
            continue
        after[key] = set()
        if len(after) > MOST_STATES:
            raise TooLarge
        if state.marking.ended:
            ended.add(key)
        elif not list(state.marking.enabled(net)):
            raise Unsound("stuck")
        for step, following in _following(net, state):
            done.add(step)
            after[key].add(following.key())
            todo.append(following)
    if not _all_end(after, ended):
        raise Unsound("endless")
    if done != set(net.nodes):
        raise Unsound("dead")


def _begun(net: Net) -> Iterator[_State]:
    answers: list[int] | None = []
    while answers is not None:
        script = _Script(answers)
        marking, _change = begin(net, script)
        yield _State(marking, {})
        answers = script.next()


def _following(net: Net, state: _State) -> Iterator[tuple[str, _State]]:
    for step, instance in list(state.marking.enabled(net)):
        node = net.nodes[step]
        for targets in [*node.exits.values(), *([node.timeout] if node.timeout else [])]:
            answers: list[int] | None = []
            while answers is not None:
                script = _Script(answers)
                yield step, _fired(net, state, step, instance, targets, script)
                answers = script.next()


def _fired(
    net: Net, state: _State, step: str, instance: Instance, targets: tuple[str, ...], rows: _Script
) -> _State:
    marking, sources = state.marking.copy(), dict(state.sources)
    sources.pop((step, instance), None)
    alone = net.nodes[step].gathers_itself and marking.made_by.get(instance) == step
    fire(net, marking, step, instance, targets, rows)
    if alone and instance in marking.made_by:
        return _State(marking, sources)
    where = instance[:-1] if alone else instance
    for target in targets:
        if target == END:
            _nothing_left(marking, where)
        elif net.nodes[target].need > 1:
            reached = sources.get((target, where), frozenset())
            if step in reached:
                raise Unsound(f"{step} reaches {target} twice")
            sources[target, where] = reached | {step}
    return _State(marking, {key: who for key, who in sources.items() if key in marking.arrived})


def _nothing_left(marking: Marking, where: Instance) -> None:
    if where in {*marking.made_by, WHOLE} and any(i[: len(where)] == where for _step, i in marking.arrived):
        raise Unsound("the end is reached with something left open")


def _all_end(after: dict[object, set[object]], ended: set[object]) -> bool:
    can_end, grew = set(ended), True
    while grew:
        more = {key for key, following in after.items() if key not in can_end and following & can_end}
        can_end |= more
        grew = bool(more)
    return can_end == set(after)
