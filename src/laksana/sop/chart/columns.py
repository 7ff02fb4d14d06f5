"""How wide each column of the table is, and where in its lane a symbol stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from laksana.sop.chart.style import Style
from laksana.sop.chart.wrapping import Setting

TEXT_ROLES = ("activity", "needs", "time", "gives", "note")


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
class Columns:
    """All columns of one chart; the same on each of its pages."""

    number: tuple[float, float]
    texts: dict[str, tuple[float, float]]
    """Text column -> its x and width."""
    lanes: tuple[Lane, ...]
    diamond: float
    """The width of a diamond, the widest symbol."""
    width: float

    @property
    def edges(self) -> tuple[float, ...]:
        """Return the x of every lane boundary: the gutters, from the left."""
        return (*(lane.x for lane in self.lanes), self.lanes[-1].right)


@dataclass(frozen=True)
class Gutter:
    """How many tracks run between two lanes, and what else it must hold."""

    tracks: int
    room: float = 0.0
    """At an outer edge: for a label or a terminal."""
    left_extra: float = 0.0
    """For the labels of the lane on its left."""
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
    """Return what each lane needs at its left and right, clearance included."""
    lanes = len(gutters) - 1
    result = []
    for lane in range(lanes):
        before, after = gutters[lane], gutters[lane + 1]
        left = before.reach(style.spacing)[1]
        right = after.reach(style.spacing)[0]
        if lane == 0:
            left = before.tracks * style.spacing + before.room
        if lane == lanes - 1:
            right = after.tracks * style.spacing + after.room
        result.append(
            Demand(left + before.right_extra + style.clearance, right + after.left_extra + style.clearance)
        )
    return result


def least_lanes_width(gutters: Sequence[Gutter], style: Style) -> float:
    """Return the width below which the lanes cannot hold their symbols and lines."""
    needed = (max(style.lane_width[0], d.left + d.right + style.symbol[0]) for d in demands(gutters, style))
    return sum(needed)


def lanes_at(
    names: Sequence[str], gutters: Sequence[Gutter], x: float, width: float, style: Style
) -> tuple[list[Lane], float]:
    """Return the lanes that share `width` from `x` on, as equal as their lines allow, and the width of a diamond."""
    needs = demands(gutters, style)
    beside = sum(need.left + need.right for need in needs)
    diamond = min(style.symbol[1], max(style.symbol[0], (width - beside) / len(names) * 0.75))
    least = [max(style.lane_width[0], need.left + need.right + diamond) for need in needs]
    widths = _levelled(least, width)
    lanes: list[Lane] = []
    for name, need, lane_width in zip(names, needs, widths, strict=True):
        free = lane_width - need.left - need.right - diamond
        lanes.append(Lane(name, x, lane_width, x + need.left + free / 2 + diamond / 2))
        x += lane_width
    return lanes, diamond


def _levelled(least: Sequence[float], total: float) -> list[float]:
    """Return widths that sum up to `total`, none below its least, the smaller ones raised to one level."""
    floor = sum(least)
    if total <= floor:
        return list(least)
    low, high = 0.0, total
    for _ in range(50):
        level = (low + high) / 2
        low, high = (low, level) if sum(max(level, width) for width in least) > total else (level, high)
    widths = [max(low, width) for width in least]
    return [width + (total - sum(widths)) / len(widths) for width in widths]


class TextHeights:
    """Estimates how many lines the texts of a column take at a width."""

    def __init__(self, setting: Setting, rows: Sequence[Sequence[str]], padding: float) -> None:
        self._setting = setting
        self._padding = padding
        space = setting.width(" ")
        self._rows = [
            [([setting.width(word) + space for word in entry.split()]) for entry in entries]
            for entries in rows
        ]
        self.longest_word = max((w for row in self._rows for entry in row for w in entry), default=0.0)
        self._known: dict[int, list[int]] = {}

    def at(self, width: float) -> list[int]:
        """Return the lines of each row at a width."""
        key = round(width * 4)
        if key not in self._known:
            room = width - 2 * self._padding + self._setting.width(" ")
            self._known[key] = [sum(_lines(entry, room) for entry in entries) for entries in self._rows]
        return self._known[key]


def _lines(words: Sequence[float], room: float) -> int:
    lines, used = 0, room + 1
    for word in words:
        if used + word > room:
            lines += max(1, ceil(word / room))
            used = word % room if word > room else word
        else:
            used += word
    return lines


def text_widths(
    texts: Mapping[str, TextHeights], least: Mapping[str, float], total: float
) -> dict[str, float]:
    """Return the widths of the text columns that sum up to `total` and keep the rows lowest.

    Starting from the least widths, what is left goes piece by piece to the column that shortens the table most.
    """
    widths = dict(least)
    spare = total - sum(widths.values())
    pieces = 24
    for _ in range(pieces):
        piece = spare / pieces
        if piece <= 0:
            break
        best = min(
            widths,
            key=lambda column: (
                _height(texts, {**widths, column: widths[column] + 3 * piece}),
                widths[column],
            ),
        )
        widths[best] += piece
    return widths


def _height(texts: Mapping[str, TextHeights], widths: Mapping[str, float]) -> float:
    """Return how many lines all rows take together; a tall neighbour counts a little, so that widening it is seen."""
    columns = [texts[column].at(widths[column]) for column in texts]
    return sum(max(lines) + 0.1 * sum(lines) for lines in zip(*columns, strict=True))
