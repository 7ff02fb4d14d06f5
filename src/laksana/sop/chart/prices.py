"""What counts against a route, in steps of the grid: length, bends, crossings, and unusual manners."""

from laksana.sop.chart.board import Board, Net
from laksana.sop.chart.ways import SIDEWAYS, Route, Side, Stretch
from laksana.sop.chart.wires import Stop

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
"""What must not be unless there is nothing else."""


def of_manner(board: Board, route: Route) -> float:
    """Return what a route costs by itself: its bends, and unusual ways of leaving or entering."""
    wire, total = route.wire, BEND * len(route.stretches)
    if wire.source is not None and route.leave in SIDEWAYS:
        stop = board.stops[wire.source]
        if not stop.decision and not wire.link.after:
            total += SIDE_OF_BOX
        if (wire.label or wire.terminal) and _is_outer(stop, route.leave, board.lanes):
            total += NO_ROOM
    if wire.inward and wire.target is not None:
        if route.enter is Side.TOP:
            total += ARRIVES_ABOVE * (wire.target > 0)
        elif _is_outer(board.stops[wire.target], route.enter, board.lanes):
            total += NO_ROOM
    if wire.source is not None and wire.target is not None and route.enter is Side.TOP:
        total += UP_TO_TOP * (wire.target <= wire.source)
    return total


def _is_outer(stop: Stop, side: Side | None, lanes: int) -> bool:
    return stop.leftmost == 0 if side is Side.LEFT else stop.rightmost == lanes - 1


def of_ports(board: Board, route: Route) -> float:
    """Return the cost at both ends: nothing enters where something leaves, and a pentagon better has a side for itself."""
    wire, total = route.wire, 0.0
    if route.leave and wire.source is not None:
        port = wire.source, route.leave
        total += FORBIDDEN * (board.entering[port] + board.arriving[port])
        if route.leave in SIDEWAYS:
            total += SHARED_SIDE * board.leaving[port]
    if route.enter and wire.target is not None and not board.stops[wire.target].joins:
        port = wire.target, route.enter
        shared = SHARED_ARRIVAL if route.enter in SIDEWAYS else FORBIDDEN
        total += FORBIDDEN * board.leaving[port]
        total += shared * (board.arriving[port] + (board.entering[port] if wire.terminal else 0))
    return total


def of_stretch(board: Board, net: Net, stretch: Stretch) -> float:
    """Return the cost of a stretch: its length where it is alone, what it crosses, what it runs beside."""
    length = stretch.high - stretch.low
    beside, across = board.beside(net, stretch), board.across(net, stretch)
    total = STEP * (length - board.shared(net, stretch))
    if any(across):
        ends = across[0] + across[-1]
        total += CROSSING * (sum(across) - ends) + TOUCH * ends
    if any(beside):
        total += BESIDE * max(beside) * (length > 1)
        total += FORBIDDEN * sum(map(bool, beside)) * (stretch.vertical and stretch.fixed % 2)
    if stretch.vertical and stretch.fixed % 2 and length > 1:
        total += CLASH * _clashes(board, net, stretch)
    return total


def _clashes(board: Board, net: Net, stretch: Stretch) -> int:
    """Return at how many ends of a long run down a lane another net's line goes on in the same place."""
    last = 2 * len(board.stops)
    beyond = (place for place in (stretch.low - 1, stretch.high) if 0 <= place < last)
    return sum(any(board.beside(net, stretch._replace(low=place, high=place + 1))) for place in beyond)
