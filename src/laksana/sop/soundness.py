"""Whether a flow is sound: every case can end, ends with nothing left open, runs no step twice at once, and none in vain.

The flow is explored as `laksana.sop.flow` carries it out, with every exit of every decision and every time-out possible,
whatever the data. Rows of a `for_each` step do not touch each other until they are gathered, so the way of one row is
explored by itself, and the step that makes rows then counts as one that leads to where they are gathered (or, without
rows, as a plain step). That is exact for any number of rows and any depth. A decision's exit with `allowed_if` is trusted
in one thing: that it does not let a row leave past the step that gathers it (`flow` refuses that when it happens).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from laksana.sop import petri
from laksana.sop.definition import END, Procedure
from laksana.sop.flow import Net, Node
from laksana.sop.message import Message
from laksana.sop.message import message as _
from laksana.sop.petri import Place, State, TooLarge
from laksana.sop.source import Fault, Source

_END: Place = ("end",)
_PAST: Place = ("past",)
"""A row left past the step that gathers it."""
_TRUSTED: Place = ("trusted",)
_FINAL = frozenset({_END, _PAST})
_STICKY = frozenset({_TRUSTED})
_LONGEST_WAY = 12


class How(StrEnum):
    """How a step is left, where it is not by its only exit or by an outcome."""

    TIMEOUT = "timeout"
    ROWS = "rows"
    """It makes rows, and they have been gathered."""


@dataclass(frozen=True)
class Move:
    """A step done on the way, and by which exit: an outcome, "timeout", "rows", or None for its only one."""

    step: str
    how: str | None = None
    quiet: bool = False
    """It is no doing of the step, only the choice whether there are rows."""

    @property
    def makes_rows(self) -> bool:
        """Return whether this stands for all rows of the step, from their making until they are gathered."""
        return self.how == How.ROWS and not self.quiet

    def __str__(self) -> str:
        return self.step if self.how is None else f"{self.step} ({self.how})"


Transition = petri.Transition[Move]
Edge = petri.Edge[Move]
Exploration = petri.Exploration[Move]
Run = tuple[Move, ...]


class Flaw(StrEnum):
    """What can be wrong with a flow."""

    STUCK = "stuck"
    LEFT_OPEN = "left open"
    TWICE = "twice at once"
    ENDLESS = "endless"
    DEAD = "dead"
    PAST = "past its gathering"
    UNKNOWN = "too large to check"


@dataclass(frozen=True)
class Unsound:
    """One reason why a flow is not sound."""

    flaw: Flaw
    step: str
    way: tuple[Move, ...]
    """The steps that lead there, from the start of the case or of the row."""
    row_of: str | None
    """The step that made the row whose way it is; None for the way of the case itself."""
    message: Message


@dataclass(frozen=True)
class _Context:
    """Where a token may be: in the case itself, or in a row that `maker` made, inside rows of the steps `above`."""

    maker: str | None = None
    above: frozenset[str] = frozenset()

    def inside(self, maker: str) -> "_Context":
        return _Context(maker, self.above | {self.maker} if self.maker else self.above)


def faults(procedure: Procedure, source: Source) -> Iterator[Fault]:
    """Yield a fault at the line of the step concerned for every reason why the flow is not sound."""
    place = {step.id: number for number, step in enumerate(procedure.steps)}
    for unsound in check(procedure):
        yield source.fault(("steps", place[unsound.step]), unsound.message)


def check(procedure: Procedure) -> tuple[Unsound, ...]:
    """Return why the flow is not sound, nothing when it is. The definition's references must be in order."""
    return _Check(procedure).result()


class _Check:
    def __init__(self, procedure: Procedure) -> None:
        self.net = Net.of(procedure)
        self.order = [step.id for step in procedure.steps]
        self.guarded = {
            (step.id, label)
            for step in procedure.steps
            for label, exit_ in step.outcomes.items()
            if exit_.allowed_if
        }
        self.gatherer = {node.gathers: node for node in self.net.nodes.values() if node.gathers}
        self.leading = _leading(procedure, self.net)
        self.nets: dict[_Context, petri.Net[Move]] = {}
        self.found: dict[_Context, Exploration] = {}
        """What can happen in every context that a token can come to."""

    def result(self) -> tuple[Unsound, ...]:
        try:
            self._explore()
        except TooLarge:
            text = _("Too many branches run side by side to check this flow; let them meet in between.")
            return (Unsound(Flaw.UNKNOWN, self.order[0], (), None, text),)
        found = [
            unsound for context in self.found for unsound in self._of_context(context)
        ] or self._endless()
        return tuple(dict.fromkeys([*found, *self._cut_off()]))

    # -- exploring ---------------------------------------------------------------------------------------------------

    def _explore(self) -> None:
        todo = [_Context()]
        while todo:
            context = todo.pop()
            if context not in self.found:
                self.nets[context] = net = petri.Net(
                    self._transitions(context), self._start(context), _STICKY
                )
                self.found[context] = net.reduced().explore()
                todo += [context.inside(maker) for maker in self._makers_in(context)]

    def _start(self, context: _Context) -> State:
        first = ("at", context.maker) if context.maker else self._entering(self.net.nodes[self.net.start], "")
        return frozenset({first})

    def _makers_in(self, context: _Context) -> list[str]:
        """Return the steps that make rows somewhere on the ways of a context."""
        reached = set(self._start(context))
        grew = True
        while grew:
            more = {p for t in self.nets[context].transitions if t.takes <= reached for p in t.puts} - reached
            reached |= more
            grew = bool(more)
        return sorted(place[1] for place in reached if place[0] == "rows")

    def _transitions(self, context: _Context) -> Iterator[Transition]:
        for node in self.net.nodes.values():
            takes = self._waiting_at(node)
            for outcome, targets in node.exits.items():
                puts = self._all_into(targets, node.id, context)
                if context.maker and (node.id, outcome) in self.guarded:
                    puts = (*puts, _TRUSTED)
                yield Transition((Move(node.id, outcome),), takes, puts)
            if node.timeout:
                puts = self._all_into(node.timeout, node.id, context)
                yield Transition((Move(node.id, How.TIMEOUT),), takes, puts)
            if self._makes_rows(node):
                yield from self._rows_of(node, context)

    def _rows_of(self, node: Node, context: _Context) -> Iterator[Transition]:
        choice, made = frozenset({("rows?", node.id)}), ("rows", node.id)
        yield Transition((Move(node.id, "no rows", quiet=True),), choice, (("at", node.id),))
        yield Transition((Move(node.id, How.ROWS, quiet=True),), choice, (made,))
        move = Move(node.id, How.ROWS)
        yield Transition((move,), frozenset({made}), (self._after_rows(node, context),), fixed=True)

    def _makes_rows(self, node: Node) -> bool:
        return node.spawns and not node.gathers_itself

    def _waiting_at(self, node: Node) -> frozenset[Place]:
        if node.id in self.leading:
            return frozenset(("join", node.id, source) for source in self.leading[node.id])
        return frozenset({("at", node.id)})

    def _all_into(self, targets: tuple[str, ...], source: str, context: _Context) -> tuple[Place, ...]:
        return tuple(self._into(target, source, context) for target in targets)

    def _into(self, target: str, source: str, context: _Context) -> Place:
        """Return the place that a token sent to `target` comes to."""
        if target == END:
            return _END
        node = self.net.nodes[target]
        if node.gathers is not None and node.gathers == context.maker:
            return _END
        if node.gathers in context.above:
            return _PAST
        return self._entering(node, source)

    def _entering(self, node: Node, source: str) -> Place:
        if node.id in self.leading:
            return ("join", node.id, source)
        return ("rows?" if self._makes_rows(node) else "at", node.id)

    def _after_rows(self, node: Node, context: _Context) -> Place:
        """Return the place that a token comes to when all rows that `node` made here are gathered."""
        gatherer = self.gatherer[node.id]
        if not gatherer.each_level:
            if node.id == context.maker:
                return _END
            if node.id in context.above:
                return _PAST
        return self._entering(gatherer, node.id)

    # -- judging -----------------------------------------------------------------------------------------------------

    def _of_context(self, context: _Context) -> Iterator[Unsound]:
        """Yield the first flaw of every kind, each as it shows first on its way."""
        found = self.found[context]
        for bad in (_is_left_open, _is_past, self._is_stuck):
            state = next((state for state in found.edges if bad(state, found)), None)
            if state is not None:
                yield self._shown_by(found.run_to(state), context)
        if found.crashes:
            yield self._shown_by(found.crashes[0], context)

    def _is_stuck(self, state: State, found: Exploration) -> bool:
        return not found.edges[state] and state not in found.crashing and not state & _FINAL

    def _shown_by(self, run: Run, context: _Context) -> Unsound:
        """Go along a run that ends badly, and return the first flaw that shows."""
        transitions = {transition.run[0]: transition for transition in self.nets[context].transitions}
        state, way = self.nets[context].start, list[Move]()
        for move in run:
            before, (state, crash) = state, transitions[move].fire(state, _STICKY)
            way += [] if move.quiet else [move]
            told = _Told(context, tuple(way), self)
            if crash is not None:
                return (
                    told.left_open(before - transitions[move].takes) if crash in _FINAL else told.twice(crash)
                )
            if _is_left_open(state):
                return told.left_open(state)
            if _is_past(state):
                return told.past()
        told = _Told(context, tuple(way), self)
        return (
            told.endless(state)
            if any(True for _t in self.nets[context].enabled(state))
            else told.stuck(state)
        )

    def _endless(self) -> list[Unsound]:
        """Return, for every context, the first way after which its end can no longer be reached."""
        ending = self._that_can_end()
        return [
            self._shown_by(found.run_to(state), context)
            for context, found in self.found.items()
            for state in [next((state for state in found.edges if state not in ending[context]), None)]
            if state is not None
        ]

    def _that_can_end(self) -> dict[_Context, set[State]]:
        """Return, for every context, the states that can reach its end; rows count only if they can reach theirs."""
        closed: set[_Context] = set()
        while True:
            ending = {context: self._ending_states(context, closed) for context in self.found}
            now = {context for context, states in ending.items() if self.nets[context].start in states}
            if now == closed:
                return ending
            closed = now

    def _ending_states(self, context: _Context, closed: set[_Context]) -> set[State]:
        found = self.found[context]

        def possible(edge: Edge) -> bool:
            return all(context.inside(move.step) in closed for move in edge.by.run if move.makes_rows)

        return found.reaching((state for state in found.edges if state & _FINAL), possible)

    def _cut_off(self) -> list[Unsound]:
        """Return the steps that no way leads to from the first; rows that end lead to where they are gathered.

        In a flow without other flaws every step that a way leads to can be done, since the net is free-choice.
        """
        seen, todo = {self.net.start}, [self.net.start]
        while todo:
            step = todo.pop()
            gathering = {self.gatherer[step].id} if step in self.gatherer else set()
            for target in (_next(self.net.nodes[step]) | gathering) - seen - {END}:
                seen.add(target)
                todo.append(target)
        text = _("No case can ever come to this step.")
        return [Unsound(Flaw.DEAD, step, (), None, text) for step in self.order if step not in seen]


def _is_left_open(state: State, _found: Exploration | None = None) -> bool:
    return bool(state & _FINAL) and bool(state - _FINAL - _STICKY)


def _is_past(state: State, _found: Exploration | None = None) -> bool:
    return _PAST in state and _TRUSTED not in state


@dataclass(frozen=True)
class _Told:
    """Puts a flaw that shows at the end of a way into words."""

    context: _Context
    way: tuple[Move, ...]
    check: "_Check"

    def twice(self, place: Place) -> Unsound:
        """Say that a step runs twice at once, or that a branch comes to a join a second time."""
        step = place[1]
        if place[0] != "join":
            return self._because(
                Flaw.TWICE, step, _("After %(way)s, %(step)s runs twice at once.", way=self, step=step)
            )
        text = _(
            "After %(way)s, %(source)s reaches %(step)s a second time while it still waits for others.",
            way=self,
            source=place[2],
            step=step,
        )
        return self._because(Flaw.TWICE, step, text)

    def left_open(self, state: State) -> Unsound:
        """Say that the end is reached while something is open, or a second time."""
        left = sorted(state - _FINAL - _STICKY)
        if not left:
            text = _("After %(way)s the end is reached a second time.", way=self)
        elif self.context.maker is None:
            text = _(
                "After %(way)s the end is reached while %(left)s is still open.", way=self, left=_names(left)
            )
        else:
            text = _(
                "After %(way)s the row is done while %(left)s is still open.", way=self, left=_names(left)
            )
        return self._because(Flaw.LEFT_OPEN, left[0][1] if left else self.way[-1].step, text)

    def past(self) -> Unsound:
        """Say that a row leaves past the step that gathers it."""
        maker = str(self.context.maker)
        text = _(
            "After %(way)s a row of %(maker)s leaves past %(gatherer)s, which gathers them.",
            way=self,
            maker=maker,
            gatherer=self.check.gatherer[maker].id,
        )
        return self._because(Flaw.PAST, self.way[-1].step, text)

    def stuck(self, state: State) -> Unsound:
        """Say what waits in vain, and for which steps."""
        step = min(place for place in state if place[0] == "join")[1]
        missing = self.check.leading[step] - {place[2] for place in state if place[:2] == ("join", step)}
        text = _(
            "After %(way)s nothing can go on: %(step)s still waits for %(missing)s.",
            way=self,
            step=step,
            missing=", ".join(sorted(missing)),
        )
        return self._because(Flaw.STUCK, step, text)

    def endless(self, state: State) -> Unsound:
        """Say from where the end can no longer be reached."""
        places = sorted(state - _STICKY)
        text = _("After %(way)s the end can never be reached from %(steps)s.", way=self, steps=_names(places))
        return self._because(Flaw.ENDLESS, places[0][1], text)

    def _because(self, flaw: Flaw, step: str, text: Message) -> Unsound:
        maker = self.context.maker
        if maker is not None:
            text = _("For one row of %(maker)s: %(what)s", maker=maker, what=text)
        return Unsound(flaw, step, self.way, maker, text)

    def __str__(self) -> str:
        """Return the way as one reads it: "ajukan, periksa (Tidak), ajukan"; a long one without its middle."""
        steps = [str(move) for move in self.way]
        if len(steps) > _LONGEST_WAY:
            steps = [*steps[: _LONGEST_WAY // 2], "...", *steps[-_LONGEST_WAY // 2 :]]
        return ", ".join(steps)


def _leading(procedure: Procedure, net: Net) -> dict[str, frozenset[str]]:
    """Return, for every step that waits for branches, the steps that lead to it."""
    return {
        step.id: frozenset(node.id for node in net.nodes.values() if step.id in _next(node))
        for step in procedure.steps
        if step.joins and net.nodes[step.id].need > 1
    }


def _next(node: Node) -> set[str]:
    return {target for targets in (*node.exits.values(), node.timeout) for target in targets}


def _names(places: list[Place]) -> str:
    return ", ".join(dict.fromkeys(place[1] for place in places))
