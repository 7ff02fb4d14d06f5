"""Placing what stands below a symbol, on its way on, and above it, on the way in: labels, bars, pentagons, capsules."""

from collections.abc import Iterator, Sequence

from laksana.sop.chart import bars
from laksana.sop.chart.labels import Window, choose, pieces
from laksana.sop.chart.model import Box
from laksana.sop.chart.room import Room
from laksana.sop.chart.surroundings import LabelFit, Surroundings, outward
from laksana.sop.chart.ways import SIDEWAYS, Route, Side

_LEFT_HANDED = 0.1
"""What counts against a label to the left of the line down from a symbol, in lines."""


def place_below(room: Room, row: int, result: Surroundings) -> None:
    """Place what leaves at the bottom; what is at the sides stands already."""
    leaving = room.plan.leaving(row, Side.BOTTOM)
    half_height = room.half(room.plan.stops[row])[1]
    reach = _exit(room, row, leaving, result) if leaving else half_height + room.style.gap
    result.below = max(result.below, reach)


def place_above(room: Room, row: int, result: Surroundings) -> None:
    """Place what enters at the top; what is at the sides stands already."""
    style, stop = room.style, room.plan.stops[row]
    entering = room.plan.entering(row, Side.TOP)
    reach, approach = room.half(stop)[1], style.arrow[0] + style.gap
    terminal = next((route for route in entering if route.wire.terminal), None)
    if stop.joins and entering:
        reach = _beyond_sides(room, entering, reach, result.sides_above, at_end=True)
        result.bar_above = -(reach + approach + style.gap / 2)
        reach = _hang(room, row, entering, result, at_end=True) + style.gap
    elif terminal and (size := style.terminal(terminal.wire.terminal)):
        x = room.centre(stop.leftmost)
        box = Box(x - size[0] / 2, -reach - approach - size[1], *size)
        result.terminals[terminal.wire.number] = box
        _place_hint(room, row, box, terminal, result)
        reach += approach + size[1]
    elif entering:
        reach += approach
    result.above = max(result.above, reach + style.gap)


def _exit(room: Room, row: int, leaving: Sequence[Route], result: Surroundings) -> float:
    """Place the label, and the bar or terminal, under a symbol; return how far down they reach."""
    style, first = room.style, leaving[0]
    reach = room.half(room.plan.stops[row])[1]
    x, least = room.centre(first.way[0][0] // 2), reach + style.arrow[0] + style.gap
    if first.wire.label:
        label = result.labels[first.wire.number] = _label(room, row, x, reach + style.gap / 2, first, result)
        reach = label.box.bottom
    reach += style.gap
    if len(leaving) > 1:
        reach = _beyond_sides(room, leaving, reach, result.sides_below, at_end=False)
        result.bar_below = reach + style.gap
        return _hang(room, row, leaving, result, at_end=False)
    if size := style.terminal(first.wire.terminal):
        box = result.terminals[first.wire.number] = Box(x - size[0] / 2, max(reach, least), *size)
        _place_hint(room, row, box, first, result)
        return box.bottom + style.gap
    return reach


# --- Labels


def _label(room: Room, row: int, x: float, top: float, route: Route, result: Surroundings) -> LabelFit:
    """Return a label to the right of the line down from a symbol, or to its left where it fits better.

    Where it reaches under what leaves at that side, it stands below all that.
    """
    setting = room.style.setting("label")
    windows = [window for side in SIDEWAYS for window in _windows(room, row, x, top, side, result)]
    choice = choose(route.wire.label, windows, (), setting)
    side = Side(choice.window.kind)
    result.note_lack(side, choice)
    if choice.window.near + choice.width > room.columns.diamond / 2:
        top = max(top, result.sides_below.get(side, 0.0) + room.style.gap)
    box = outward(x, side.direction, choice.window.near, choice.width, len(choice.lines) * setting.leading)
    return LabelFit(choice.lines, Box(box.x, top, box.width, box.height), side.direction)


def _windows(
    room: Room, row: int, x: float, top: float, side: Side, result: Surroundings
) -> Iterator[Window]:
    """Yield the windows beside the line down from a symbol; one that makes the row higher bears that as a burden."""
    gap, own = room.style.gap, room.columns.diamond / 2
    far = next(room.free_spans(row, x, side.direction))[1]
    drop = max(0.0, result.sides_below.get(side, 0.0) - top) / room.style.setting("label").leading
    handed = _LEFT_HANDED * (side is Side.LEFT)
    for _, end in pieces(0.0, far, room.rules(x, side.direction)):
        yield Window(gap, end - gap, side.value, handed + (drop if end - gap > own else 0.0))
    if drop and far > own:
        yield Window(gap, own, side.value, handed)


# --- Bars


def _beyond_sides(
    room: Room, routes: Sequence[Route], reach: float, sides: dict[Side, float], *, at_end: bool
) -> float:
    """Return from where on a bar may stand: one wider than the symbol, clear of what is at the sides."""
    widest = max(bars.extent(routes, room.style, at_end=at_end))
    return max(reach, *sides.values(), 0.0) if widest > room.columns.diamond / 2 else reach


def _hang(room: Room, row: int, routes: Sequence[Route], result: Surroundings, *, at_end: bool) -> float:
    """Place the lines and terminals along a bar; return how far away from the symbol they reach."""
    style, stop = room.style, room.plan.stops[row]
    bar, lane = (result.bar_above, stop.leftmost) if at_end else (result.bar_below, stop.rightmost)
    assert bar is not None  # noqa: S101  (it has just been placed)
    taps, down = (result.taps_above, -1) if at_end else (result.taps_below, 1)
    offsets = bars.places(routes, style, at_end=at_end)
    reach = abs(bar)
    for route in routes:
        number = route.wire.number
        taps[number] = x = room.centre(lane) + offsets[number]
        if size := style.terminal(route.wire.terminal):
            near = bar + down * 2 * style.gap
            result.terminals[number] = Box(x - size[0] / 2, near if down > 0 else near - size[1], *size)
            reach = max(reach, abs(near) + size[1] + style.gap)
    return reach


# --- Hints


def _place_hint(room: Room, row: int, box: Box, route: Route, result: Surroundings) -> None:
    """Name the rows at the other side to the right of a pentagon above or below a symbol, or to its left."""
    size, gap = room.hint_size(route), room.style.gap
    if size is None:
        return
    x, middle = box.centre
    near = box.width / 2 + gap / 2
    for side in (Side.RIGHT, Side.LEFT):
        far = next(room.free_spans(row, x, side.direction))[1]
        hint = outward(x, side.direction, near, *size).moved(middle)
        clear_above = -hint.bottom >= result.sides_above.get(side, 0.0)
        if far - near >= size[0] + gap and (clear_above or hint.y >= result.sides_below.get(side, 0.0)):
            result.hints[route.wire.number] = hint
            return
