"""Orthogonal lines as points: without needless bends, with arrow heads, drawn once where they run together."""

from collections.abc import Sequence
from itertools import pairwise

from laksana.sop.chart.model import Point

_NEAR = 0.005
Leg = tuple[Point, Point]


def simplified(points: Sequence[Point]) -> list[Point]:
    """Return the points without repetitions and without those in the middle of a straight line."""
    result: list[Point] = []
    for point in points:
        if result and _is_same(result[-1], point):
            continue
        if len(result) > 1 and _is_straight(result[-2], result[-1], point):
            result.pop()
        result.append(point)
    return result


def _is_same(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < _NEAR and abs(a[1] - b[1]) < _NEAR


def _is_straight(a: Point, b: Point, c: Point) -> bool:
    return any(max(abs(a[axis] - b[axis]), abs(b[axis] - c[axis])) < _NEAR for axis in (0, 1))


def arrow(points: Sequence[Point], size: tuple[float, float]) -> tuple[Point, Point, Point]:
    """Return the triangle of an arrow head, so long and so wide, at the end of a line."""
    (from_x, from_y), (x, y) = points[-2], points[-1]
    length, half = size[0], size[1] / 2
    if abs(from_x - x) < abs(from_y - y):
        back = y - length if y > from_y else y + length
        return (x, y), (x - half, back), (x + half, back)
    back = x - length if x > from_x else x + length
    return (x, y), (back, y - half), (back, y + half)


def until_joined(points: Sequence[Point], legs: Sequence[Leg], reach: float) -> list[Point]:
    """Return the part of a line that `legs` do not already draw, and a little of the line it joins, to bend into it."""
    for place in range(1, len(points) - 1):
        if all(_is_drawn(leg, legs) for leg in pairwise(points[place:])):
            return [*points[: place + 1], _ahead(points[place], points[place + 1], 2 * reach)]
    return list(points)


def _is_drawn(leg: Leg, legs: Sequence[Leg]) -> bool:
    return any(_lies_on(leg[0], other) and _lies_on(leg[1], other) for other in legs)


def _lies_on(point: Point, leg: Leg) -> bool:
    return all(
        min(leg[0][axis], leg[1][axis]) - _NEAR <= point[axis] <= max(leg[0][axis], leg[1][axis]) + _NEAR
        for axis in (0, 1)
    )


def _ahead(start: Point, end: Point, reach: float) -> Point:
    length = abs(end[0] - start[0]) + abs(end[1] - start[1])
    share = min(1.0, reach / length) if length else 0.0
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
