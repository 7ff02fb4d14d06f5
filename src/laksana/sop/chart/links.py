"""What a chart draws between its steps: exits that lead to the same place are one line with both labels."""

from collections.abc import Iterator
from dataclasses import dataclass

from laksana.sop.definition import Procedure, Step

TIMEOUT = "lewat"


@dataclass(frozen=True)
class Link:
    """One line of the flow from a step to a step or to the end."""

    source: str
    target: str
    outcomes: tuple[str, ...]
    """The outcomes of a decision that it stands for; empty where a step has one way on."""
    after: str = ""
    """The time after which it is taken, of a timeout."""
    fan: int = 1
    """How many lines leave together, in parallel."""
    main: bool = False
    """The way straight on, which leaves at the bottom."""

    @property
    def label(self) -> str:
        """Return what is written beside the line."""
        return f"{TIMEOUT} {self.after}" if self.after else " / ".join(self.outcomes)


def links(procedure: Procedure) -> list[Link]:
    """Return every line of a procedure's chart, in the order of its rows."""
    return [link for place, step in enumerate(procedure.steps) for link in _of_step(procedure, step, place)]


def _of_step(procedure: Procedure, step: Step, place: int) -> Iterator[Link]:
    exits = _exits(procedure, step)
    main = _main(procedure, exits, place) if step.is_decision else next(iter(exits))
    for targets, outcomes in exits.items():
        for target in targets:
            yield Link(step.id, target, outcomes, fan=len(targets), main=targets == main)
    if step.timeout:
        for target in step.timeout.then:
            yield Link(step.id, target, (), str(step.timeout.after), fan=len(step.timeout.then))


def _exits(procedure: Procedure, step: Step) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return targets -> the outcomes that lead there."""
    exits: dict[tuple[str, ...], tuple[str, ...]] = {}
    for outcome, targets in procedure.successors(step).items():
        exits[targets] = (*exits.get(targets, ()), *((outcome,) if outcome is not None else ()))
    return exits


def _main(procedure: Procedure, exits: dict[tuple[str, ...], tuple[str, ...]], place: int) -> tuple[str, ...]:
    """Return which exit of a decision leaves at the bottom: a parallel one, else to the next row, else the first onward."""
    places = {step.id: number for number, step in enumerate(procedure.steps)}

    def rank(targets: tuple[str, ...]) -> tuple[bool, bool, bool]:
        reached = [places[target] for target in targets if target in places]
        return (len(targets) == 1, place + 1 not in reached, not reached or min(reached) <= place)

    return min(exits, key=rank)
