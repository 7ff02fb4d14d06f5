"""The room around the symbols of a page: where symbols end, and where no line passes."""

from collections.abc import Collection, Iterator, Mapping

from laksana.sop.chart.columns import Columns
from laksana.sop.chart.lanes import track_x
from laksana.sop.chart.plan import Plan
from laksana.sop.chart.style import Style
from laksana.sop.chart.ways import Route, Side
from laksana.sop.chart.wires import Stop

Span = tuple[float, float]
"""A stretch, from its nearer to its farther end, as distances outward from where it is measured."""
_FLATTEST_DIAMOND = 0.75
"""The height of a small diamond as a share of its width."""
_FLATTEST_BOX = 0.6


class Room:
    """What the columns and the plan of a page leave for everything else."""

    def __init__(self, style: Style, columns: Columns, plan: Plan, hints: Mapping[int, str]) -> None:
        self.style = style
        self.columns = columns
        self.plan = plan
        self.hints = hints
        """Wire -> what is written beside its pentagon."""
        self.xs = vertical_xs(plan, columns, style)
        """The key of a vertical run -> its x."""
        self._verticals = [
            [(run.key[0], self.xs[run.key]) for run in plan.runs if run.passes(row)]
            for row in range(len(plan.stops))
        ]
        """Of each row, the wires that pass it vertically, and where."""

    def half(self, stop: Stop) -> tuple[float, float]:
        """Return half the width and half the height of a stop's symbol."""
        style, diamond = self.style, self.columns.diamond
        if stop.decision:
            return diamond / 2, min(style.diamond_height, diamond * _FLATTEST_DIAMOND) / 2
        width = diamond * style.box_share
        return width / 2, min(style.box_height, width * _FLATTEST_BOX) / 2

    def centre(self, lane: int) -> float:
        """Return the x of the middle of a lane's symbols."""
        return self.columns.lanes[lane].centre

    def tip(self, row: int, side: Side) -> float:
        """Return the x at which lines leave or enter a row's symbols at a side."""
        stop = self.plan.stops[row]
        lane = stop.leftmost if side is Side.LEFT else stop.rightmost
        return self.centre(lane) + side.direction * self.half(stop)[0]

    def hint_size(self, route: Route) -> tuple[float, float] | None:
        """Return the width and height of what is written beside a pentagon, if anything is."""
        text = self.hints.get(route.wire.number)
        setting = self.style.setting("hint")
        return (setting.width(text), setting.leading) if text else None

    def free_spans(
        self, row: int, start: float, direction: int, ignored: Collection[int] = ()
    ) -> Iterator[Span]:
        """Yield the stretches in a row, nearest first, that no vertical line passes, save those of ignored wires."""
        edges = self.columns.edges
        limit = (edges[-1] - start) if direction > 0 else (start - edges[0])
        near = 0.0
        for far in sorted({*self._obstacles(row, start, direction, ignored), limit}):
            if 0 < far <= limit:
                yield near, far
                near = far

    def _obstacles(self, row: int, start: float, direction: int, ignored: Collection[int]) -> Iterator[float]:
        for number, x in self._verticals[row]:
            if number not in ignored and (distance := (x - start) * direction) > self.style.gap / 4:
                yield distance

    def rules(self, start: float, direction: int) -> list[float]:
        """Return the distances of the rules between lanes, nearest first."""
        return sorted(d for edge in self.columns.edges[1:-1] if (d := (edge - start) * direction) > 0)


def vertical_xs(plan: Plan, columns: Columns, style: Style) -> dict[tuple[int, int], float]:
    """Return the x of each vertical run: a track of a gutter, or the middle of a lane."""
    xs: dict[tuple[int, int], float] = {}
    for run in plan.runs:
        if run.vertical and run.column % 2:
            xs[run.key] = columns.lanes[run.column // 2].centre
        elif run.vertical:
            gutter = run.column // 2
            xs[run.key] = track_x(
                columns.edges, gutter, plan.counts[gutter], plan.tracks[run.key], style.spacing
            )
    return xs
