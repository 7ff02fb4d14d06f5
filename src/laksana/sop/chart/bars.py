"""The bar of a parallel split or join: where each line meets it, and how far it reaches."""

from collections.abc import Sequence
from itertools import accumulate

from laksana.sop.chart.style import Style
from laksana.sop.chart.ways import Route

_STRAIGHT = (0, 0)


def places(routes: Sequence[Route], style: Style, *, at_end: bool) -> dict[int, float]:
    """Return wire -> where it meets the bar, from the middle of the symbol: from the side it comes from or goes to.

    A line that goes straight keeps the middle; terminals hang at the right end. `at_end` says that the routes enter.
    """
    ordered = sorted(routes, key=lambda route: _bearing(route, at_end=at_end))
    widths = [_width(route, style) for route in ordered]
    ends = list(accumulate(widths))
    centres = [end - width / 2 for end, width in zip(ends, widths, strict=True)]
    straight = (
        centre
        for centre, route in zip(centres, ordered, strict=True)
        if _bearing(route, at_end=at_end) == _STRAIGHT
    )
    middle = next(straight, ends[-1] / 2)
    return {route.wire.number: centre - middle for route, centre in zip(ordered, centres, strict=True)}


def extent(routes: Sequence[Route], style: Style, *, at_end: bool) -> tuple[float, float]:
    """Return how far a bar and what hangs on it reach to the left and right of the middle of the symbol."""
    offsets = places(routes, style, at_end=at_end)
    halves = {route.wire.number: _width(route, style) / 2 for route in routes}
    left = max(halves[number] - offset for number, offset in offsets.items())
    right = max(halves[number] + offset for number, offset in offsets.items())
    return left, right


def _width(route: Route, style: Style) -> float:
    """Return how much of a bar a line takes."""
    size = style.terminal(route.wire.terminal)
    return size[0] + 2 * style.gap if size else 2 * style.spacing


def _bearing(route: Route, *, at_end: bool) -> tuple[int, int]:
    """Return from which side a route comes, or to which it goes: negative left, 0 straight; terminals last."""
    if route.wire.terminal:
        return 2, 0
    way = route.way[::-1] if at_end else route.way
    if abs(way[1][1] - way[0][1]) > 1:
        return _STRAIGHT
    turn_x = next((x for x, _ in way if x != way[0][0]), way[0][0])
    side = (turn_x > way[0][0]) - (turn_x < way[0][0])
    return side, abs(turn_x - way[0][0])
