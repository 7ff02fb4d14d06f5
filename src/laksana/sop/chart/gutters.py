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
        for row, stop in enumerate(plan.stops):
            for side, room in _needs(plan, row, style):
                _give(result, stop, side, room)
    return result


def widened(
    before: Sequence[Gutter], stops: Sequence[Stop], surroundings: Sequence[Surroundings]
) -> list[Gutter]:
    """Return the gutters with the room that labels lacked."""
    result = list(before)
    for stop, around in zip(stops, surroundings, strict=True):
        for side, lack in around.lacking.items():
            place = _beside(stop, side)
            extra = before[place].right_extra if side is Side.LEFT else before[place].left_extra
            _give(result, stop, side, extra + _GENEROUS * lack)
    return result


def _beside(stop: Stop, side: Side) -> int:
    """Return which gutter lies at a side of a stop's symbols."""
    return stop.leftmost if side is Side.LEFT else stop.rightmost + 1


def _give(gutters: list[Gutter], stop: Stop, side: Side, room: float) -> None:
    """Let a gutter leave so much room to the symbols at one of its sides."""
    place = _beside(stop, side)
    gutter = gutters[place]
    if side is Side.LEFT:
        gutters[place] = replace(gutter, right_extra=max(gutter.right_extra, room))
    else:
        gutters[place] = replace(gutter, left_extra=max(gutter.left_extra, room))


def _needs(plan: Plan, row: int, style: Style) -> Iterator[tuple[Side, float]]:
    """Yield how much room, beside the usual, a row needs at its sides."""
    yield from _for_terminals(plan, row, style)
    yield from _for_bars(plan, row, style)


def _for_terminals(plan: Plan, row: int, style: Style) -> Iterator[tuple[Side, float]]:
    for side in SIDEWAYS:
        routes = [*plan.leaving(row, side), *plan.entering(row, side)]
        arriving = sum(route.wire.inward for route in routes)
        if arriving and len(routes) > 1:
            yield side, style.inward_bus + style.spacing - style.clearance
        stop = plan.stops[row]
        outermost = stop.leftmost == 0 if side is Side.LEFT else stop.rightmost == len(plan.counts) - 2
        if outermost and any(route.wire.terminal or route.wire.label for route in routes):
            yield side, style.pentagon + style.arrow[0] + 3 * style.gap


def _for_bars(plan: Plan, row: int, style: Style) -> Iterator[tuple[Side, float]]:
    leaving, entering = plan.leaving(row, Side.BOTTOM), plan.entering(row, Side.TOP)
    own = style.symbol[0] / 2 + style.clearance - style.spacing
    if len(leaving) > 1:
        yield from zip(
            SIDEWAYS, (reach - own for reach in bars.extent(leaving, style, at_end=False)), strict=True
        )
    if plan.stops[row].joins and entering:
        yield from zip(
            SIDEWAYS, (reach - own for reach in bars.extent(entering, style, at_end=True)), strict=True
        )
