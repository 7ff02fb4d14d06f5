"""A case as the pure net sees it, told of every doing: what the rows of a case must always agree with."""

from dataclasses import dataclass, field

from laksana.cases.engine.marking import path_of
from laksana.cases.engine.outcome import combine
from laksana.cases.models import WorkItem
from laksana.sop.definition import Procedure
from laksana.sop.flow import Change, Instance, Net, begin, fire

Place = tuple[str, Instance]


@dataclass
class Doing:
    """A step that led on: which, where to, and how many rows the steps found that it led to."""

    item: int | None
    place: Place
    targets: tuple[str, ...]
    found: list[int] = field(default_factory=list)


class Model:
    """A case as the pure net sees it."""

    def __init__(self, procedure: Procedure, *, quick: bool) -> None:
        self.procedure = procedure
        self.net = Net.of(procedure)
        self.quick = quick
        self.given: dict[tuple[str, Instance], int] = {}
        """How many rows were given in a table, for an instance."""
        self.log: list[Doing] = []
        self.answers: dict[Place, list[str]] = {}
        self.marking, change = begin(self.net, self._count)
        self._pass_by(change)

    def _count(self, step: str, instance: Instance) -> int:
        spec = self.procedure.step(step).for_each
        if spec is None:
            return 0
        from_whom = [instance[:size] for size in range(len(instance), -1, -1)]
        return next((self.given[spec.field, i] for i in from_whom if (spec.field, i) in self.given), 0)

    def done(self, item: WorkItem, outcome: str | None) -> None:
        """Take note that a work item was done."""
        place, step = (item.step, path_of(item.instance)), self.procedure.step(item.step)
        answers = self.answers.setdefault(place, [])
        answers.append(outcome or "")
        if step.is_decision:
            decided = combine(step.agree, tuple(step.outcomes), answers, len(step.by))
        else:
            decided = "" if len(answers) == len(step.by) else None
        if decided is not None:
            del self.answers[place]
            self.fire(place, self.procedure.successors(step)[decided or None], item.pk)

    def fire(self, place: Place, targets: tuple[str, ...], item: int | None = None) -> None:
        """Lead on from a step."""
        doing = Doing(item, place, targets)

        def count(step: str, instance: Instance) -> int:
            doing.found.append(self._count(step, instance))
            return doing.found[-1]

        self.log.append(doing)
        self._pass_by(fire(self.net, self.marking, *place, targets, count))

    def _pass_by(self, change: Change) -> None:
        """Lead on from steps that pass by themselves."""
        for place in change.opened:
            step = self.procedure.step(place[0])
            if step.skip_if and self.quick:
                self.fire(place, self.procedure.successors(step)[None])

    def take_back(self, item: int) -> None:
        """Do everything again without the doing of an item."""
        kept = [doing for doing in self.log if doing.item != item]
        assert len(kept) == len(self.log) - 1
        self.log = kept
        self.marking, _change = begin(self.net, lambda _step, _instance: 0)
        for doing in kept:
            found = iter(doing.found)
            fire(self.net, self.marking, *doing.place, doing.targets, lambda _s, _i, found=found: next(found))  # type: ignore[misc]
