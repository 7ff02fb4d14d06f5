"""From a plan to a page: every length worked out, every line and text put in its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from laksana.sop.chart.columns import Columns, track_x
from laksana.sop.chart.content import RowContent
from laksana.sop.chart.model import (
    Box, Cell, Connector, Flow, Label, Line, OffPage, Page, Point, Row, Symbol, SymbolKind, Text,
)  # fmt: skip
from laksana.sop.chart.plan import Plan, Run, runs
from laksana.sop.chart.routes import net_of
from laksana.sop.chart.style import Style
from laksana.sop.chart.surroundings import LabelFit, Surroundings, Surveyor
from laksana.sop.chart.tracks import Segment, Tap, arrange
from laksana.sop.chart.typesetting import cell_texts, heading_cells, text_height
from laksana.sop.chart.ways import SIDEWAYS, Route, Side
from laksana.sop.chart.wires import Stop, Wire


_MOST_HINTED = 3
"""How many rows are named beside a pentagon at most."""


@dataclass(frozen=True)
class Frame:
    """What all pages of a chart share."""

    style: Style
    columns: Columns
    header: tuple[Cell, ...]
    header_height: float
    numbers: Mapping[str, int]
    """Step -> the number of its row."""
    letters: Mapping[str, str]
    """Step -> the letter of the pentagons that lead to it."""


def vertical_xs(plan: Plan, columns: Columns, style: Style) -> dict[tuple[int, int], float]:
    """Return the x of each vertical run: a track of a gutter, or the middle of a lane."""
    xs: dict[tuple[int, int], float] = {}
    for run in plan.runs:
        if not run.vertical:
            continue
        if run.column % 2:
            xs[run.key] = columns.lanes[run.column // 2].centre
        else:
            gutter = run.column // 2
            xs[run.key] = track_x(
                columns.edges, gutter, plan.counts[gutter], plan.tracks[run.key], style.spacing
            )
    return xs


class Composer:
    """Works out one page."""

    def __init__(self, frame: Frame, plan: Plan, content: Sequence[RowContent]) -> None:
        self.frame = frame
        self.style = frame.style
        self.columns = frame.columns
        self.plan = plan
        self.content = content
        self.xs = vertical_xs(plan, frame.columns, frame.style)
        self.surveyor = Surveyor(frame.style, frame.columns, plan, self.xs, self._hints())
        self.around = [self.surveyor.survey(row) for row in range(len(plan.stops))]
        self._bend_to_bars()
        self.boundary_tracks, self.boundary_counts = self._boundaries()
        self.heights = [self._row_height(row) for row in range(len(plan.stops))]

    # --- Heights

    @property
    def height(self) -> float:
        """Return the height of the whole table."""
        return self.frame.header_height + sum(self.heights)

    def _bend_to_bars(self) -> None:
        """Let the lines at a bar start or end at their own place along it."""
        for run in self.plan.runs:
            wire = run.route.wire
            if not run.vertical or run.column % 2 == 0:
                continue
            if run.place == 0 and wire.source is not None:
                taps = self.around[wire.source].taps
            elif run.place == len(run.route.way) - 2 and wire.target is not None:
                taps = self.around[wire.target].taps
            else:
                continue
            if wire.number in taps:
                self.xs[run.key] = taps[wire.number]

    def _boundaries(self) -> tuple[dict[tuple[int, int], int], list[int]]:
        """Return the track of each horizontal run in its row boundary, and how many tracks each boundary has."""
        tracks: dict[tuple[int, int], int] = {}
        counts: list[int] = []
        for boundary in range(len(self.plan.stops) + 1):
            inside = [run for run in self.plan.runs if run.boundary == boundary]
            placed, count = arrange(
                [self._segment(run) for run in inside], exact=True, apart=2 * self.style.spacing
            )
            tracks |= {run.key: track for run, track in zip(inside, placed, strict=True)}
            counts.append(count)
        return tracks, counts

    def _segment(self, run: Run) -> Segment:
        number, way = run.route.wire.number, run.route.way
        start, end = self.xs[number, run.place - 1], self.xs[number, run.place + 1]
        before, after = way[run.place - 1][1], way[run.place + 2][1]
        y = run.start[1]
        taps = (Tap(start, 1 if before > y else -1), Tap(end, 1 if after > y else -1))
        return Segment(net_of(run.route, self.plan.stops), min(start, end), max(start, end), taps)

    def _channel(self, boundary: int) -> float:
        """Return the height of the lines along a row boundary."""
        count = self.boundary_counts[boundary]
        return (
            (count - 1) * self.style.spacing + 2 * self.style.gap + self.style.gap
            if count
            else self.style.gap
        )

    def _least(self, row: int) -> tuple[float, float]:
        """Return what a row needs above and below the middle of its symbol."""
        around = self.around[row]
        above = around.above + (self._channel(0) if row == 0 and self.boundary_counts[0] else 0.0)
        return above, around.below + self._channel(row + 1)

    def _row_height(self, row: int) -> float:
        text = text_height(self.style, self.columns, self.content[row])
        return max(self.style.least_row, text, sum(self._least(row)))

    # --- Positions

    def page(self, number: int) -> Page:
        """Return the page."""
        tops = [self.frame.header_height]
        for height in self.heights:
            tops.append(tops[-1] + height)
        self.tops = tops
        self.middles = [self._middle(row) for row in range(len(self.heights))]
        connectors = tuple(self._connectors())
        return Page(
            number=number,
            width=self.columns.width,
            height=self.height,
            header=self.frame.header,
            rows=tuple(self._rows()),
            rules=tuple(self._rules()),
            lines=tuple(self._lines()),
            symbols=tuple(self._symbols()),
            connectors=connectors,
            off_pages=tuple(self._off_pages()),
        )

    def _middle(self, row: int) -> float:
        above, below = self._least(row)
        return self.tops[row] + above + (self.heights[row] - above - below) / 2

    def _rows(self) -> Iterator[Row]:
        for row, content in enumerate(self.content):
            box = Box(0, self.tops[row], self.columns.width, self.heights[row])
            yield Row(
                content.step, content.number, box, tuple(cell_texts(self.style, self.columns, content, box))
            )

    def _rules(self) -> Iterator[Line]:
        for y in (*self.tops, 0.0):
            yield Line((0, y), (self.columns.width, y), "rule")
        upper = [cell.box for cell in self.frame.header if cell.box.bottom < self.frame.header_height - 0.01]
        for box in upper:
            yield Line((box.x, box.bottom), (box.right, box.bottom), "rule")
        for x, top in self._uprights():
            yield Line((x, top), (x, self.tops[-1]), "rule")

    def _uprights(self) -> Iterator[Point]:
        """Yield where each vertical rule begins."""
        tops: dict[float, float] = {self.columns.width: 0.0}
        for cell in self.frame.header:
            for x in (cell.box.x, cell.box.right):
                tops[x] = min(tops.get(x, cell.box.y), cell.box.y)
        yield from tops.items()

    def _symbols(self) -> Iterator[Symbol]:
        for row, stop in enumerate(self.plan.stops):
            kind: SymbolKind = "decision" if stop.decision else "terminator" if stop.capsule else "process"
            half_width, half_height = self.surveyor.half(stop)
            for place in stop.lanes:
                lane = self.columns.lanes[place]
                box = Box(
                    lane.centre - half_width, self.middles[row] - half_height, 2 * half_width, 2 * half_height
                )
                yield Symbol(stop.step, lane.name, kind, box)
            yield from self._capsules(row, stop)

    def _capsules(self, row: int, stop: Stop) -> Iterator[Symbol]:
        lane = self.columns.lanes[stop.leftmost].name
        around = self.around[row]
        if around.capsule_above:
            yield Symbol(stop.step, lane, "terminator", self._down(around.capsule_above, row), extra=True)
        for route in self.plan.routes:
            if route.wire.source == row and route.wire.terminal == "ends":
                box = self._down(around.terminals[route.wire.number], row)
                yield Symbol(stop.step, lane, "terminator", box, extra=True)

    def _down(self, box: Box, row: int) -> Box:
        """Return a box, measured from the middle of a row, in its place on the page."""
        return Box(box.x, box.y + self.middles[row], box.width, box.height)

    def _lines(self) -> Iterator[Line]:
        for row, stop in enumerate(self.plan.stops):
            middle, around = self.middles[row], self.around[row]
            half_width = self.surveyor.half(stop)[0]
            centres = [self.columns.lanes[lane].centre for lane in stop.lanes]
            for left, right in pairwise(centres):
                yield Line((left + half_width, middle), (right - half_width, middle), "together")
            for bar, lane, routes in (
                (around.bar_above, stop.leftmost, self.plan.entering(row, Side.TOP)),
                (around.bar_below, stop.rightmost, self.plan.leaving(row, Side.BOTTOM)),
            ):
                if bar is not None:
                    taps = [around.taps[route.wire.number] for route in routes]
                    yield self._bar(self.columns.lanes[lane].centre, bar + middle, taps)

    def _bar(self, centre: float, y: float, taps: Sequence[float]) -> Line:
        half, gap = self.columns.diamond / 2, self.style.gap
        left = min(centre - half, *(tap - gap for tap in taps))
        right = max(centre + half, *(tap + gap for tap in taps))
        return Line((left, y), (right, y), "bar")

    # --- Connectors

    def _connectors(self) -> Iterator[Connector]:
        yield from self._stems()
        ordered = sorted(
            self.plan.routes, key=lambda route: (self._flow(route) == "timeout", -len(route.way))
        )
        drawn: dict[object, list[tuple[Point, Point]]] = {}
        for route in ordered:
            points = self._points(route)
            legs = drawn.setdefault(net_of(route, self.plan.stops), [])
            visible = _until_joined(points, legs, self.style.strokes.corner)
            legs.extend(zip(points, points[1:], strict=False))
            yield self._connector(route, points, visible)

    def _connector(self, route: Route, points: Sequence[Point], visible: Sequence[Point]) -> Connector:
        wire, link = route.wire, route.wire.link
        onto_bar = wire.target is not None and self.plan.stops[wire.target].joins and route.enter is Side.TOP
        ends_here = wire.terminal in {"leaves", "ends"} or onto_bar
        arrow = None if (ends_here and wire.terminal != "ends") else _arrow(points, self.style.arrow)
        return Connector(
            source=link.source,
            target=link.target,
            outcomes=link.outcomes,
            flow=self._flow(route),
            points=tuple(points),
            drawn=tuple(visible),
            arrow=arrow,
            label=self._label(route),
        )

    def _flow(self, route: Route) -> Flow:
        link = route.wire.link
        if link.after and route.wire.terminal != "arrives":
            return "timeout"
        numbers = self.frame.numbers
        return "back" if numbers.get(link.target, len(numbers) + 1) <= numbers[link.source] else "onward"

    def _label(self, route: Route) -> Label | None:
        row = route.wire.source
        if row is None or route.wire.number not in self.around[row].labels:
            return None
        fit: LabelFit = self.around[row].labels[route.wire.number]
        box = self._down(fit.box, row)
        setting = self.style.setting("label")
        texts = []
        for place, line in enumerate(fit.lines):
            top, width = box.y + place * setting.leading, setting.width(line)
            left = box.x if fit.anchor > 0 else box.right - width
            line_box = Box(left, top, width, setting.leading)
            x = left if fit.anchor > 0 else box.right
            texts.append(
                Text(
                    line,
                    x,
                    setting.baseline(top),
                    setting.size,
                    "label",
                    "start" if fit.anchor > 0 else "end",
                    line_box,
                )
            )
        return Label(box, tuple(texts))

    def _stems(self) -> Iterator[Connector]:
        """Yield the short lines between a symbol and its bar or the capsule above it."""
        for row, stop in enumerate(self.plan.stops):
            around, middle = self.around[row], self.middles[row]
            half_height = self.surveyor.half(stop)[1]
            x = self.columns.lanes[stop.leftmost].centre
            if around.bar_above is not None:
                yield self._stem(stop, (x, middle + around.bar_above), (x, middle - half_height), arrow=True)
            if around.capsule_above is not None:
                start = (x, middle + around.capsule_above.bottom)
                yield self._stem(stop, start, (x, middle - half_height), arrow=True)
            if around.bar_below is not None:
                x = self.columns.lanes[stop.rightmost].centre
                yield self._stem(stop, (x, middle + half_height), (x, middle + around.bar_below), arrow=False)

    def _stem(self, stop: Stop, start: Point, end: Point, *, arrow: bool) -> Connector:
        points = (start, end)
        head = _arrow(points, self.style.arrow) if arrow else None
        return Connector(stop.step, stop.step, (), "stem", points, points, head)

    def _points(self, route: Route) -> list[Point]:
        """Return the bends of a route, from symbol or pentagon to symbol or pentagon."""
        if route.wire.terminal:
            return self._terminal_points(route)
        coordinates = [self._coordinate(run) for run in runs(route)]
        points = [self._start(route)]
        all_runs = runs(route)
        first = all_runs[0]
        if route.leave in SIDEWAYS and abs(coordinates[0] - points[0][1]) > 0.01:
            bus = points[0][0] + (1 if route.leave is Side.RIGHT else -1) * self.surveyor.bus
            points += [(bus, points[0][1]), (bus, coordinates[0])]
        del first
        for run, here, there in zip(all_runs, coordinates, coordinates[1:], strict=False):
            points.append((here, there) if run.vertical else (there, here))
        points.append(self._end(route))
        return _simplified(points)

    def _coordinate(self, run: Run) -> float:
        """Return the x of a vertical run or the y of a horizontal one."""
        if run.vertical:
            return self.xs[run.key]
        boundary = run.boundary
        if boundary is not None:
            return self._boundary_y(boundary, self.boundary_tracks[run.key])
        row = run.start[1] // 2
        level = self.around[row].levels.get(run.route.wire.number, 0.0) if run.place == 0 else 0.0
        return self.middles[row] + level

    def _boundary_y(self, boundary: int, track: int) -> float:
        style, count = self.style, self.boundary_counts[boundary]
        if boundary == 0:
            return self.tops[0] + 2 * style.gap + track * style.spacing
        return self.tops[boundary] - 2 * style.gap - (count - 1 - track) * style.spacing

    def _start(self, route: Route) -> Point:
        row = route.wire.source
        assert row is not None  # noqa: S101  (only a wire between two rows has points)
        middle, around = self.middles[row], self.around[row]
        if route.leave in SIDEWAYS:
            return self.surveyor.tip(row, route.leave or Side.LEFT), middle
        if around.bar_below is not None:
            return around.taps[route.wire.number], middle + around.bar_below
        return self.columns.lanes[route.way[0][0] // 2].centre, middle + self.surveyor.half(
            self.plan.stops[row]
        )[1]

    def _end(self, route: Route) -> Point:
        row = route.wire.target
        assert row is not None  # noqa: S101
        middle, around = self.middles[row], self.around[row]
        if route.enter in SIDEWAYS:
            return self.surveyor.tip(row, route.enter or Side.LEFT), middle
        if around.bar_above is not None:
            return around.taps[route.wire.number], middle + around.bar_above
        return self.columns.lanes[route.way[-1][0] // 2].centre, middle - self.surveyor.half(
            self.plan.stops[row]
        )[1]

    def _terminal_points(self, route: Route) -> list[Point]:
        wire = route.wire
        row = wire.source if wire.source is not None else wire.target
        assert row is not None  # noqa: S101
        box = self._down(self.around[row].terminals[wire.number], row)
        symbol = self._end(route) if wire.terminal == "arrives" else self._start(route)
        side = route.leave or route.enter
        level = self.middles[row] + self.around[row].levels.get(wire.number, 0.0)
        far = {
            Side.LEFT: (box.right, level),
            Side.RIGHT: (box.x, level),
            Side.TOP: (box.centre[0], box.bottom),
            Side.BOTTOM: (box.centre[0], box.y),
            None: symbol,
        }[side]
        points = [symbol, far]
        if side in SIDEWAYS and abs(level - symbol[1]) > 0.01:
            bus = symbol[0] + (1 if side is Side.RIGHT else -1) * self._bus(wire)
            points = [symbol, (bus, symbol[1]), (bus, level), far]
        return points[::-1] if wire.terminal == "arrives" else points

    def _bus(self, wire: Wire) -> float:
        """Return how far from the symbol a line turns up or down; one that arrives leaves room for its head."""
        return self.style.arrow[0] * 1.15 if wire.terminal == "arrives" else self.surveyor.bus

    # --- Pentagons

    def _hints(self) -> dict[int, str]:
        """Return for each pentagon which rows are at its other side, where they are few enough to name."""
        hints: dict[int, str] = {}
        for route in self.plan.routes:
            wire = route.wire
            if wire.terminal in {"leaves", "arrives"}:
                rows = [str(self.frame.numbers[step]) for step in _beyond(wire)]
                if len(rows) <= _MOST_HINTED:
                    hints[wire.number] = f"{'dari' if wire.terminal == 'arrives' else 'ke'} {', '.join(rows)}"
        return hints

    def _off_pages(self) -> Iterator[OffPage]:
        for route in self.plan.routes:
            wire = route.wire
            if wire.terminal not in {"leaves", "arrives"}:
                continue
            row = wire.source if wire.source is not None else wire.target
            assert row is not None  # noqa: S101
            box = self._down(self.around[row].terminals[wire.number], row)
            target = wire.link.target
            yield OffPage(
                letter=self.frame.letters[target],
                arrives=wire.terminal == "arrives",
                target=target,
                steps=_beyond(wire),
                box=box,
                text=self._letter(target, box),
                hint=self._hint(wire, row),
            )

    def _letter(self, target: str, box: Box) -> Text:
        setting, letter = self.style.setting("letter"), self.frame.letters[target]
        width = setting.width(letter)
        top = box.y + (box.height * 0.8 - setting.leading) / 2
        x = box.centre[0]
        line_box = Box(x - width / 2, top, width, setting.leading)
        return Text(letter, x, setting.baseline(top), setting.size, "letter", "middle", line_box)

    def _hint(self, wire: Wire, row: int) -> Text | None:
        box = self.around[row].hints.get(wire.number)
        if box is None:
            return None
        box, setting = self._down(box, row), self.style.setting("hint")
        text = self.surveyor.hints[wire.number]
        return Text(text, box.x, setting.baseline(box.y), setting.size, "hint", "start", box)


def _beyond(wire: Wire) -> tuple[str, ...]:
    """Return the steps at the other side of a pentagon."""
    arrives = wire.terminal == "arrives"
    return tuple(dict.fromkeys(link.source if arrives else link.target for link in wire.links))


def _simplified(points: Sequence[Point]) -> list[Point]:
    """Return the points without repetitions and without those in the middle of a straight line."""
    result: list[Point] = []
    for point in points:
        if result and _near(result[-1], point):
            continue
        if len(result) > 1 and _straight(result[-2], result[-1], point):
            result.pop()
        result.append(point)
    return result


def _near(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < 0.005 and abs(a[1] - b[1]) < 0.005


def _straight(a: Point, b: Point, c: Point) -> bool:
    return max(abs(a[0] - b[0]), abs(b[0] - c[0])) < 0.005 or max(abs(a[1] - b[1]), abs(b[1] - c[1])) < 0.005


def _arrow(points: Sequence[Point], size: tuple[float, float]) -> tuple[Point, Point, Point]:
    """Return the triangle of an arrow head at the end of a line."""
    (from_x, from_y), (x, y) = points[-2], points[-1]
    length, half = size[0], size[1] / 2
    if abs(from_x - x) < abs(from_y - y):
        back = y - length if y > from_y else y + length
        return (x, y), (x - half, back), (x + half, back)
    back = x - length if x > from_x else x + length
    return (x, y), (back, y - half), (back, y + half)


def _until_joined(points: Sequence[Point], legs: Sequence[tuple[Point, Point]], reach: float) -> list[Point]:
    """Return the part of a line that is not already drawn, with a little of the line it joins, to bend into it."""
    for place in range(len(points) - 1):
        rest = zip(points[place:], points[place + 1 :], strict=False)
        if all(any(_on(leg, a) and _on(leg, b) for leg in legs) for a, b in rest):
            if place == 0:
                return list(points)
            return [*points[: place + 1], _ahead(points[place], points[place + 1], 2 * reach)]
    return list(points)


def _on(leg: tuple[Point, Point], point: Point) -> bool:
    (ax, ay), (bx, by) = leg
    x, y = point
    return min(ax, bx) - 0.01 <= x <= max(ax, bx) + 0.01 and min(ay, by) - 0.01 <= y <= max(ay, by) + 0.01


def _ahead(start: Point, end: Point, reach: float) -> Point:
    length = abs(end[0] - start[0]) + abs(end[1] - start[1])
    share = min(1.0, reach / length) if length else 0.0
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
