"""The lines of the flow, point by point, with heads and labels."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from laksana.sop.chart.board import net_of
from laksana.sop.chart.model import Anchor, Box, Connector, Flow, Label, Point
from laksana.sop.chart.plan import Run, runs
from laksana.sop.chart.polyline import Leg, arrow, simplified, until_joined
from laksana.sop.chart.positions import Positions
from laksana.sop.chart.room import Room
from laksana.sop.chart.typesetting import lines_at
from laksana.sop.chart.ways import SIDEWAYS, Route, Side
from laksana.sop.chart.wires import Stop

_EXACT = 0.01


def connectors(room: Room, positions: Positions, numbers: Mapping[str, int]) -> Iterator[Connector]:
    """Yield the connectors of a page. `numbers` gives the number of a step's row."""
    return _Drawing(room, positions, numbers).connectors()


class _Drawing:
    def __init__(self, room: Room, positions: Positions, numbers: Mapping[str, int]) -> None:
        self.room = room
        self.style = room.style
        self.plan = room.plan
        self.positions = positions
        self.numbers = numbers

    def connectors(self) -> Iterator[Connector]:
        yield from self._stems()
        drawn: dict[object, list[Leg]] = {}
        for route in sorted(self.plan.routes, key=self._precedence):
            points = self._points(route)
            legs = drawn.setdefault(net_of(route, self.plan.stops), [])
            visible = until_joined(points, legs, self.style.strokes.corner)
            legs.extend(pairwise(points))
            yield self._connector(route, points, visible)

    def _precedence(self, route: Route) -> tuple[bool, int]:
        """Return what to draw first: where lines join, a dashed one gives way, and a short one to a long one."""
        return self._flow(route) == "timeout", -len(route.way)

    def _connector(self, route: Route, points: Sequence[Point], visible: Sequence[Point]) -> Connector:
        wire, link = route.wire, route.wire.link
        onto_bar = wire.target is not None and self.plan.stops[wire.target].joins
        headless = wire.terminal == "leaves" or onto_bar
        return Connector(
            source=link.source,
            target=link.target,
            outcomes=link.outcomes,
            flow=self._flow(route),
            points=tuple(points),
            drawn=tuple(visible),
            arrow=None if headless else arrow(points, self.style.arrow),
            label=self._label(route),
        )

    def _flow(self, route: Route) -> Flow:
        link, terminal = route.wire.link, route.wire.terminal
        if terminal == "begins":
            return "stem"
        if link.after and terminal != "arrives":
            return "timeout"
        numbers = self.numbers
        return "back" if numbers.get(link.target, len(numbers) + 1) <= numbers[link.source] else "onward"

    def _label(self, route: Route) -> Label | None:
        row = route.wire.source
        if row is None or route.wire.number not in self.positions.around[row].labels:
            return None
        fit = self.positions.around[row].labels[route.wire.number]
        box = fit.box.moved(self.positions.middles[row])
        anchor: Anchor = "start" if fit.direction > 0 else "end"
        return Label(box, tuple(lines_at(self.style.setting("label"), "label", fit.lines, box, anchor)))

    # --- Stems

    def _stems(self) -> Iterator[Connector]:
        """Yield the short lines between a symbol and its bars."""
        for row, stop in enumerate(self.plan.stops):
            around, middle = self.positions.around[row], self.positions.middles[row]
            half_height = self.room.half(stop)[1]
            if around.bar_above is not None:
                x = self.room.centre(stop.leftmost)
                yield self._stem(stop, ((x, middle + around.bar_above), (x, middle - half_height)), head=True)
            if around.bar_below is not None:
                x = self.room.centre(stop.rightmost)
                yield self._stem(
                    stop, ((x, middle + half_height), (x, middle + around.bar_below)), head=False
                )

    def _stem(self, stop: Stop, points: Leg, *, head: bool) -> Connector:
        shown = arrow(points, self.style.arrow) if head else None
        return Connector(stop.step, stop.step, (), "stem", points, points, shown)

    # --- Points

    def _points(self, route: Route) -> list[Point]:
        """Return the bends of a route, from symbol or terminal to symbol or terminal."""
        if route.wire.terminal:
            return self._terminal_points(route)
        parts = runs(route)
        coordinates = [self._coordinate(run) for run in parts]
        points = [self._start(route), *self._bus(route, self._start(route), coordinates[0])]
        for run, here, there in zip(parts, coordinates, coordinates[1:], strict=False):
            points.append((here, there) if run.vertical else (there, here))
        points.append(self._end(route))
        return simplified(points)

    def _bus(self, route: Route, tip: Point, level: float) -> list[Point]:
        """Return the bends near the side of a symbol, where a line that is not level with its middle turns up or down."""
        side = route.leave or route.enter
        if side is None or side not in SIDEWAYS or abs(level - tip[1]) < _EXACT:
            return []
        distance = self.style.inward_bus if route.wire.inward else self.style.bus
        x = tip[0] + side.direction * distance
        return [(x, tip[1]), (x, level)]

    def _coordinate(self, run: Run) -> float:
        """Return the x of a vertical run or the y of a horizontal one."""
        if run.vertical:
            return self.room.xs[run.key]
        if run.boundary is not None:
            return self.positions.boundary_y(run.boundary, self.positions.tracks[run.key], self.style)
        row = run.start[1] // 2
        levels = self.positions.around[row].levels if run.place == 0 else {}
        return self.positions.middles[row] + levels.get(run.route.wire.number, 0.0)

    def _start(self, route: Route) -> Point:
        row, side = route.wire.row, route.leave
        middle, around = self.positions.middles[row], self.positions.around[row]
        if side in SIDEWAYS:
            return self.room.tip(row, side), middle
        if around.bar_below is not None:
            return around.taps_below[route.wire.number], middle + around.bar_below
        half_height = self.room.half(self.plan.stops[row])[1]
        return self.room.centre(route.way[0][0] // 2), middle + half_height

    def _end(self, route: Route) -> Point:
        row, side = route.wire.last_row, route.enter
        middle, around = self.positions.middles[row], self.positions.around[row]
        if side in SIDEWAYS:
            return self.room.tip(row, side), middle
        if around.bar_above is not None:
            return around.taps_above[route.wire.number], middle + around.bar_above
        half_height = self.room.half(self.plan.stops[row])[1]
        return self.room.centre(route.way[-1][0] // 2), middle - half_height

    def _terminal_points(self, route: Route) -> list[Point]:
        wire = route.wire
        middle, around = self.positions.middles[wire.row], self.positions.around[wire.row]
        box = around.terminals[wire.number].moved(middle)
        symbol = self._end(route) if wire.inward else self._start(route)
        level = middle + around.levels.get(wire.number, 0.0)
        points = [symbol, *self._bus(route, symbol, level), _facing(box, route.leave or route.enter, level)]
        return points[::-1] if wire.inward else points


def _facing(box: Box, side: Side | None, level: float) -> Point:
    """Return where the line from a symbol's side meets a terminal."""
    match side:
        case Side.LEFT:
            return box.right, level
        case Side.RIGHT:
            return box.x, level
        case Side.TOP:
            return box.centre[0], box.bottom
        case _:
            return box.centre[0], box.y
