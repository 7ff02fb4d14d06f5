"""Where a table is broken into sheets: between rows, where few lines cross."""

from collections.abc import Sequence
from itertools import accumulate

from laksana.sop.chart.links import Link

FEWEST = 3
"""Rows on a sheet that is not the only one, unless they fill half of it."""
_SHEET = 8.0
"""What one more sheet costs, in lines cut."""
_EMPTY = 12.0
"""What a sheet left empty costs; half empty costs a quarter of it."""
_TOO_FEW = 20.0
_HALF = 0.5


def cuts(links: Sequence[Link], places: dict[str, int]) -> list[int]:
    """Return for each boundary (0 is above the first row) how many lines cross it."""
    counts = [0] * (len(places) + 1)
    for link in links:
        if link.target in places:
            low, high = sorted((places[link.source], places[link.target]))
            for boundary in range(low + 1, high + 1):
                counts[boundary] += 1
    return counts


def breaks(heights: Sequence[float], capacity: float, cut: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first row of each sheet and the one after its last. A row higher than a sheet gets one for itself."""
    rows = len(heights)
    sums = [0.0, *accumulate(heights)]
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * rows
    for end in range(1, rows + 1):
        for start in range(end - 1, -1, -1):
            height = sums[end] - sums[start]
            if height > capacity and end - start > 1:
                break
            price = best[start][0] + _price(height / capacity, cut[end], end - start)
            best[end] = min(best[end], (price, start))
    sheets: list[tuple[int, int]] = []
    while rows:
        start = best[rows][1]
        sheets.append((start, rows))
        rows = start
    return sheets[::-1]


def _price(filled: float, cut: int, rows: int) -> float:
    few = _TOO_FEW if rows < FEWEST and filled < _HALF else 0.0
    return _SHEET + cut + few + _EMPTY * max(0.0, 1 - filled) ** 2
