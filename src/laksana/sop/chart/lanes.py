"""How wide the lanes are, where in them the symbols stand, and where the lines between them run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from laksana.sop.chart.style import Style

_SYMBOL_SHARE = 0.75
"""The share of the space free of lines that a symbol takes, between its least and its greatest width."""


@dataclass(frozen=True)
class Lane:
    """The column of a performer."""

    name: str
    x: float
    width: float
    centre: float
    """Where the symbols stand."""

    @property
    def right(self) -> float:
        """Return the x of the right edge."""
        return self.x + self.width


@dataclass(frozen=True)
class Gutter:
    """What the space between two lanes must hold: lines, and what the symbols beside it carry."""

    tracks: int
    left_extra: float = 0.0
    """More room for the lane on its left: for labels, bars and pentagons."""
    right_extra: float = 0.0

    def towards(self, other: "Gutter", share: float) -> "Gutter":
        """Return this gutter with a share of what another has more for labels."""
        return replace(
            self,
            left_extra=self.left_extra + share * (other.left_extra - self.left_extra),
            right_extra=self.right_extra + share * (other.right_extra - self.right_extra),
        )

    def reach(self, spacing: float) -> tuple[float, float]:
        """Return how far the tracks reach to the left and to the right of the boundary between two lanes."""
        if self.tracks == 0:
            return 0.0, 0.0
        if self.tracks % 2:
            return self.tracks / 2 * spacing, max(0.0, (self.tracks - 2) / 2 * spacing)
        return (self.tracks - 1) / 2 * spacing, (self.tracks - 1) / 2 * spacing


@dataclass(frozen=True)
class Demand:
    """The space that one lane needs beside its symbol."""

    left: float
    right: float


def track_x(edges: Sequence[float], gutter: int, tracks: int, track: int, spacing: float) -> float:
    """Return where a track of a gutter lies. Tracks never lie on the rule between the lanes."""
    edge = edges[gutter]
    if gutter == 0:
        return edge + spacing * (track + 0.8)
    if gutter == len(edges) - 1:
        return edge - spacing * (tracks - track - 0.2)
    left, _ = Gutter(tracks).reach(spacing)
    return edge - left + track * spacing


def demands(gutters: Sequence[Gutter], style: Style) -> list[Demand]:
    """Return what each lane needs at its left and right, clearance included. The outer gutters lie inside the lanes."""
    last = len(gutters) - 2
    result = []
    for lane in range(last + 1):
        before, after = gutters[lane], gutters[lane + 1]
        left = before.tracks * style.spacing if lane == 0 else before.reach(style.spacing)[1]
        right = after.tracks * style.spacing if lane == last else after.reach(style.spacing)[0]
        result.append(
            Demand(left + before.right_extra + style.clearance, right + after.left_extra + style.clearance)
        )
    return result


def least_width(gutters: Sequence[Gutter], style: Style) -> float:
    """Return the width below which the lanes cannot hold their symbols and lines."""
    return sum(max(style.lane_width[0], d.left + d.right + style.symbol[0]) for d in demands(gutters, style))


def lanes_at(
    headings: Mapping[str, float], gutters: Sequence[Gutter], x: float, width: float, style: Style
) -> tuple[list[Lane], float]:
    """Return the lanes that share `width` from `x` on, as equal as they can be, and the width of a diamond.

    `headings` gives for each lane by its name the width at which its heading breaks no word.
    """
    needs = demands(gutters, style)
    beside = sum(need.left + need.right for need in needs)
    wished = (width - beside) / len(headings) * _SYMBOL_SHARE
    diamond = min(style.symbol[1], max(style.symbol[0], wished))
    least = [max(style.lane_width[0], need.left + need.right + diamond) for need in needs]
    least = _for_headings(least, list(headings.values()), width, style.narrow_lane)
    lanes: list[Lane] = []
    for name, need, lane_width in zip(headings, needs, levelled(least, width), strict=True):
        free = lane_width - need.left - need.right - diamond
        lanes.append(Lane(name, x, lane_width, x + need.left + free / 2 + diamond / 2))
        x += lane_width
    return lanes, diamond


def _for_headings(
    least: Sequence[float], wished: Sequence[float], total: float, narrow: float
) -> list[float]:
    """Return the least widths, raised to what headings wish: those first that lack least, so that most are whole.

    No lane becomes `narrow` for it; where some are so anyway, the headings will be turned and wish nothing.
    """
    result = [max(width, narrow) for width in least]
    spare = total - sum(result)
    if spare < 0:
        return list(least)
    for lane in sorted(range(len(result)), key=lambda lane: wished[lane] - result[lane]):
        lack = max(0.0, wished[lane] - result[lane])
        if lack > spare:
            break
        result[lane] += lack
        spare -= lack
    return result


def levelled(least: Sequence[float], total: float) -> list[float]:
    """Return widths that sum up to `total`, none below its least, the smaller ones raised to one level."""
    raised = 0
    ordered = sorted(least)
    spare = total - sum(least)
    if spare <= 0:
        return list(least)
    level = ordered[0]
    for raised, width in enumerate(ordered):
        if (width - level) * raised > spare:
            break
        spare -= (width - level) * raised
        level = width
    else:
        raised = len(ordered)
    level += spare / raised
    return [max(level, width) for width in least]
