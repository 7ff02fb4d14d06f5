"""Placing what leaves a symbol sideways, or arrives there from another page: lines one below the other, with their labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from laksana.sop.chart.labels import Window, choose, pieces
from laksana.sop.chart.model import Box
from laksana.sop.chart.plan import turn
from laksana.sop.chart.room import Room
from laksana.sop.chart.surroundings import LabelFit, Surroundings, outward
from laksana.sop.chart.ways import Route, Side

_EXACT = 0.01
_OVER_SHOULDER = 0.6
"""What counts against a label above the symbol instead of above its own line, in lines."""


@dataclass(frozen=True)
class _Exit:
    """One line at the side of a symbol, before anything is placed on it."""

    row: int
    side: Side
    route: Route
    tip: float
    start: float
    """How far from the symbol it begins to be alone."""
    ignored: frozenset[int]
    """The wires whose vertical runs are not in its way."""
    top: bool
    """Whether it is the uppermost at its side."""


@dataclass(frozen=True)
class _Branch:
    """One line with what belongs to it, measured from its own height."""

    route: Route
    up: float
    down: float
    label: LabelFit | None
    terminal: Box | None
    hint: Box | None
    shoulder: float | None
    """How far above the middle of the symbol the label must stay, where it reaches over the symbol."""


def place_side(room: Room, row: int, side: Side, result: Surroundings) -> None:
    """Place all that is at one side of a row's symbol."""
    leaving = room.plan.leaving(row, side)
    arriving = [route for route in room.plan.entering(row, side) if route.wire.terminal]
    routes = [*leaving, *arriving]
    if not routes:
        return
    start = room.style.bus if len(routes) > 1 else 0.0
    exits = [
        _Exit(row, side, route, room.tip(row, side), start, _away(routes, place), top=place == 0)
        for place, route in enumerate(routes)
    ]
    branches = [_branch(room, exit_, result) for exit_ in exits]
    levels = _levels(branches, room.style.gap)
    aside = _aside(room, row, side, levels[-1] - levels[0]) if arriving else 0.0
    for branch, level in zip(branches, levels, strict=True):
        _settle(branch, level + aside, side, result)


def _away(routes: Sequence[Route], place: int) -> frozenset[int]:
    """Return the wires at one side that turn away from the line at a place, up above it or down below it, and its own."""
    above = [route for route in routes[:place] if turn(route.way) < 0]
    below = [route for route in routes[place + 1 :] if turn(route.way) > 0]
    return frozenset(route.wire.number for route in (*above, routes[place], *below))


def _levels(branches: Sequence[_Branch], gap: float) -> list[float]:
    """Return the heights of lines one below the other around the middle; one that is nearly in the middle is moved there."""
    steps = [before.down + gap + after.up for before, after in pairwise(branches)]
    levels = list(accumulate(steps, initial=0.0))
    middle = levels[-1] / 2
    nearest = min(levels, key=lambda level: abs(level - middle))
    if abs(nearest - middle) < 2 * gap:
        middle = nearest
    return [level - middle for level in levels]


def _aside(room: Room, row: int, side: Side, span: float) -> float:
    """Return how far from the middle pentagons must stand, so that lines that enter at their side pass them."""
    entering = [route for route in room.plan.entering(row, side) if not route.wire.terminal]
    if not entering:
        return 0.0
    from_above = sum(route.way[-3][1] < route.way[-1][1] for route in entering)
    distance = room.style.pentagon / 2 + 2 * room.style.gap + span
    return distance if 2 * from_above >= len(entering) else -distance


def _settle(branch: _Branch, level: float, side: Side, result: Surroundings) -> None:
    number, up = branch.route.wire.number, branch.up - level
    result.levels[number] = level
    if branch.label:
        box = branch.label.box.moved(level)
        if branch.shoulder is not None:
            box = Box(box.x, min(box.y, -branch.shoulder - box.height), box.width, box.height)
            up = max(up, -box.y)
        result.labels[number] = LabelFit(branch.label.lines, box, branch.label.direction)
    if branch.terminal:
        result.terminals[number] = branch.terminal.moved(level)
    if branch.hint:
        result.hints[number] = branch.hint.moved(level)
    result.note_side(side, up, branch.down + level)


def _branch(room: Room, exit_: _Exit, result: Surroundings) -> _Branch:
    gap = room.style.gap
    terminal, hint = _terminal(room, exit_)
    height = terminal.height / 2 if terminal else 0.0
    label = _label(room, exit_, height, result) if exit_.route.wire.label else None
    up = down = gap + height
    if label is None:
        return _Branch(exit_.route, up, down, None, terminal, hint, None)
    inner = label.box.x if exit_.side is Side.RIGHT else label.box.right
    over = (inner - exit_.tip) * exit_.side.direction < -_EXACT
    shoulder = room.half(room.plan.stops[exit_.row])[1] + gap / 2 if over else None
    return _Branch(
        exit_.route, max(up, -label.box.y), max(down, label.box.bottom), label, terminal, hint, shoulder
    )


def _terminal(room: Room, exit_: _Exit) -> tuple[Box | None, Box | None]:
    """Return where a terminal stands beside a symbol, and its hint beyond it."""
    style, direction = room.style, exit_.side.direction
    size = style.terminal(exit_.route.wire.terminal)
    if size is None:
        return None, None
    lead, gap = exit_.start + style.arrow[0] + style.gap, style.gap
    free = room.free_spans(exit_.row, exit_.tip, direction, exit_.ignored)
    spans = [(max(a + gap, lead), b) for a, b in free]
    near, far = next(((a, b) for a, b in spans if b - a >= size[0] + gap), spans[-1])
    box = outward(exit_.tip, direction, near, *size)
    hint = room.hint_size(exit_.route)
    if hint is None or far - near < size[0] + hint[0] + 2 * gap:
        return box, None
    return box, outward(exit_.tip, direction, near + size[0] + gap / 2, *hint)


def _label(room: Room, exit_: _Exit, height: float, result: Surroundings) -> LabelFit:
    """Return the label of a line, above it or, where the line turns up, under it.

    It keeps `height` away from the line where a terminal stands on that.
    """
    style, route, direction = room.style, exit_.route, exit_.side.direction
    setting = style.setting("label")
    via = None if route.wire.terminal else abs(room.xs[route.wire.number, 1] - exit_.tip)
    goes_up = turn(route.way) < 0
    windows = list(_windows(room, exit_, via))
    if exit_.top and _has_free_shoulders(room, exit_.row):
        windows += _shoulder(room, exit_, via if goes_up else None)
    if not windows:
        windows = [Window(exit_.start, exit_.start + setting.size)]
    choice = choose(route.wire.label, windows, room.rules(exit_.tip, direction), setting)
    result.note_lack(exit_.side, choice)
    near, tall = choice.window.near, len(choice.lines) * setting.leading
    under = via is not None and goes_up and near < via < near + choice.width + style.gap
    y = height + style.gap / 2 if under else -height - style.gap / 2 - tall
    box = outward(exit_.tip, direction, near, choice.width, tall)
    return LabelFit(choice.lines, Box(box.x, y, box.width, box.height), direction)


def _has_free_shoulders(room: Room, row: int) -> bool:
    """Return whether nothing but a plain line stands above a row's symbol."""
    entering = room.plan.entering(row, Side.TOP)
    return not (room.plan.stops[row].joins or any(route.wire.terminal for route in entering))


def _windows(room: Room, exit_: _Exit, via: float | None) -> Iterator[Window]:
    """Yield the windows beside a symbol, up to where its line turns off."""
    direction, gap = exit_.side.direction, room.style.gap
    rules = room.rules(exit_.tip, direction)
    for a, b in room.free_spans(exit_.row, exit_.tip, direction, exit_.ignored):
        for near, far in pieces(max(a, exit_.start), b, rules):
            if via is None or near + gap < via:
                yield Window(near + gap, far - gap)


def _shoulder(room: Room, exit_: _Exit, via: float | None) -> Iterator[Window]:
    """Yield the windows above the symbol's half at a side."""
    direction, gap = exit_.side.direction, room.style.gap
    half_width = room.half(room.plan.stops[exit_.row])[0]
    far = next(room.free_spans(exit_.row, exit_.tip, direction, exit_.ignored))[1]
    far = far if via is None else min(far, via)
    for near, end in pieces(-half_width, far, room.rules(exit_.tip, direction)):
        if near < 0:
            yield Window(near + 1.5 * gap, end - gap, "shoulder", _OVER_SHOULDER)
