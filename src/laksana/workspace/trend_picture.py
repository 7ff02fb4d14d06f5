"""The months of a procedure as a picture: bars of steps done, the late part of each on top, with the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from laksana.measurement.services import Month
from laksana.web.standing import working_time

WIDTH, HEIGHT, _GAP = 720, 150, 0.28
"""Size of the picture in its own units, and the part of a month's room that is left free."""


@dataclass(frozen=True)
class Bar:
    """A month as drawn: where, how high, and how much of it was late."""

    month: Month
    x: float
    width: float
    punctual_y: float
    punctual_height: float
    late_y: float
    late_height: float
    median: str
    on_time: str

    @property
    def middle(self) -> float:
        """Return where the month's name stands."""
        return round(self.x + self.width / 2, 1)

    @property
    def late(self) -> int:
        """Return how many steps were late."""
        return self.month.steps - self.month.punctual


@dataclass(frozen=True)
class Picture:
    """The bars, and the number of steps that the whole height stands for."""

    bars: tuple[Bar, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT


def trend_picture(months: Sequence[Month]) -> Picture:
    """Return the picture of the months."""
    most = max((month.steps for month in months), default=0)
    room = WIDTH / max(len(months), 1)
    return Picture(tuple(_bar(month, place * room, room, most) for place, month in enumerate(months)), most)


def _bar(month: Month, left: float, room: float, most: int) -> Bar:
    unit = HEIGHT / most if most else 0
    punctual, late = month.punctual * unit, (month.steps - month.punctual) * unit
    share, median = month.share_on_time, month.ended.median
    return Bar(
        month,
        x=round(left + room * _GAP / 2, 1),
        width=round(room * (1 - _GAP), 1),
        punctual_y=round(HEIGHT - punctual, 1),
        punctual_height=round(punctual, 1),
        late_y=round(HEIGHT - punctual - late, 1),
        late_height=round(late, 1),
        median="–" if median is None else working_time(round(median)),
        on_time="–" if share is None else f"{round(100 * share)}%",
    )
