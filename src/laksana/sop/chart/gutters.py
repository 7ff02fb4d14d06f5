"""What each gutter of a chart must hold, over all its pages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from laksana.sop.chart import bars
from laksana.sop.chart.lanes import Gutter
from laksana.sop.chart.plan import Plan
from laksana.sop.chart.style import Style
from laksana.sop.chart.surroundings import Surroundings
from laksana.sop.chart.ways import SIDEWAYS, Side
from laksana.sop.chart.wires import Stop

_GENEROUS = 2.1
"""How many times the width that a label lacks is added: half of it comes off what lay free around the symbol."""


def gutters(plans: Sequence[Plan], style: Style) -> list[Gutter]:
    """Return the gutters, from the left, with room for every line, bar and pentagon."""
    result = [Gutter(max(counts)) for counts in zip(*(plan.counts for plan in plans), strict=True)]
    for plan in plans:
        for row in range(len(plan.stops)):
            for need in (*_for_terminals(plan, row, style), *_for_bars(plan, row, style)):
                _give(result, *need)
    return result


def widened(
    before: Sequence[Gutter], stops: Sequence[Stop], surroundings: Sequence[Surroundings]
) -> list[Gutter]:
    """Return the gutters with the room that labels lacked."""
    result = list(before)
    for stop, around in zip(stops, surroundings, strict=True):
        for side, lack in around.lacking.items():
            lane = _outermost(stop, side)
            extra = before[lane].right_extra if side is Side.LEFT else before[lane + 1].left_extra
            _give(result, lane, side, extra + _GENEROUS * lack)
    return result


def _outermost(stop: Stop, side: Side) -> int:
    return stop.leftmost if side is Side.LEFT else stop.rightmost


def _give(gutters: list[Gutter], lane: int, side: Side, room: float) -> None:
    """Let the gutter at a side of a lane leave so much more room to it."""
    place = lane if side is Side.LEFT else lane + 1
    gutter = gutters[place]
    if side is Side.LEFT:
        gutters[place] = replace(gutter, right_extra=max(gutter.right_extra, room))
    else:
        gutters[place] = replace(gutter, left_extra=max(gutter.left_extra, room))


_Need = tuple[int, Side, float]
"""A lane, the side at which it needs room beside the usual, and how much."""


def _for_terminals(plan: Plan, row: int, style: Style) -> Iterator[_Need]:
    for side in SIDEWAYS:
        routes = [*plan.leaving(row, side), *plan.entering(row, side)]
        lane = _outermost(plan.stops[row], side)
        arriving = sum(route.wire.inward for route in routes)
        if arriving and len(routes) > 1:
            yield lane, side, style.inward_bus + style.spacing - style.clearance
        at_edge = lane == (0 if side is Side.LEFT else len(plan.counts) - 2)
        if at_edge and any(route.wire.terminal or route.wire.label for route in routes):
            yield lane, side, style.pentagon + style.arrow[0] + 3 * style.gap


def _for_bars(plan: Plan, row: int, style: Style) -> Iterator[_Need]:
    leaving, entering = plan.leaving(row, Side.BOTTOM), plan.entering(row, Side.TOP)
    own = style.symbol[0] / 2 + style.clearance - style.spacing
    stop = plan.stops[row]
    if len(leaving) > 1:
        for side, reach in zip(SIDEWAYS, bars.extent(leaving, style, at_end=False), strict=True):
            yield stop.rightmost, side, reach - own
    if stop.joins and entering:
        for side, reach in zip(SIDEWAYS, bars.extent(entering, style, at_end=True), strict=True):
            yield stop.leftmost, side, reach - own
