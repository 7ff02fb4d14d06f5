"""A safe Petri net, made smaller without changing whether it is sound, and everything that can happen in it.

The nets of procedures are free-choice: transitions that share a place share all their places. `Net.reduced` relies on it.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

L = TypeVar("L", bound=Hashable)
"""What a transition stands for."""
Place = tuple[str, ...]
State = frozenset[Place]
MOST_FIRINGS = 150_000


class TooLarge(Exception):  # noqa: N818  (it is said of the net)
    """More can happen in the net than can be looked at in a second or two."""


@dataclass(frozen=True, eq=False)
class Transition(Generic[L]):
    """It takes a token from each place of `takes` and puts one into each of `puts`.

    `run` says what it stands for: one thing, or in a reduced net several in a row. One that is `fixed` is not reduced.
    """

    run: tuple[L, ...]
    takes: State
    puts: tuple[Place, ...]
    fixed: bool = False

    def fire(self, state: State, sticky: State) -> tuple[State, Place | None]:
        """Return the state after it, and a place that got a second token by it, if there is one."""
        after = set(state - self.takes)
        crash = None
        for place in self.puts:
            if place in after and place not in sticky:
                crash = crash or place
            after.add(place)
        return frozenset(after), crash


@dataclass(frozen=True)
class Edge(Generic[L]):
    """One firing that leads to a state."""

    by: Transition[L]
    to: State


@dataclass
class Exploration(Generic[L]):
    """Every state that can be reached safely, how one leads to others, and the runs that put a token where one was."""

    edges: dict[State, list[Edge[L]]] = field(default_factory=dict)
    crashes: list[tuple[L, ...]] = field(default_factory=list)
    crashing: set[State] = field(default_factory=set)
    """States that some firing crashes in."""
    _came_by: dict[State, tuple[State, Transition[L]]] = field(default_factory=dict)

    def run_to(self, state: State) -> tuple[L, ...]:
        """Return a run from the start to a state."""
        parts: list[tuple[L, ...]] = []
        while state in self._came_by:
            state, transition = self._came_by[state]
            parts.append(transition.run)
        return tuple(label for part in reversed(parts) for label in part)

    def reaching(self, good: Iterable[State], allowed: Callable[[Edge[L]], bool]) -> set[State]:
        """Return the states from which some of the good ones can be reached by edges that are allowed."""
        before: dict[State, list[State]] = defaultdict(list)
        for state, edges in self.edges.items():
            for edge in edges:
                if allowed(edge):
                    before[edge.to].append(state)
        found = set(good)
        todo = list(found)
        while todo:
            for state in before[todo.pop()]:
                if state not in found:
                    found.add(state)
                    todo.append(state)
        return found

    def note(self, state: State, transition: Transition[L], to: State) -> None:
        """Remember how a state was first reached."""
        if to not in self.edges and to not in self._came_by:
            self._came_by[to] = (state, transition)


class Net(Generic[L]):
    """Transitions, and the places with one token at the start. A `sticky` place never holds more than one."""

    def __init__(
        self, transitions: Iterable[Transition[L]], start: State, sticky: State = frozenset()
    ) -> None:
        self.transitions = tuple(transitions)
        self.start = start
        self.sticky = sticky
        self._takers: dict[Place, list[Transition[L]]] = defaultdict(list)
        for transition in self.transitions:
            for place in transition.takes:
                self._takers[place].append(transition)

    def enabled(self, state: State) -> Iterator[Transition[L]]:
        """Yield the transitions that can fire in a state."""
        seen: set[Transition[L]] = set()
        for place in sorted(state):
            for transition in self._takers.get(place, ()):
                if transition not in seen and transition.takes <= state:
                    seen.add(transition)
                    yield transition

    def explore(self) -> Exploration[L]:
        """Return everything that can happen. Raises TooLarge. A run that crashes is not followed further."""
        found: Exploration[L] = Exploration()
        todo = deque([self.start])
        firings = 0
        while todo:
            state = todo.popleft()
            if firings > MOST_FIRINGS:
                raise TooLarge
            if state in found.edges:
                continue
            found.edges[state] = []
            for transition in self.enabled(state):
                firings += 1
                to, crash = transition.fire(state, self.sticky)
                if crash is not None:
                    found.crashing.add(state)
                    found.crashes.append(found.run_to(state) + transition.run)
                    continue
                found.note(state, transition, to)
                found.edges[state].append(Edge(transition, to))
                todo.append(to)
        return found

    def reduced(self) -> "Net[L]":
        """Return a smaller net that is sound if, and only if, this one is; its runs are runs of this one."""
        return _Reduction(self).net()


class _Reduction(Generic[L]):
    """Rules that keep soundness, applied until none applies (after T. Murata, Petri nets, 1989, figure 22)."""

    def __init__(self, net: Net[L]) -> None:
        self._start, self._sticky = net.start, net.sticky
        self._all: dict[int, Transition[L]] = {}
        self._takers: dict[Place, set[int]] = defaultdict(set)
        self._putters: dict[Place, set[int]] = defaultdict(set)
        self._next = 0
        for transition in net.transitions:
            self._add(transition)

    def net(self) -> Net[L]:
        """Return the reduced net."""
        rules = (self._pass_through, self._drop_loops, self._drop_twins, self._drop_twin_places)
        while any(rule() for rule in rules):
            pass
        return Net(self._all.values(), self._start, self._sticky)

    def _add(self, transition: Transition[L]) -> None:
        number, self._next = self._next, self._next + 1
        self._all[number] = transition
        for place in transition.takes:
            self._takers[place].add(number)
        for place in transition.puts:
            self._putters[place].add(number)

    def _remove(self, number: int) -> Transition[L]:
        transition = self._all.pop(number)
        for place in transition.takes:
            self._takers[place].discard(number)
        for place in transition.puts:
            self._putters[place].discard(number)
        return transition

    def _pass_through(self) -> bool:
        """Where only one transition takes from a place, and only from it, let whoever fills the place do it as well."""
        changed = False
        for place in list(self._takers):
            if len(self._takers[place]) != 1 or place in self._start or not self._putters[place]:
                continue
            (number,) = self._takers[place]
            taker = self._all[number]
            if taker.takes == {place} and not taker.fixed and self._may_extend(place, taker):
                self._remove(number)
                for putter in [self._remove(n) for n in list(self._putters[place])]:
                    self._add(_continued(putter, place, taker))
                changed = True
        return changed

    def _may_extend(self, place: Place, taker: Transition[L]) -> bool:
        putters = [self._all[n] for n in self._putters[place]]
        return place not in taker.puts and all(putter.puts.count(place) == 1 for putter in putters)

    def _drop_loops(self) -> bool:
        """Drop a transition that changes nothing, where another can be taken in its place."""
        loops = [
            number
            for number, t in self._all.items()
            if not t.fixed and len(t.puts) == len(t.takes) and t.takes == set(t.puts)
        ]
        dropped = [n for n in loops if all(self._takers[place] - set(loops) for place in self._all[n].takes)]
        for number in dropped:
            self._remove(number)
        return bool(dropped)

    def _drop_twins(self) -> bool:
        """Of transitions that take and put the same, keep the one with the shortest run."""
        kept: dict[tuple[State, tuple[Place, ...]], int] = {}
        before = len(self._all)
        for number in sorted(self._all, key=lambda n: len(self._all[n].run)):
            transition = self._all[number]
            key = (transition.takes, tuple(sorted(transition.puts)))
            if not transition.fixed and kept.setdefault(key, number) != number:
                self._remove(number)
        return len(self._all) < before

    def _drop_twin_places(self) -> bool:
        """Of places that are filled and emptied together, keep one."""
        kept: dict[tuple[frozenset[int], frozenset[int]], Place] = {}
        twins = []
        for place in sorted(self._takers):
            if self._takers[place] and self._putters[place] and place not in self._start:
                key = (frozenset(self._takers[place]), frozenset(self._putters[place]))
                if kept.setdefault(key, place) != place and self._once(place) and self._once(kept[key]):
                    twins.append(place)
        for place in twins:
            for number in self._takers[place] | self._putters[place]:
                self._all[number] = _without(self._all[number], place)
            self._takers.pop(place)
            self._putters.pop(place)
        return bool(twins)

    def _once(self, place: Place) -> bool:
        return all(self._all[n].puts.count(place) == 1 for n in self._putters[place])


def _continued(putter: Transition[L], place: Place, taker: Transition[L]) -> Transition[L]:
    puts = list(putter.puts)
    puts.remove(place)
    return replace(putter, run=putter.run + taker.run, puts=(*puts, *taker.puts))


def _without(transition: Transition[L], place: Place) -> Transition[L]:
    puts = tuple(other for other in transition.puts if other != place)
    return replace(transition, takes=transition.takes - {place}, puts=puts)
