"""Which way each wire of a page takes: the cheapest, given all others; repeated until none can be bettered.

Wires that enter the same stop at the same side are one net: they may share their line.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from laksana.sop.chart import ways
from laksana.sop.chart.ways import SIDEWAYS, Route, Side, Spot, Way
from laksana.sop.chart.wires import Stop, Wire

Net = tuple[object, ...]
Place = tuple[bool, int, int]
"""A step or point along a run: whether the run is vertical, the coordinate that stays, and the one that changes."""
Port = tuple[int, Side]
ROUNDS = 5


class Price:
    """What counts against a way, in steps of the grid."""

    STEP = 1.0
    BEND = 1.6
    CROSSING = 5.0
    TOUCH = 1.2
    """A corner in a channel where another line passes: they may have to cross."""
    CLASH = 25.0
    """A long run down a lane that ends where another line goes on: they may not be able to pass each other."""
    BESIDE = 0.5
    """Each line that already runs along in a channel."""
    UP_TO_TOP = 9.0
    """Going back and entering from above, against the reading."""
    SHARED_SIDE = 2.0
    """Another exit at the same side of a decision."""
    SHARED_ARRIVAL = 8.0
    """A pentagon where other lines enter too."""
    NO_ROOM = 12.0
    """A label or terminal at the outer edge of the lanes."""
    SIDE_OF_BOX = 1.0
    """An activity left at its side: its bottom is the rule."""
    ARRIVES_ABOVE = 3.0
    """A pentagon above a symbol that is not the first of its page makes the row higher."""
    FORBIDDEN = 1000.0


def net_of(route: Route, stops: Sequence[Stop]) -> Net:
    """Return what a route may share its line with: all that enters its target at the same side, save into a join."""
    wire = route.wire
    if wire.terminal or wire.target is None or stops[wire.target].joins:
        return ("wire", wire.number)
    return ("stop", wire.target, route.enter)


class Board:
    """What is already taken on a page.

    Tables are indexed by whether a run is vertical, the coordinate that stays the same along it, and the one that changes.
    """

    def __init__(self, stops: Sequence[Stop], lanes: int) -> None:
        self.stops = stops
        self.lanes = lanes
        width, height = 2 * lanes + 1, 2 * len(stops) + 1
        self.beside = _table(width, height)
        """Of each step of the grid, how many nets run along it."""
        self.across = _table(width, height)
        """Of each point, how many nets pass straight across a run there."""
        self.own_steps: dict[Net, Counter[Place]] = {}
        self.own_points: dict[Net, Counter[Place]] = {}
        self.leaving: Counter[Port] = Counter()
        self.entering: Counter[Port] = Counter()
        self.arriving: Counter[Port] = Counter()

    def put(self, route: Route, by: int = 1) -> None:
        """Take, or with -1 give back, what a route uses."""
        net, wire = net_of(route, self.stops), route.wire
        steps, points = self.own_steps.setdefault(net, Counter()), self.own_points.setdefault(net, Counter())
        for start, end in _runs(route.way):
            vertical, fixed, low, high = _straight(start, end)
            for place in range(low, high):
                _count(self.beside, steps, (vertical, fixed, place), by)
            for place in range(low + 1, high):
                _count(self.across, points, (not vertical, place, fixed), by)
        if route.leave and wire.source is not None:
            self.leaving[wire.source, route.leave] += by
        if route.enter and wire.target is not None:
            (self.arriving if wire.terminal else self.entering)[wire.target, route.enter] += by

    def others_beside(self, net: Net, vertical: bool, fixed: int, low: int, high: int) -> list[int]:
        """Return for each step of a run how many other nets run along it."""
        return _without(self.beside[vertical][fixed][low:high], self.own_steps.get(net), vertical, fixed, low)

    def others_across(self, net: Net, vertical: bool, fixed: int, low: int, high: int) -> list[int]:
        """Return for each point of a run, its ends included, how many other nets pass straight across it."""
        return _without(
            self.across[vertical][fixed][low : high + 1], self.own_points.get(net), vertical, fixed, low
        )

    def shared(self, net: Net, vertical: bool, fixed: int, low: int, high: int) -> int:
        """Return how many steps of a run its own net already takes."""
        own = self.own_steps.get(net)
        return sum((vertical, fixed, place) in own for place in range(low, high)) if own else 0


def _table(width: int, height: int) -> dict[bool, list[list[int]]]:
    return {True: [[0] * height for _ in range(width)], False: [[0] * width for _ in range(height)]}


def _count(table: dict[bool, list[list[int]]], own: Counter[Place], place: Place, by: int) -> None:
    """Count a net once at a place, however many of its routes lie there."""
    before = own[place]
    own[place] = after = before + by
    if not after:
        del own[place]
    if not before or not after:
        vertical, fixed, along = place
        table[vertical][fixed][along] += by


def _without(
    counts: list[int], own: Counter[Place] | None, vertical: bool, fixed: int, low: int
) -> list[int]:
    """Return counts from `low` on without what is the net's own."""
    if not own:
        return counts
    return [count - ((vertical, fixed, low + place) in own) for place, count in enumerate(counts)]


def find_routes(stops: Sequence[Stop], wires: Sequence[Wire], lanes: int) -> list[Route]:
    """Return a route for each wire, in the order of the wires."""
    board = Board(stops, lanes)
    chosen: dict[int, Route] = {}
    options = {wire.number: list(ways.routes(stops, wire, lanes)) for wire in wires}
    order = sorted(wires, key=_urgency)
    _settle(board, order, options, chosen)
    for _ in range(ROUNDS):
        rows = _in_conflict(board, chosen.values())
        for row in rows:
            _part_sides(board, row, options)
            _settle(board, order, options, chosen)
        if not rows:
            break
    return [chosen[wire.number] for wire in wires]


def _settle(
    board: Board, order: Sequence[Wire], options: Mapping[int, Sequence[Route]], chosen: dict[int, Route]
) -> None:
    """Reroute the wires in turn until nothing changes."""
    for _ in range(ROUNDS):
        changed = sum(_reroute(board, options[wire.number], chosen) for wire in order)
        if not changed:
            break


def _in_conflict(board: Board, routes: Iterable[Route]) -> list[int]:
    """Return the rows at which something enters where something leaves."""
    rows: set[int] = set()
    for route in routes:
        board.put(route, -1)
        if _ports(board, route) >= Price.FORBIDDEN:
            rows |= {row for row in (route.wire.source, route.wire.target) if row is not None}
        board.put(route)
    return sorted(rows)


def _part_sides(board: Board, row: int, options: dict[int, list[Route]]) -> None:
    """Keep one side of a row's symbol for what leaves and the other for what enters."""
    out = max(SIDEWAYS, key=lambda side: board.leaving[row, side])
    for number, routes in options.items():
        allowed = [
            route
            for route in routes
            if not (route.wire.source == row and route.leave in SIDEWAYS and route.leave is not out)
            and not (route.wire.target == row and route.enter is out)
        ]
        options[number] = allowed or routes


def _reroute(board: Board, options: Sequence[Route], chosen: dict[int, Route]) -> bool:
    """Give a wire the cheapest of its routes; return whether that changed anything."""
    number = options[0].wire.number
    before = chosen.get(number)
    if before:
        board.put(before, -1)
    best = min(options, key=lambda route: cost(board, route))
    board.put(best)
    chosen[number] = best
    return best != before


def _urgency(wire: Wire) -> tuple[bool, int, int]:
    """Return what to route first: the ways straight on, then short ones, then terminals."""
    if wire.source is None or wire.target is None:
        return True, 1, wire.number
    return False, abs(wire.target - wire.source - 1), wire.number


def cost(board: Board, route: Route) -> float:
    """Return what a route costs beside those on the board."""
    net = net_of(route, board.stops)
    way = sum(_run(board, net, start, end) for start, end in _runs(route.way))
    return _ports(board, route) + _manner(board, route) + way


def _runs(way: Way) -> Iterator[tuple[Spot, Spot]]:
    return pairwise(way)


def _straight(start: Spot, end: Spot) -> tuple[bool, int, int, int]:
    """Return whether a run is vertical, the coordinate that stays, and the least and greatest of the other."""
    vertical = start[0] == end[0]
    low, high = sorted((start[1], end[1]) if vertical else (start[0], end[0]))
    return vertical, start[0] if vertical else start[1], low, high


def _run(board: Board, net: Net, start: Spot, end: Spot) -> float:
    """Return the cost of one straight run: its length where it is alone, what it crosses, what it runs beside."""
    vertical, fixed, low, high = run = _straight(start, end)
    beside = board.others_beside(net, *run)
    across = board.others_across(net, *run)
    total = Price.BEND + Price.STEP * (high - low - board.shared(net, *run))
    total += Price.CROSSING * sum(across[1:-1]) + Price.TOUCH * (across[0] + across[-1])
    if high - low > 1:
        total += Price.BESIDE * max(beside)
    if vertical and fixed % 2:
        total += Price.FORBIDDEN * sum(map(bool, beside)) + Price.CLASH * _clashes(
            board, net, fixed, low, high
        )
    return total


def _clashes(board: Board, net: Net, column: int, low: int, high: int) -> int:
    """Return at how many ends of a long run down a lane another net's line goes on in the same place."""
    if high - low < 2:
        return 0
    beyond = [place for place in (low - 1, high) if 0 <= place < 2 * len(board.stops)]
    return sum(any(board.others_beside(net, True, column, place, place + 1)) for place in beyond)


def _ports(board: Board, route: Route) -> float:
    """Return the cost at both ends: nothing enters where something leaves, and a pentagon better has a side for itself."""
    wire, total = route.wire, 0.0
    if route.leave and wire.source is not None:
        port = wire.source, route.leave
        total += Price.FORBIDDEN * (board.entering[port] + board.arriving[port])
        if route.leave in SIDEWAYS:
            total += Price.SHARED_SIDE * board.leaving[port]
    if route.enter and wire.target is not None and not board.stops[wire.target].joins:
        port = wire.target, route.enter
        shared = Price.SHARED_ARRIVAL if route.enter in SIDEWAYS else Price.FORBIDDEN
        total += Price.FORBIDDEN * board.leaving[port]
        total += shared * (board.arriving[port] + (board.entering[port] if wire.terminal else 0))
    return total


def _manner(board: Board, route: Route) -> float:
    """Return the cost of an unusual manner of leaving or entering."""
    wire, total = route.wire, 0.0
    if wire.source is not None and route.leave in SIDEWAYS:
        stop = board.stops[wire.source]
        if not stop.decision and not wire.link.after:
            total += Price.SIDE_OF_BOX
        if (wire.label or wire.terminal) and _is_outer(stop, route.leave, board.lanes):
            total += Price.NO_ROOM
    if wire.inward and wire.target is not None:
        if route.enter is Side.TOP:
            total += Price.ARRIVES_ABOVE * (wire.target > 0)
        elif _is_outer(board.stops[wire.target], route.enter, board.lanes):
            total += Price.NO_ROOM
    if wire.source is not None and wire.target is not None and route.enter is Side.TOP:
        total += Price.UP_TO_TOP * (wire.target <= wire.source)
    return total


def _is_outer(stop: Stop, side: Side | None, lanes: int) -> bool:
    return stop.leftmost == 0 if side is Side.LEFT else stop.rightmost == lanes - 1
