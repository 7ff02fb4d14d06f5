"""One year of working time, counted up once, so that a long span costs no walk over its days."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate

from laksana.worktime.hours import Hours, Span


class WorkYear:
    """A year as a line of working time: each instant's position is the microseconds worked since 1 January.

    All closed time between two stretches of work is one and the same position.
    """

    __slots__ = ("before", "first", "number", "spans", "total", "workdays")

    def __init__(self, number: int, hours_of: Callable[[date], Hours | None]) -> None:
        self.number = number
        self.first = date(number, 1, 1).toordinal()
        ordinals = range(self.first, date(number, 12, 31).toordinal() + 1)
        hours = [hours_of(date.fromordinal(ordinal)) for ordinal in ordinals]
        self.spans: list[tuple[Span, ...]] = [day.spans if day else () for day in hours]
        worked = (sum(end - start for start, end in spans) for spans in self.spans)
        self.before = list(accumulate(worked, initial=0))
        """Position at the beginning of each day."""
        self.total = self.before.pop()
        self.workdays = [ordinal for ordinal, spans in zip(ordinals, self.spans, strict=True) if spans]
        """Ordinals of the working days."""

    def spans_of(self, day: date) -> tuple[Span, ...]:
        """Return the stretches of work of `day`; none on a day off."""
        return self.spans[day.toordinal() - self.first]

    def position(self, day: date, instant: int) -> int:
        """Return the position of an instant of `day`, given in microseconds from midnight."""
        index = day.toordinal() - self.first
        worked = self.before[index]
        for start, end in self.spans[index]:
            if instant > start:
                worked += min(instant, end) - start
        return worked

    def earliest(self, position: int) -> tuple[date, timedelta]:
        """Return the first instant at `position`, more than 0: a closing, not the opening after it."""
        index = bisect_left(self.before, position) - 1
        rest = position - self.before[index]
        for start, end in self.spans[index]:
            if rest <= end - start:
                return self._instant(index, start + rest)
            rest -= end - start
        raise ValueError(f"{position} is not a position of {self.number}")

    def latest(self, position: int) -> tuple[date, timedelta]:
        """Return the last instant at `position`, less than the total: an opening, not the closing before."""
        index = bisect_right(self.before, position) - 1
        rest = position - self.before[index]
        for start, end in self.spans[index]:
            if rest < end - start:
                return self._instant(index, start + rest)
            rest -= end - start
        raise ValueError(f"{position} is not a position of {self.number}")

    def _instant(self, index: int, microseconds: int) -> tuple[date, timedelta]:
        return date.fromordinal(self.first + index), timedelta(microseconds=microseconds)
