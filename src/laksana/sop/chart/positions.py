"""Where the rows of a page are, once their heights are known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from laksana.sop.chart.style import Style
from laksana.sop.chart.surroundings import Surroundings


@dataclass(frozen=True)
class Positions:
    """The heights of everything on a page."""

    tops: Sequence[float]
    """The upper edge of each row, and the lower edge of the last."""
    middles: Sequence[float]
    """The middle of each row's symbol."""
    around: Sequence[Surroundings]
    tracks: Mapping[tuple[int, int], int]
    """The key of a horizontal run -> its track in its row boundary."""
    counts: Sequence[int]
    """How many tracks each row boundary has."""

    def boundary_y(self, boundary: int, track: int, style: Style) -> float:
        """Return where a track of a row boundary lies: above the rule, on a page's first boundary below it."""
        if boundary == 0:
            return self.tops[0] + 2 * style.gap + track * style.spacing
        return self.tops[boundary] - 2 * style.gap - (self.counts[boundary] - 1 - track) * style.spacing
