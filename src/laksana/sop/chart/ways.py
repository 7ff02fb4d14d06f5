"""All ways that a wire may take over the coarse grid of a page.

Columns of the grid are, from the left, gutter, lane, gutter, lane, ..., gutter; its rows are boundary, row, boundary, row, ...,
boundary. So lane j is at x = 2j + 1 and row r at y = 2r + 1, and even numbers are channels. A way leaves at a side of its
symbol, makes at most one long vertical run, in a gutter or down a lane that is empty there, and enters at a side.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from laksana.sop.chart.wires import Stop, Wire

Spot = tuple[int, int]
Way = tuple[Spot, ...]


class Side(StrEnum):
    """A side of a symbol."""

    TOP = "top"
    BOTTOM = "bottom"
    LEFT = "left"
    RIGHT = "right"

    @property
    def direction(self) -> int:
        """Return which way along x a side faces: -1 to the left, 1 to the right, 0 up or down."""
        return (self is Side.RIGHT) - (self is Side.LEFT)


SIDEWAYS = (Side.LEFT, Side.RIGHT)
_BEYOND = 2
"""How far, in grid columns, a way may go outside the lanes of its two ends."""


class Stretch(NamedTuple):
    """One straight part of a way: the coordinate that stays, and from where to where the other goes."""

    vertical: bool
    fixed: int
    low: int
    high: int

    @classmethod
    def between(cls, start: Spot, end: Spot) -> "Stretch":
        """Return the stretch from one spot to another."""
        if start[0] == end[0]:
            return cls(True, start[0], *sorted((start[1], end[1])))
        return cls(False, start[1], *sorted((start[0], end[0])))


@dataclass(frozen=True)
class Route:
    """One way for a wire, and the sides at which it leaves and enters."""

    wire: Wire
    leave: Side | None
    enter: Side | None
    way: Way

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Return its straight parts."""
        return tuple(Stretch.between(start, end) for start, end in pairwise(self.way))


def routes(stops: Sequence[Stop], wire: Wire, lanes: int) -> Iterator[Route]:
    """Yield every route that a wire may take on a page of so many lanes."""
    match wire.terminal:
        case None:
            yield from _between(stops, wire, lanes)
        case "arrives" | "begins":
            yield from _arriving(stops, wire, lanes)
        case _:
            yield from _leaving(stops, wire, lanes)


def _between(stops: Sequence[Stop], wire: Wire, lanes: int) -> Iterator[Route]:
    assert wire.source is not None  # noqa: S101  (a wire without a terminal has both ends)
    assert wire.target is not None  # noqa: S101
    source, target = stops[wire.source], stops[wire.target]
    columns = range(
        max(0, 2 * min(source.leftmost, target.leftmost) - _BEYOND),
        min(2 * lanes, 2 * max(source.rightmost, target.rightmost) + 2 + _BEYOND) + 1,
    )
    for leave in _leave_sides(source, wire):
        for enter in _enter_sides(target, wire):
            for head in _heads(source, wire.source, leave):
                for tail in _tails(target, wire.target, enter):
                    for column in _columns(columns, stops, head[-1], tail[0], leave, enter):
                        way = _joined(head, column, tail)
                        yield Route(wire, leave, enter, way)


def _leave_sides(stop: Stop, wire: Wire) -> tuple[Side, ...]:
    link = wire.link
    if link.after or (stop.decision and not link.main):
        return SIDEWAYS
    if stop.decision or link.fan > 1 or wire.target == (wire.source or 0) + 1:
        return (Side.BOTTOM,)
    return (Side.BOTTOM, *SIDEWAYS)


def _enter_sides(stop: Stop, wire: Wire) -> tuple[Side, ...]:
    straight_on = wire.link.main and wire.target == (wire.source or 0) + 1
    to_itself = wire.source == wire.target
    return (Side.TOP,) if stop.joins or straight_on or to_itself else (Side.TOP, *SIDEWAYS)


def _heads(stop: Stop, row: int, leave: Side) -> Iterator[Way]:
    """Yield how a way begins: down to the boundary below, or just at the side."""
    y = 2 * row + 1
    if leave is Side.BOTTOM:
        lanes = {stop.rightmost} if stop.splits else {stop.leftmost, stop.rightmost}
        yield from (((2 * lane + 1, y), (2 * lane + 1, y + 1)) for lane in sorted(lanes))
    else:
        yield ((2 * (stop.leftmost if leave is Side.LEFT else stop.rightmost) + 1, y),)


def _tails(stop: Stop, row: int, enter: Side) -> Iterator[Way]:
    """Yield how a way ends: down from the boundary above, or just at the side."""
    y = 2 * row + 1
    if enter is Side.TOP:
        lanes = {stop.leftmost} if stop.joins else {stop.leftmost, stop.rightmost}
        yield from (((2 * lane + 1, y - 1), (2 * lane + 1, y)) for lane in sorted(lanes))
    else:
        yield ((2 * (stop.leftmost if enter is Side.LEFT else stop.rightmost) + 1, y),)


def _columns(
    columns: Iterable[int], stops: Sequence[Stop], start: Spot, end: Spot, leave: Side, enter: Side
) -> Iterator[int]:
    """Yield the grid columns in which the long vertical run may lie."""
    if start[1] == end[1] and leave is Side.BOTTOM and enter is Side.TOP:
        yield end[0]
        return
    for column in columns:
        if not (_outward(start[0], column, leave) and _outward(end[0], column, enter)):
            continue
        if column % 2 == 0 or (column in (start[0], end[0]) and _is_clear(stops, column, start[1], end[1])):
            yield column


def _outward(x: int, column: int, side: Side) -> bool:
    """Return whether a column lies on the side of a symbol at which a way leaves or enters."""
    if side is Side.LEFT:
        return column < x
    return column > x if side is Side.RIGHT else True


def _is_clear(stops: Sequence[Stop], column: int, y: int, to_y: int) -> bool:
    """Return whether a lane has no symbol in the rows strictly between two heights."""
    low, high = sorted((y, to_y))
    lane = column // 2
    return all(lane not in stops[row].lanes for row in range((low + 1) // 2, high // 2))


def _joined(head: Way, column: int, tail: Way) -> Way:
    """Return the way from head over a column to tail, without spots that are no bends."""
    spots = [*head, (column, head[-1][1]), (column, tail[0][1]), *tail]
    way: list[Spot] = []
    for spot in spots:
        if way and way[-1] == spot:
            continue
        if len(way) > 1 and _in_line(way[-2], way[-1], spot):
            way.pop()
        way.append(spot)
    return tuple(way)


def _in_line(a: Spot, b: Spot, c: Spot) -> bool:
    return a[0] == b[0] == c[0] or a[1] == b[1] == c[1]


def _leaving(stops: Sequence[Stop], wire: Wire, lanes: int) -> Iterator[Route]:
    assert wire.source is not None  # noqa: S101  (what leaves has a source here)
    stop, y = stops[wire.source], 2 * wire.source + 1
    for side in _leave_sides(stop, wire):
        if side is Side.BOTTOM:
            x = 2 * stop.rightmost + 1
            yield Route(wire, side, None, ((x, y), (x, y + 1)))
        else:
            x, beside = _beside(stop, side, lanes)
            yield Route(wire, side, None, ((x, y), (beside, y)))


def _arriving(stops: Sequence[Stop], wire: Wire, lanes: int) -> Iterator[Route]:
    assert wire.target is not None  # noqa: S101  (what arrives has a target here)
    stop, y = stops[wire.target], 2 * wire.target + 1
    x = 2 * stop.leftmost + 1
    yield Route(wire, None, Side.TOP, ((x, y - 1), (x, y)))
    for side in () if stop.joins else SIDEWAYS:
        x, beside = _beside(stop, side, lanes)
        yield Route(wire, None, side, ((beside, y), (x, y)))


def _beside(stop: Stop, side: Side, lanes: int) -> tuple[int, int]:
    """Return the grid column of a symbol, and that of the next lane at a side, or of the outer gutter."""
    if side is Side.LEFT:
        x = 2 * stop.leftmost + 1
        return x, max(0, x - 2)
    x = 2 * stop.rightmost + 1
    return x, min(2 * lanes, x + 2)
