"""What one page has to draw: its stops, row by row, and the wires between them or to and from other pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from laksana.sop.chart.links import Link
from laksana.sop.definition import END, Procedure, Step

Terminal = Literal["leaves", "arrives", "begins", "ends"]


@dataclass(frozen=True)
class Stop:
    """The symbols of one row: in which lanes, and what stands close above them."""

    step: str
    lanes: tuple[int, ...]
    decision: bool
    capsule: bool
    """Drawn as a capsule, being the first activity or one that ends the flow."""
    begins: bool
    """A decision that comes first: a small capsule leads to it."""
    joins: bool
    splits: bool

    @property
    def leftmost(self) -> int:
        """Return the leftmost lane."""
        return self.lanes[0]

    @property
    def rightmost(self) -> int:
        """Return the rightmost lane."""
        return self.lanes[-1]


@dataclass(frozen=True)
class Wire:
    """One line to draw on a page. `source` and `target` are rows of the page; one of them is None at a terminal."""

    number: int
    links: tuple[Link, ...]
    source: int | None
    target: int | None
    terminal: Terminal | None = None

    @property
    def link(self) -> Link:
        """Return the first link; an arriving wire may stand for several."""
        return self.links[0]

    @property
    def label(self) -> str:
        """Return what is written beside it: nothing where it arrives, as its exit is elsewhere."""
        return "" if self.inward else self.link.label

    @property
    def row(self) -> int:
        """Return the row where it leaves, or where a terminal leads to."""
        row = self.source if self.source is not None else self.target
        assert row is not None  # noqa: S101  (a wire has at least one end on its page)
        return row

    @property
    def last_row(self) -> int:
        """Return the row where it enters, or where it leaves for a terminal."""
        return self.target if self.target is not None else self.row

    @property
    def inward(self) -> bool:
        """Return whether it comes from a terminal."""
        return self.terminal in {"arrives", "begins"}


def columns(procedure: Procedure) -> list[str]:
    """Return the performers that have a column, in their order."""
    return [lane for lane in procedure.performers if lane not in procedure.only_named]


def stops(procedure: Procedure, links: Sequence[Link]) -> list[Stop]:
    """Return the stop of each step."""
    lanes = {name: place for place, name in enumerate(columns(procedure))}
    leaving: dict[str, list[Link]] = {}
    for link in links:
        leaving.setdefault(link.source, []).append(link)
    first = procedure.steps[0]
    return [_stop(step, lanes, leaving[step.id], is_first=step is first) for step in procedure.steps]


def _stop(step: Step, lanes: Mapping[str, int], leaving: Sequence[Link], *, is_first: bool) -> Stop:
    ends = _ends(step, leaving)
    return Stop(
        step=step.id,
        lanes=tuple(sorted({lanes[name] for name in step.by})),
        decision=step.is_decision,
        capsule=not step.is_decision and (is_first or ends),
        begins=step.is_decision and is_first,
        joins=step.joins,
        splits=any(link.fan > 1 and link.main for link in leaving),
    )


def _ends(step: Step, leaving: Sequence[Link]) -> bool:
    """Return whether doing the step is the end of the flow, so that its own symbol is the capsule."""
    return not step.is_decision and all(link.target == END for link in leaving if not link.after)


def wires(stops: Sequence[Stop], links: Sequence[Link], first: int, last: int) -> list[Wire]:
    """Return the wires of the page that shows the rows `first` up to, not including, `last`."""
    row = {stop.step: place - first for place, stop in enumerate(stops[first:last], first)}
    capsules = {stop.step for stop in stops if stop.capsule}
    drawn = [
        link for link in links if not (link.target == END and link.source in capsules and not link.after)
    ]
    parts = [*_leaving(drawn, row), *_arriving(drawn, row), *_beginning(stops[first:last])]
    return [Wire(number, *part) for number, part in enumerate(parts)]


_Part = tuple[tuple[Link, ...], int | None, int | None, Terminal | None]


def _leaving(links: Sequence[Link], row: Mapping[str, int]) -> Iterator[_Part]:
    for link in links:
        if link.source not in row:
            continue
        source, target = row[link.source], row.get(link.target)
        if link.target == END:
            yield (link,), source, None, "ends"
        elif target is None:
            yield (link,), source, None, "leaves"
        else:
            yield (link,), source, target, None


def _arriving(links: Sequence[Link], row: Mapping[str, int]) -> Iterator[_Part]:
    """Yield one wire for all that comes from other pages to a step."""
    cut: dict[str, list[Link]] = {}
    for link in links:
        if link.target in row and link.source not in row:
            cut.setdefault(link.target, []).append(link)
    for target, arriving in cut.items():
        yield tuple(arriving), None, row[target], "arrives"


def _beginning(stops: Sequence[Stop]) -> Iterator[_Part]:
    for row, stop in enumerate(stops):
        if stop.begins:
            yield (Link(stop.step, stop.step, ()),), None, row, "begins"
