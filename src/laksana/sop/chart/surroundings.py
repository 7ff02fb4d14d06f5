"""What stands around the symbols of one row, and the room that it all needs above and below.

Heights are measured from the middle of the symbol, upwards negative; positions across are final.
"""

from dataclasses import dataclass, field

from laksana.sop.chart.labels import Choice
from laksana.sop.chart.model import Box
from laksana.sop.chart.ways import Side


@dataclass(frozen=True)
class LabelFit:
    """A label in its place."""

    lines: tuple[str, ...]
    box: Box
    direction: int
    """1: set from the left edge; -1: from the right edge."""


@dataclass
class Surroundings:
    """All that is near the symbols of a row."""

    above: float = 0.0
    """How far it all reaches above the middle of the symbol."""
    below: float = 0.0
    levels: dict[int, float] = field(default_factory=dict)
    """Wire -> the height at which it leaves sideways."""
    labels: dict[int, LabelFit] = field(default_factory=dict)
    terminals: dict[int, Box] = field(default_factory=dict)
    hints: dict[int, Box] = field(default_factory=dict)
    """Wire -> where the rows at the other side of its pentagon are named, if there is room."""
    taps_above: dict[int, float] = field(default_factory=dict)
    """Wire -> the x at which it meets the bar above."""
    taps_below: dict[int, float] = field(default_factory=dict)
    bar_above: float | None = None
    bar_below: float | None = None
    sides_above: dict[Side, float] = field(default_factory=dict)
    """How far up what stands at a side reaches."""
    sides_below: dict[Side, float] = field(default_factory=dict)
    lacking: dict[Side, float] = field(default_factory=dict)
    """How much wider the lane ought to be at a side for its labels to break no word."""

    def note_lack(self, side: Side, choice: Choice) -> None:
        """Remember that a label had to break a word."""
        if choice.lacking:
            self.lacking[side] = max(self.lacking.get(side, 0.0), choice.lacking)

    def note_side(self, side: Side, up: float, down: float) -> None:
        """Remember how far something at a side reaches up and down."""
        self.above, self.below = max(self.above, up), max(self.below, down)
        self.sides_above[side] = max(self.sides_above.get(side, 0.0), up)
        self.sides_below[side] = max(self.sides_below.get(side, 0.0), down)


def outward(start: float, direction: int, near: float, width: float, height: float) -> Box:
    """Return a box that begins at a distance outward from `start`, in the middle of its line."""
    return Box(start + near if direction > 0 else start - near - width, -height / 2, width, height)
