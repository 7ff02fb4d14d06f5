"""What is already taken on a page while its routes are chosen."""

from collections import Counter
from collections.abc import Hashable, Sequence

from laksana.sop.chart.ways import Route, Side, Stretch
from laksana.sop.chart.wires import Stop

Net = Hashable
"""What a route may share its line with: see `net_of`."""
Port = tuple[int, Side]
Place = tuple[bool, int, int]
"""A step or point along a stretch: whether that is vertical, the coordinate that stays, and the one that changes."""
_Table = tuple[list[list[int]], list[list[int]]]
"""For horizontal and for vertical stretches: a number at each place."""


def net_of(route: Route, stops: Sequence[Stop]) -> Net:
    """Return the same for all routes that enter a stop at the same side: they may share their line, save into a join."""
    wire = route.wire
    if wire.terminal or wire.target is None or stops[wire.target].joins:
        return "wire", wire.number
    return "stop", wire.target, route.enter


class Board:
    """Counts, for each place of the grid, the nets there; and for each side of a symbol, what leaves and enters."""

    def __init__(self, stops: Sequence[Stop], lanes: int) -> None:
        self.stops = stops
        self.lanes = lanes
        self.leaving: Counter[Port] = Counter()
        self.entering: Counter[Port] = Counter()
        self.arriving: Counter[Port] = Counter()
        width, height = 2 * lanes + 1, 2 * len(stops) + 1
        self._beside = _table(width, height)
        """Of each step, how many nets run along it."""
        self._across = _table(width, height)
        """Of each point, how many nets pass straight across a stretch there."""
        self._own_steps: dict[Net, Counter[Place]] = {}
        self._own_points: dict[Net, Counter[Place]] = {}

    def put(self, route: Route, by: int = 1) -> None:
        """Take, or with -1 give back, what a route uses."""
        net, wire = net_of(route, self.stops), route.wire
        steps = self._own_steps.setdefault(net, Counter())
        points = self._own_points.setdefault(net, Counter())
        for vertical, fixed, low, high in route.stretches:
            for place in range(low, high):
                _count(self._beside, steps, (vertical, fixed, place), by)
            for place in range(low + 1, high):
                _count(self._across, points, (not vertical, place, fixed), by)
        if route.leave and wire.source is not None:
            self.leaving[wire.source, route.leave] += by
        if route.enter and wire.target is not None:
            (self.arriving if wire.terminal else self.entering)[wire.target, route.enter] += by

    def beside(self, net: Net, stretch: Stretch) -> list[int]:
        """Return for each step of a stretch how many other nets run along it."""
        vertical, fixed, low, high = stretch
        return _others(self._beside[vertical][fixed][low:high], self._own_steps.get(net), stretch)

    def across(self, net: Net, stretch: Stretch) -> list[int]:
        """Return for each point of a stretch, its ends included, how many other nets pass straight across it."""
        vertical, fixed, low, high = stretch
        return _others(self._across[vertical][fixed][low : high + 1], self._own_points.get(net), stretch)

    def shared(self, net: Net, stretch: Stretch) -> int:
        """Return how many steps of a stretch its own net already takes."""
        own = self._own_steps.get(net)
        if not own:
            return 0
        vertical, fixed, low, high = stretch
        return sum((vertical, fixed, place) in own for place in range(low, high))


def _table(width: int, height: int) -> _Table:
    return [[0] * width for _ in range(height)], [[0] * height for _ in range(width)]


def _count(table: _Table, own: Counter[Place], place: Place, by: int) -> None:
    """Count a net once at a place, however many of its routes lie there."""
    before = own[place]
    after = before + by
    if after:
        own[place] = after
    else:
        del own[place]
    if not before or not after:
        vertical, fixed, along = place
        table[vertical][fixed][along] += by


def _others(counts: list[int], own: Counter[Place] | None, stretch: Stretch) -> list[int]:
    """Return counts along a stretch without what is the net's own."""
    if not own:
        return counts
    vertical, fixed, low, _ = stretch
    return [count - ((vertical, fixed, low + place) in own) for place, count in enumerate(counts)]
