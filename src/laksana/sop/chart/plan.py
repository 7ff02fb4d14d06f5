"""What is settled about a page before any length is known: the route of each wire and its track in each gutter."""

from collections.abc import Sequence
from dataclasses import dataclass

from laksana.sop.chart.board import net_of
from laksana.sop.chart.routes import find_routes
from laksana.sop.chart.tracks import Segment, Tap, arrange
from laksana.sop.chart.ways import SIDEWAYS, Route, Side, Spot, Way
from laksana.sop.chart.wires import Stop, Wire

_BRANCH = 0.25
"""A branch that goes up leaves its row a little above the middle, one that goes down a little below."""


@dataclass(frozen=True)
class Run:
    """One straight part of a route; `place` is its number along the way."""

    route: Route
    place: int
    start: Spot
    end: Spot

    @property
    def vertical(self) -> bool:
        """Return whether it runs up or down."""
        return self.start[0] == self.end[0]

    @property
    def key(self) -> tuple[int, int]:
        """Return what names it on its page."""
        return self.route.wire.number, self.place

    @property
    def column(self) -> int:
        """Return the grid column of a vertical run."""
        return self.start[0]

    @property
    def boundary(self) -> int | None:
        """Return which row boundary a horizontal run lies in, None for one in the middle of a row."""
        return None if self.vertical or self.start[1] % 2 else self.start[1] // 2

    def passes(self, row: int) -> bool:
        """Return whether a vertical run is beside the symbols of a row, not just above or below its own."""
        low, high = sorted((self.start[1], self.end[1]))
        return self.vertical and low <= 2 * row + 1 <= high and not self.is_stub(row)

    def is_stub(self, row: int) -> bool:
        """Return whether this is where its wire leaves a row's symbol at the bottom, or enters it at the top."""
        wire, way = self.route.wire, self.route.way
        leaves = wire.source == row and self.place == 0
        return leaves or (wire.target == row and self.place == len(way) - 2)


def runs(route: Route) -> list[Run]:
    """Return the straight parts of a route."""
    return [
        Run(route, place, *ends) for place, ends in enumerate(zip(route.way, route.way[1:], strict=False))
    ]


@dataclass(frozen=True)
class Plan:
    """The routes of a page, and the gutter tracks of their vertical runs."""

    stops: Sequence[Stop]
    routes: Sequence[Route]
    runs: Sequence[Run]
    tracks: dict[tuple[int, int], int]
    """The key of a run in a gutter -> its track there."""
    counts: tuple[int, ...]
    """Of each gutter, how many tracks it has."""

    def leaving(self, row: int, side: Side) -> list[Route]:
        """Return the routes that leave a row's symbol at a side, those at LEFT and RIGHT from above downwards."""
        found = [r for r in self.routes if r.wire.source == row and r.leave is side]
        return sorted(found, key=_branch_order) if side in SIDEWAYS else found

    def entering(self, row: int, side: Side) -> list[Route]:
        """Return the routes that enter a row's symbol at a side."""
        return [r for r in self.routes if r.wire.target == row and r.enter is side]


def plan(stops: Sequence[Stop], wires: Sequence[Wire], lanes: int) -> Plan:
    """Return the plan of a page with these rows."""
    routes = find_routes(stops, wires, lanes)
    all_runs = [run for route in routes for run in runs(route)]
    tracks: dict[tuple[int, int], int] = {}
    counts: list[int] = []
    for gutter in range(lanes + 1):
        inside = [run for run in all_runs if run.vertical and run.column == 2 * gutter]
        placed, count = arrange([_segment(run, stops) for run in inside], exact=False)
        tracks |= {run.key: track for run, track in zip(inside, placed, strict=True)}
        counts.append(count)
    return Plan(stops, routes, all_runs, tracks, tuple(counts))


def _segment(run: Run, stops: Sequence[Stop]) -> Segment:
    (_, y), (_, to_y) = run.start, run.end
    down = 1 if to_y > y else -1
    start = y + (down * _BRANCH if run.place == 1 and y % 2 else 0)
    before, after = run.route.way[run.place - 1][0], run.route.way[run.place + 2][0]
    taps = (Tap(start, _sign(before - run.column)), Tap(to_y, _sign(after - run.column)))
    return Segment(net_of(run.route, stops), min(start, to_y), max(start, to_y), taps)


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def turn(way: Way) -> int:
    """Return whether a way that leaves sideways then goes up (-1), down (1) or no further (0)."""
    return _sign(way[2][1] - way[1][1]) if len(way) > 2 else 0


def _branch_order(route: Route) -> tuple[int, int]:
    """Return what puts branches at one side so that they do not cross: up (near first), ending, down (near last)."""
    reach = abs(route.way[1][0] - route.way[0][0])
    direction = turn(route.way)
    return direction, -reach if direction > 0 else reach
