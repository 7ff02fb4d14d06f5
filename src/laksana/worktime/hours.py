"""Office hours of one weekday, with a break, valid for a time."""

from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from itertools import pairwise

MICROSECONDS = 60_000_000
"""Microseconds in a minute: working time is counted in microseconds, so that no rounding creeps in."""
Span = tuple[int, int]
"""A stretch of work, in microseconds from midnight."""


@dataclass(frozen=True)
class Hours:
    """Hours of one weekday (Monday is 0), to the minute, in force from and until a day (both included)."""

    weekday: int
    open: time
    close: time
    break_start: time | None = None
    break_end: time | None = None
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"weekday {self.weekday} is not one of 0 (Monday) to 6 (Sunday)")
        if (self.break_start is None) != (self.break_end is None):
            raise ValueError("a break needs both its start and its end")
        instants = [at for at in (self.open, self.break_start, self.break_end, self.close) if at is not None]
        if any(later <= earlier for earlier, later in pairwise(instants)):
            raise ValueError(f"office hours must run on, not {', '.join(f'{at:%H:%M}' for at in instants)}")

    def covers(self, day: date) -> bool:
        """Return whether these hours are in force on `day`."""
        return (
            day.weekday() == self.weekday
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
        )

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The stretches of work of the day."""
        opening, closing = _since_midnight(self.open), _since_midnight(self.close)
        if self.break_start is None or self.break_end is None:
            return ((opening, closing),)
        return ((opening, _since_midnight(self.break_start)), (_since_midnight(self.break_end), closing))

    @property
    def minutes(self) -> int:
        """Working minutes of the day, the break left out."""
        return sum(end - start for start, end in self.spans) // MICROSECONDS


def _since_midnight(at: time) -> int:
    return (at.hour * 60 + at.minute) * MICROSECONDS
