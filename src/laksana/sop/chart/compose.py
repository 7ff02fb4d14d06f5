"""From a plan to a page: the heights of its rows, and every cell, rule and symbol in its place."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from laksana.sop.chart.above_below import place_above, place_below
from laksana.sop.chart.board import net_of
from laksana.sop.chart.columns import Columns
from laksana.sop.chart.connectors import connectors
from laksana.sop.chart.content import RowContent
from laksana.sop.chart.model import Box, Cell, Line, Page, Point, Row, Symbol, SymbolKind
from laksana.sop.chart.pentagons import hints, off_pages
from laksana.sop.chart.plan import Plan, Run
from laksana.sop.chart.positions import Positions
from laksana.sop.chart.room import Room
from laksana.sop.chart.sides import place_side
from laksana.sop.chart.style import Style
from laksana.sop.chart.surroundings import Surroundings
from laksana.sop.chart.tracks import Segment, Tap, arrange
from laksana.sop.chart.typesetting import cell_texts, text_height
from laksana.sop.chart.ways import SIDEWAYS
from laksana.sop.chart.wires import Stop

_EXACT = 0.01


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


class Composer:
    """Works out one page."""

    def __init__(self, frame: Frame, plan: Plan, content: Sequence[RowContent]) -> None:
        self.frame = frame
        self.style = frame.style
        self.columns = frame.columns
        self.plan = plan
        self.content = content
        self.room = Room(frame.style, frame.columns, plan, hints(plan.routes, frame.numbers))
        self.around = [self._survey(row) for row in range(len(plan.stops))]
        self._bend_to_bars()
        self._tracks, self._counts = self._boundaries()
        self.heights = [self._row_height(row) for row in range(len(plan.stops))]

    @property
    def height(self) -> float:
        """Return the height of the whole table."""
        return self.frame.header_height + sum(self.heights)

    def page(self, number: int) -> Page:
        """Return the page."""
        positions = self._positions()
        return Page(
            number=number,
            width=self.columns.width,
            height=self.height,
            header=self.frame.header,
            rows=tuple(self._rows(positions)),
            rules=tuple(self._rules(positions)),
            lines=tuple(self._lines(positions)),
            symbols=tuple(self._symbols(positions)),
            connectors=tuple(connectors(self.room, positions, self.frame.numbers)),
            off_pages=tuple(off_pages(self.room, positions, self.frame.letters)),
        )

    # --- Heights

    def _survey(self, row: int) -> Surroundings:
        result = Surroundings()
        for side in SIDEWAYS:
            place_side(self.room, row, side, result)
        place_below(self.room, row, result)
        place_above(self.room, row, result)
        return result

    def _bend_to_bars(self) -> None:
        """Let the lines at a bar start or end at their own place along it."""
        for run in self.plan.runs:
            number, wire = run.route.wire.number, run.route.wire
            if run.place == 0 and wire.source is not None:
                taps = self.around[wire.source].taps_below
            elif run.place == len(run.route.way) - 2 and wire.target is not None:
                taps = self.around[wire.target].taps_above
            else:
                continue
            if run.vertical and number in taps:
                self.room.xs[run.key] = taps[number]

    def _boundaries(self) -> tuple[dict[tuple[int, int], int], list[int]]:
        """Return the track of each horizontal run in its row boundary, and how many tracks each boundary has."""
        tracks: dict[tuple[int, int], int] = {}
        counts: list[int] = []
        for boundary in range(len(self.plan.stops) + 1):
            inside = [run for run in self.plan.runs if run.boundary == boundary]
            segments = [self._segment(run) for run in inside]
            placed, count = arrange(segments, exact=True, apart=2 * self.style.spacing)
            tracks |= {run.key: track for run, track in zip(inside, placed, strict=True)}
            counts.append(count)
        return tracks, counts

    def _segment(self, run: Run) -> Segment:
        number, way = run.route.wire.number, run.route.way
        start, end = self.room.xs[number, run.place - 1], self.room.xs[number, run.place + 1]
        before, after = way[run.place - 1][1], way[run.place + 2][1]
        y = run.start[1]
        taps = (Tap(start, 1 if before > y else -1), Tap(end, 1 if after > y else -1))
        return Segment(net_of(run.route, self.plan.stops), min(start, end), max(start, end), taps)

    def _channel(self, boundary: int) -> float:
        """Return the height of the lines along a row boundary."""
        count, gap = self._counts[boundary], self.style.gap
        return (count - 1) * self.style.spacing + 3 * gap if count else gap

    def _least(self, row: int) -> tuple[float, float]:
        """Return what a row needs above and below the middle of its symbol."""
        around = self.around[row]
        above = around.above + (self._channel(0) if row == 0 and self._counts[0] else 0.0)
        return above, around.below + self._channel(row + 1)

    def _row_height(self, row: int) -> float:
        text = text_height(self.style, self.columns, self.content[row])
        return max(self.style.least_row, text, sum(self._least(row)))

    def _positions(self) -> Positions:
        tops = list(accumulate(self.heights, initial=self.frame.header_height))
        middles = []
        for row, (top, height) in enumerate(zip(tops, self.heights, strict=False)):
            above, below = self._least(row)
            middles.append(top + above + (height - above - below) / 2)
        return Positions(tops, middles, self.around, self._tracks, self._counts)

    # --- The table

    def _rows(self, positions: Positions) -> Iterator[Row]:
        for content, (top, bottom) in zip(self.content, pairwise(positions.tops), strict=True):
            box = Box(0, top, self.columns.width, bottom - top)
            cells = tuple(cell_texts(self.style, self.columns, content, box))
            yield Row(content.step, content.number, box, cells)

    def _rules(self, positions: Positions) -> Iterator[Line]:
        for y in (0.0, *positions.tops):
            yield Line((0, y), (self.columns.width, y), "rule")
        for box in (cell.box for cell in self.frame.header):
            if box.bottom < self.frame.header_height - _EXACT:
                yield Line((box.x, box.bottom), (box.right, box.bottom), "rule")
        for x, top in self._uprights():
            yield Line((x, top), (x, positions.tops[-1]), "rule")

    def _uprights(self) -> Iterator[Point]:
        """Yield where each vertical rule begins."""
        tops: dict[float, float] = {}
        for box in (cell.box for cell in self.frame.header):
            for x in (box.x, box.right):
                known = next((other for other in tops if abs(other - x) < _EXACT), x)
                tops[known] = min(tops.get(known, box.y), box.y)
        yield from tops.items()

    # --- Symbols

    def _symbols(self, positions: Positions) -> Iterator[Symbol]:
        for row, stop in enumerate(self.plan.stops):
            kind: SymbolKind = "decision" if stop.decision else "terminator" if stop.capsule else "process"
            half_width, half_height = self.room.half(stop)
            top = positions.middles[row] - half_height
            for lane in (self.columns.lanes[place] for place in stop.lanes):
                yield Symbol(
                    stop.step,
                    lane.name,
                    kind,
                    Box(lane.centre - half_width, top, 2 * half_width, 2 * half_height),
                )
            yield from self._capsules(positions, row, stop)

    def _capsules(self, positions: Positions, row: int, stop: Stop) -> Iterator[Symbol]:
        lane = self.columns.lanes[stop.leftmost].name
        for wire in (route.wire for route in self.plan.routes):
            if wire.terminal in {"begins", "ends"} and wire.row == row:
                box = self.around[row].terminals[wire.number].moved(positions.middles[row])
                yield Symbol(stop.step, lane, "terminator", box, extra=True)

    def _lines(self, positions: Positions) -> Iterator[Line]:
        for row, stop in enumerate(self.plan.stops):
            middle, around = positions.middles[row], self.around[row]
            half_width = self.room.half(stop)[0]
            for left, right in pairwise(map(self.room.centre, stop.lanes)):
                yield Line((left + half_width, middle), (right - half_width, middle), "together")
            if around.bar_above is not None:
                yield self._bar(stop.leftmost, middle + around.bar_above, around.taps_above.values())
            if around.bar_below is not None:
                yield self._bar(stop.rightmost, middle + around.bar_below, around.taps_below.values())

    def _bar(self, lane: int, y: float, taps: Collection[float]) -> Line:
        centre, half, gap = self.room.centre(lane), self.columns.diamond / 2, self.style.gap
        left = min(centre - half, *(tap - gap for tap in taps))
        right = max(centre + half, *(tap + gap for tap in taps))
        return Line((left, y), (right, y), "bar")
