"""Random flows: sound ones built from blocks, and the same with some arcs moved, which seldom stay sound.

The outside judges in `judges/` are given the same flows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from laksana.sop.definition import END, Procedure
from laksana.sop.tests.examples import definition, step

ROWS = {
    "label": "Baris",
    "type": "table",
    "computed": True,
    "columns": {"isi": {"label": "Isi", "type": "text"}},
}


@dataclass
class Flow:
    """The steps of a flow: id -> keys of the definition (`then` or `outcomes`, `timeout`, `joins`, `for_each`, `gathers`)."""

    steps: dict[str, dict[str, Any]] = field(default_factory=dict)

    def procedure(self) -> Procedure:
        """Return a procedure with this flow; whether its references are in order is not looked at."""
        steps = [
            step(name, **keys, **({"decides": f"Memeriksa {name}"} if "outcomes" in keys else {}))
            for name, keys in self.steps.items()
        ]
        return Procedure.model_validate(definition(fields={"baris": ROWS}, steps=steps))


def sound_flow(rng: Random, size: int, *, rows: bool = False) -> Flow:
    """Return a flow of about `size` steps that is sound by the way it is built."""
    builder = _Builder(rng, rows)
    first = builder.block(size, builder.plain(END))
    return Flow({first: builder.steps.pop(first)} | builder.steps)


def any_flow(rng: Random, size: int, *, rows: bool = False) -> Flow:
    """Return a flow that is perhaps not sound: a sound one of which some arcs were moved, added, or dropped."""
    flow = sound_flow(rng, size, rows=rows)
    for _ in range(rng.choice([0, 0, 1, 1, 1, 2, 3])):
        _disturb(rng, flow)
    return flow


class _Builder:
    def __init__(self, rng: Random, rows: bool) -> None:
        self.rng = rng
        self.kinds = ["plain", "plain", "row", "row", "choice", "loop", "fork", "fork", "timeout"]
        self.kinds += ["each", "each", "alone"] if rows else []
        self.steps: dict[str, dict[str, Any]] = {}

    def block(self, size: int, after: str) -> str:
        """Make a block of about `size` steps of which one step leads to `after`; return its first step."""
        kind = self.rng.choice(self.kinds) if size > 1 else "plain"
        make: Callable[[int, str], str] = getattr(self, "_" + kind)
        return make(size, after)

    def plain(self, after: str) -> str:
        """Make one step that leads to `after`."""
        return self._new(then=[after])

    def _new(self, **keys: Any) -> str:
        name = f"s{len(self.steps) + 1}"
        self.steps[name] = keys
        return name

    def _parts(self, size: int, count: int) -> list[int]:
        return [max(1, size // count)] * count

    def _plain(self, _size: int, after: str) -> str:
        return self.plain(after)

    def _timeout(self, size: int, after: str) -> str:
        last = self._new(then=[after])
        return self._new(then=[self.block(size - 2, last)], timeout={"after": "3 hari", "then": [last]})

    def _row(self, size: int, after: str) -> str:
        first, second = self._parts(size, 2)
        return self.block(first, self.block(second, after))

    def _choice(self, size: int, after: str) -> str:
        last = self._new(then=[after])
        ways = self.rng.randint(2, 3)
        outcomes = {
            f"o{n}": [self.block(part, last) if self.rng.random() < 0.7 else last]
            for n, part in enumerate(self._parts(size - 2, ways))
        }
        return self._new(outcomes=outcomes)

    def _loop(self, size: int, after: str) -> str:
        check = self._new(outcomes={})
        first = self.block(size - 1, check)
        self.steps[check]["outcomes"] = {
            "ya": [after],
            "tidak": [first if self.rng.random() < 0.8 else check],
        }
        return first

    def _fork(self, size: int, after: str) -> str:
        join = self._new(then=[after], joins=True)
        branches = [self.block(part, join) for part in self._parts(size - 2, self.rng.randint(2, 3))]
        return self._new(then=branches)

    def _each(self, size: int, after: str) -> str:
        gather = self._new(then=[after], gathers={"of": "", "each_level": self.rng.random() < 0.5})
        inside = self.block(size - 2, gather)
        maker = self._new(then=[inside], for_each={"field": "baris"})
        if self.rng.random() < 0.2:
            self.steps[maker]["for_each"]["quorum"] = 1
        self.steps[gather]["gathers"]["of"] = maker
        if self.rng.random() < 0.3:
            del self.steps[maker]["then"]
            self.steps[maker]["outcomes"] = {"kerjakan": [inside], "bagi": [maker]}
            self.steps[gather]["gathers"]["each_level"] = False
        return maker

    def _alone(self, _size: int, after: str) -> str:
        return self._new(then=[after], for_each={"field": "baris"})


def _disturb(rng: Random, flow: Flow) -> None:
    names = list(flow.steps)
    keys = flow.steps[rng.choice(names)]
    exits = [keys["then"]] if "then" in keys else list(keys["outcomes"].values())
    targets = rng.choice(exits)
    other = rng.choice([*names, END])
    match rng.choice(["move", "move", "move", "add", "drop", "join", "timeout"]):
        case "move":
            targets[rng.randrange(len(targets))] = other
        case "add" if other not in targets:
            targets.append(other)
        case "drop" if len(targets) > 1:
            targets.pop(rng.randrange(len(targets)))
        case "join" if "gathers" not in keys and "for_each" not in keys and keys is not flow.steps[names[0]]:
            keys["joins"] = not keys.get("joins", False)
        case "timeout":
            keys["timeout"] = {"after": "3 hari", "then": [other]}
    targets[:] = list(dict.fromkeys(targets))
