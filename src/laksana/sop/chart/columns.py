"""How wide each column of the table is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from laksana.sop.chart.lanes import Lane
from laksana.sop.chart.model import Role
from laksana.sop.chart.wrapping import Setting

TEXT_ROLES: tuple[Role, ...] = ("activity", "needs", "time", "gives", "note")
_PIECES = 24
"""Into how many pieces the width to share out is cut."""
_LOOK_AHEAD = 3
"""How many pieces wider a column is tried, as one piece seldom saves a line."""


@dataclass(frozen=True)
class Columns:
    """All columns of one chart; the same on each of its pages."""

    number: tuple[float, float]
    texts: dict[Role, tuple[float, float]]
    """Text column -> its x and width."""
    lanes: tuple[Lane, ...]
    diamond: float
    """The width of a diamond, the widest symbol."""
    width: float

    @property
    def edges(self) -> tuple[float, ...]:
        """Return the x of every lane boundary: the gutters, from the left."""
        return (*(lane.x for lane in self.lanes), self.lanes[-1].right)


class TextHeights:
    """Estimates how many lines the texts of a column take at a width."""

    def __init__(self, setting: Setting, rows: Sequence[Sequence[str]], padding: float) -> None:
        self._space = setting.width(" ")
        self._padding = padding
        self._rows = [
            [[setting.width(word) + self._space for word in entry.split()] for entry in entries]
            for entries in rows
        ]
        self._known: dict[int, list[int]] = {}

    def at(self, width: float) -> list[int]:
        """Return the lines of each row at a width."""
        key = round(width * 4)
        if key not in self._known:
            room = width - 2 * self._padding + self._space
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
    texts: Mapping[Role, TextHeights], least: Mapping[Role, float], total: float
) -> dict[Role, float]:
    """Return the widths of the text columns that sum up to `total` and keep the rows lowest.

    Starting from the least widths, what is left goes piece by piece to the column that shortens the table most.
    """
    widths = dict(least)
    piece = (total - sum(widths.values())) / _PIECES
    for _ in range(_PIECES if piece > 0 else 0):
        widths[_neediest(texts, widths, piece * _LOOK_AHEAD)] += piece
    return widths


def _neediest(texts: Mapping[Role, TextHeights], widths: Mapping[Role, float], more: float) -> Role:
    """Return the column that makes the table lowest when it alone gets more."""
    return min(
        widths, key=lambda column: (_height(texts, {**widths, column: widths[column] + more}), widths[column])
    )


def _height(texts: Mapping[Role, TextHeights], widths: Mapping[Role, float]) -> float:
    """Return how many lines all rows take together; a column less tall counts a little, so that widening it is seen."""
    columns = [texts[column].at(widths[column]) for column in texts]
    return float(sum(max(lines) + 0.1 * sum(lines) for lines in zip(*columns, strict=True)))
