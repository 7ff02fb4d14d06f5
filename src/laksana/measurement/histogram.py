"""Counts of durations, as the database groups them: exact medians and percentiles without reading every row."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

MEDIAN, NINETY = 0.5, 0.9


class Histogram:
    """How often each number of minutes was measured."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()

    def add(self, minutes: int, times: int = 1) -> None:
        """Count `minutes` so many times."""
        self._counts[minutes] += times

    def items(self) -> Iterable[tuple[int, int]]:
        """Return each number of minutes with how often it was measured."""
        return self._counts.items()

    @property
    def count(self) -> int:
        """Return how many measurements there are."""
        return self._counts.total()

    def quantile(self, share: float) -> float | None:
        """Return the value below which `share` of the measurements lie, interpolated as SQL's percentile_cont; None of none."""
        count = self.count
        if count == 0:
            return None
        values = sorted(self._counts)
        upto = list(accumulate(self._counts[value] for value in values))
        place = share * (count - 1)
        below = values[bisect_left(upto, int(place) + 1)]
        above = values[bisect_left(upto, min(int(place) + 2, count))]
        return below + (above - below) * (place - int(place))
