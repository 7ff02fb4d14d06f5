"""Which way each wire of a page takes: the cheapest, given all others; repeated until none can be bettered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from laksana.sop.chart import prices, ways
from laksana.sop.chart.board import Board, Net, net_of
from laksana.sop.chart.ways import SIDEWAYS, Route
from laksana.sop.chart.wires import Stop, Wire

_ROUNDS = 5


@dataclass(frozen=True)
class _Option:
    """A route that a wire may take, with what never changes about its cost."""

    route: Route
    net: Net
    manner: float

    def cost(self, board: Board, most: float) -> float:
        """Return what it costs beside what is on the board; more than `most` need not be exact."""
        total = self.manner + prices.of_ports(board, self.route)
        for stretch in self.route.stretches:
            if total >= most:
                break
            total += prices.of_stretch(board, self.net, stretch)
        return total


_Options = dict[int, list[_Option]]
"""Wire -> the routes that it may take, those with the fewest bends first."""


def find_routes(stops: Sequence[Stop], wires: Sequence[Wire], lanes: int) -> list[Route]:
    """Return a route for each wire, in the order of the wires."""
    board = Board(stops, lanes)
    chosen: dict[int, Route] = {}
    options = {wire.number: _options(board, wire) for wire in wires}
    order = [wire.number for wire in sorted(wires, key=_urgency)]
    _settle(board, order, options, chosen)
    for _ in range(_ROUNDS):
        rows = _in_conflict(board, chosen.values())
        for row in rows:
            _part_sides(board, row, options)
            _settle(board, order, options, chosen)
        if not rows:
            break
    return [chosen[wire.number] for wire in wires]


def _options(board: Board, wire: Wire) -> list[_Option]:
    routes = ways.routes(board.stops, wire, board.lanes)
    options = [_Option(route, net_of(route, board.stops), prices.of_manner(board, route)) for route in routes]
    return sorted(options, key=lambda option: option.manner)


def _urgency(wire: Wire) -> tuple[bool, int, int]:
    """Return what to route first: the ways straight on, then short ones, then terminals."""
    if wire.source is None or wire.target is None:
        return True, 1, wire.number
    return False, abs(wire.target - wire.source - 1), wire.number


def _settle(
    board: Board, order: Sequence[int], options: Mapping[int, Sequence[_Option]], chosen: dict[int, Route]
) -> None:
    """Reroute the wires in turn until nothing changes."""
    for _ in range(_ROUNDS):
        changed = sum(_reroute(board, number, options[number], chosen) for number in order)
        if not changed:
            break


def _reroute(board: Board, number: int, options: Sequence[_Option], chosen: dict[int, Route]) -> bool:
    """Give a wire the cheapest of its routes; return whether that changed anything."""
    before = chosen.get(number)
    if before:
        board.put(before, -1)
    best, least = options[0].route, float("inf")
    for option in options:
        cost = option.cost(board, least)
        if cost < least:
            best, least = option.route, cost
    board.put(best)
    chosen[number] = best
    return best is not before


def _in_conflict(board: Board, routes: Iterable[Route]) -> list[int]:
    """Return the rows at which something enters where something leaves."""
    rows: set[int] = set()
    for route in routes:
        board.put(route, -1)
        if prices.of_ports(board, route) >= prices.FORBIDDEN:
            rows |= {row for row in (route.wire.source, route.wire.target) if row is not None}
        board.put(route)
    return sorted(rows)


def _part_sides(board: Board, row: int, options: _Options) -> None:
    """Keep one side of a row's symbol for what leaves and the other for what enters."""
    out = max(SIDEWAYS, key=lambda side: board.leaving[row, side])

    def keeps_apart(route: Route) -> bool:
        leaves_elsewhere = route.wire.source == row and route.leave in SIDEWAYS and route.leave is not out
        return not leaves_elsewhere and not (route.wire.target == row and route.enter is out)

    for number, listed in options.items():
        options[number] = [option for option in listed if keeps_apart(option.route)] or listed
