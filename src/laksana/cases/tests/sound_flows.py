"""Random procedures that are sound because of how they are built: blocks within blocks, each with one way in and one way out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

POSITIONS = ("kepala", "sekretaris", "kasubag", "staf")
TABLE = {"label": "Penerima", "type": "table", "columns": {"kepada": {"label": "Kepada", "type": "assignee"}}}
_MOST_STEPS = 26


@dataclass
class Builder:
    """Collects the steps of a procedure; each block is told where it leads and gives back its first step."""

    draw: st.DrawFn
    steps: list[dict[str, Any]] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    names: int = 0

    def flow(self) -> None:
        """Build a whole flow; what comes later in it is built first."""
        last = self._step("tutup", "selesai")
        middle = self.block(2, last)
        first: str = getattr(self, f"_{self.draw(st.sampled_from(SPREADING))}")(2, middle)
        self._step("terima", first, asks=["cepat"])
        self.steps.reverse()

    def block(self, depth: int, then: str) -> str:
        """Build something that leads to `then`."""
        small = depth == 0 or len(self.steps) > _MOST_STEPS
        kind = "plain" if small else self.draw(st.sampled_from(KINDS))
        build = getattr(self, f"_{kind}")
        first: str = build(depth - 1, then)
        return first

    def _plain(self, _depth: int, then: str) -> str:
        return self._step(self._new("langkah"), then, **self._extras(then))

    def _row(self, depth: int, then: str) -> str:
        for _ in range(self.draw(st.integers(1, 3))):
            then = self.block(depth, then)
        return then

    def _choice(self, depth: int, then: str) -> str:
        ways = {f"Pilihan {n}": self.block(depth, then) for n in range(self.draw(st.integers(2, 3)))}
        together = self.draw(st.sampled_from(("all", "all", "any", "majority")))
        by = list(POSITIONS[:3]) if together != "all" else "kasubag"
        extra = {"agree": together} if together != "all" else {}
        return self._decision(self._new("putus"), ways, by=by, **extra)

    def _loop(self, depth: int, then: str) -> str:
        back = self._new("ulang")
        inner = self.block(depth, back)
        return self._decision(back, {"Ya": then, "Tidak": inner}) and inner

    def _parallel(self, depth: int, then: str) -> str:
        join = self._step(self._new("gabung"), then, joins=True)
        ends = [self._step(self._new("cabang"), join) for _ in range(self.draw(st.integers(2, 3)))]
        return self._step(self._new("bagi"), [self.block(depth, end) for end in ends])

    def _rows(self, depth: int, then: str) -> str:
        """Build a step for each row; the rows go their own way to where they are gathered, or end there."""
        maker, table = self._new("kerja"), f"penerima_{len(self.tables)}"
        self.tables.append(table)
        spread: dict[str, Any] = {"field": table}
        if self.draw(st.booleans()):
            spread["quorum"] = 1
        if self.draw(st.booleans()):
            gather = self._step(self._new("himpun"), then, gathers=maker)
            then = self.block(depth, gather)
        self._step(maker, then, by="penerima", for_each=spread)
        return self._step(self._new("sebar"), maker, asks=[table])

    def _extras(self, then: str) -> dict[str, Any]:
        drawn = self.draw(st.integers(0, 9))
        if drawn == 0:
            return {"timeout": {"after": "2 hari kerja", "then": then}}
        if drawn == 1:
            return {"by": ["staf", "sekretaris"]}
        return {"skip_if": "cepat"} if drawn == 2 else {}

    def _decision(self, name: str, ways: dict[str, str], **more: Any) -> str:
        decides = {"id": name, "decides": "Memutus", "by": "kasubag", "outcomes": ways}
        self.steps.append(decides | more)
        return name

    def _step(self, name: str, then: str | list[str], **more: Any) -> str:
        self.steps.append({"id": name, "by": self.draw(st.sampled_from(POSITIONS)), "then": then} | more)
        return name

    def _new(self, word: str) -> str:
        self.names += 1
        return f"{word}-{self.names}"


SPREADING = ("rows", "parallel")
KINDS = ("plain", "row", "row", "choice", "loop", "parallel", "parallel", "rows", "rows", "rows")


@st.composite
def sound_procedures(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the parts of a sound procedure, for `conftest.definition`."""
    builder = Builder(draw)
    builder.flow()
    fields: dict[str, Any] = dict.fromkeys(builder.tables, TABLE)
    fields["cepat"] = {"label": "Cepat", "type": "bool"}
    return {
        "steps": builder.steps,
        "fields": fields,
        "performers": {"penerima": {"title": "Penerima", "is": "each kepada"}} if builder.tables else {},
    }


def rows(count: int) -> list[dict[str, str]]:
    """Return the rows of a table that names so many desks."""
    return [{"kepada": f"position:{POSITIONS[n % len(POSITIONS)]}"} for n in range(count)]


def nearest_ends(exits: dict[str, dict[str | None, tuple[str, ...]]]) -> dict[str, str | None]:
    """Return, for every step, the outcome by which it comes to the end on the shortest way."""
    distance: dict[str, int] = {"selesai": 0}
    best: dict[str, str | None] = {}
    changed = True
    while changed:
        changed = False
        for step, outcome, far in _ways(exits, distance):
            if far < distance.get(step, 10_000):
                distance[step], best[step], changed = far, outcome, True
    return best


def _ways(
    exits: dict[str, dict[str | None, tuple[str, ...]]], distance: dict[str, int]
) -> Iterator[tuple[str, str | None, int]]:
    for step, ways in exits.items():
        for outcome, targets in ways.items():
            if all(target in distance for target in targets):
                yield step, outcome, 1 + max(distance[target] for target in targets)
