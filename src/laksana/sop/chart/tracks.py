"""Which track each line takes in a channel, so that lines side by side cross as little as they can.

A channel is a strip between lanes or between rows. A segment lies along it from `low` to `high`; at its taps it turns off
towards the smaller (-1) or the greater (+1) side. Tracks are numbered from the smaller side.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

_SAME = 1e-6
_CLASH = 100.0
"""Two lines would lie on each other: worse than any number of crossings."""


@dataclass(frozen=True)
class Tap:
    """Where a segment turns off, and to which side."""

    at: float
    side: int


@dataclass(frozen=True)
class Segment:
    """A line along a channel. Segments of one `net` that meet are one line."""

    net: Hashable
    low: float
    high: float
    taps: tuple[Tap, ...]

    def meets(self, other: "Segment", apart: float = 0.0) -> bool:
        """Return whether the two share a place along the channel, their ends included, or lie less than `apart` away."""
        reach = apart + _SAME
        return self.low <= other.high + reach and other.low <= self.high + reach


def arrange(segments: Sequence[Segment], *, exact: bool, apart: float = 0.0) -> tuple[list[int], int]:
    """Return the track of each segment, and how many tracks there are.

    `exact` says that taps at the same place really coincide; otherwise their order is still open. Different lines on one
    track keep more than `apart` between them.
    """
    groups = _united(segments)
    lines = [_union([segments[member] for member in group]) for group in groups]
    order = _ordered(lines, exact=exact)
    tracks = _packed(lines, order, apart)
    placed = {member: tracks[line] for line, group in enumerate(groups) for member in group}
    return [placed[member] for member in range(len(segments))], max(tracks, default=-1) + 1


def _united(segments: Sequence[Segment]) -> list[list[int]]:
    """Return the indices of segments in groups that are one line."""
    groups: list[list[int]] = []
    for member in sorted(range(len(segments)), key=lambda index: segments[index].low):
        segment = segments[member]
        home = next((g for g in groups if _touches_group(segments, g, segment)), None)
        if home is None:
            groups.append([member])
        else:
            home.append(member)
    return groups


def _touches_group(segments: Sequence[Segment], group: Sequence[int], segment: Segment) -> bool:
    return any(segments[member].net == segment.net and segments[member].meets(segment) for member in group)


def _union(segments: Sequence[Segment]) -> Segment:
    taps = tuple({tap for segment in segments for tap in segment.taps})
    return Segment(
        segments[0].net,
        min(segment.low for segment in segments),
        max(segment.high for segment in segments),
        taps,
    )


def _ordered(lines: Sequence[Segment], *, exact: bool) -> list[int]:
    """Return the lines in an order, smaller side first, that no single move can better."""
    price = [[_price(a, b, exact=exact) if a is not b else 0.0 for b in lines] for a in lines]
    order = sorted(range(len(lines)), key=lambda index: (_leaning(lines[index]), lines[index].low))
    improved = True
    while improved:
        improved = False
        for line in list(order):
            better = _best_place(order, line, price)
            if better != order.index(line):
                order.remove(line)
                order.insert(better, line)
                improved = True
    return order


def _leaning(line: Segment) -> float:
    return sum(tap.side for tap in line.taps) / max(1, len(line.taps))


def _best_place(order: Sequence[int], line: int, price: Sequence[Sequence[float]]) -> int:
    """Return where among the others a line costs least; where it stands now if nothing is cheaper."""
    others = [other for other in order if other != line]
    costs = [sum(price[line][other] for other in others)]
    for other in others:
        costs.append(costs[-1] - price[line][other] + price[other][line])
    here = order.index(line)
    best = min(range(len(costs)), key=costs.__getitem__)
    return best if costs[best] < costs[here] - _SAME else here


def _price(first: Segment, second: Segment, *, exact: bool) -> float:
    """Return how often two lines cross when `first` lies on the smaller side of `second`."""
    outward = sum(_hit(tap, second, exact=exact) for tap in first.taps if tap.side > 0)
    return outward + sum(_hit(tap, first, exact=exact) for tap in second.taps if tap.side < 0)


def _hit(tap: Tap, line: Segment, *, exact: bool) -> float:
    """Return what it costs that a tap passes the place of a line."""
    if line.low + _SAME < tap.at < line.high - _SAME:
        return 1.0
    at_end = min(abs(tap.at - line.low), abs(tap.at - line.high)) <= _SAME
    return (_CLASH if exact else 0.5) if at_end else 0.0


def _packed(lines: Sequence[Segment], order: Sequence[int], apart: float) -> list[int]:
    """Return tracks that keep the order among lines that meet, and let others share a track."""
    tracks = [0] * len(lines)
    for place, line in enumerate(order):
        before = (other for other in order[:place] if lines[other].meets(lines[line], apart))
        tracks[line] = max((tracks[other] + 1 for other in before), default=0)
    return tracks
