"""What stands around the symbols of one row: labels, terminals, bars, and the room that they need above and below.

Heights are measured from the middle of the symbol, upwards negative; positions across are final.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from laksana.sop.chart.columns import Columns
from laksana.sop.chart.labels import Choice, Window, choose, pieces
from laksana.sop.chart.model import Box
from laksana.sop.chart.plan import Plan, turn
from laksana.sop.chart.style import Style
from laksana.sop.chart.ways import SIDEWAYS, Route, Side
from laksana.sop.chart.wires import Stop

Span = tuple[float, float]
_EXACT = 0.01
_OVER_SHOULDER = 0.6
"""What counts against a label above the symbol instead of above its own line, in lines."""


@dataclass(frozen=True)
class LabelFit:
    """A label in its place."""

    lines: tuple[str, ...]
    box: Box
    anchor: int
    """-1: set from the right edge; 1: from the left edge."""


@dataclass
class Surroundings:
    """All that is near the symbols of a row."""

    above: float = 0.0
    """How far it all reaches above the middle of the symbol."""
    below: float = 0.0
    levels: dict[int, float] = field(default_factory=dict)
    """Wire -> the height at which it leaves sideways."""
    labels: dict[int, LabelFit] = field(default_factory=dict)
    terminals: dict[int, Box] = field(default_factory=dict)
    hints: dict[int, Box] = field(default_factory=dict)
    """Wire -> where the rows at the other side of its pentagon are named, if there is room."""
    taps: dict[int, float] = field(default_factory=dict)
    """Wire -> the x at which it leaves or meets a bar."""
    bar_above: float | None = None
    bar_below: float | None = None
    capsule_above: Box | None = None
    sides_above: dict[Side, float] = field(default_factory=dict)
    """How far up what stands at a side reaches."""
    sides_below: dict[Side, float] = field(default_factory=dict)
    lacking: dict[Side, float] = field(default_factory=dict)
    """How much wider the lane ought to be at a side for its labels to break no word."""


@dataclass(frozen=True)
class _Branch:
    """One line at the side of a symbol, with what belongs to it, measured from its own height."""

    route: Route
    up: float
    down: float
    label: LabelFit | None
    terminal: Box | None
    hint: Box | None
    over_shoulder: float | None = None
    """How far above the middle of the symbol the label must stay, where it reaches over the symbol."""


@dataclass(frozen=True)
class _Exit:
    """One line at the side of a symbol, before anything is placed on it."""

    row: int
    side: Side
    route: Route
    start: float
    """How far from the symbol it begins to be alone."""
    ignored: frozenset[int]
    """The wires whose vertical runs are not in its way."""
    top: bool
    """Whether it is the uppermost at its side."""


class Surveyor:
    """Measures the surroundings of each row of a page."""

    def __init__(
        self,
        style: Style,
        columns: Columns,
        plan: Plan,
        xs: dict[tuple[int, int], float],
        hints: Mapping[int, str],
    ) -> None:
        self.style = style
        self.columns = columns
        self.plan = plan
        self.xs = xs
        """The key of a vertical run -> its x."""
        self.hints = hints
        """Wire -> what is written beside its pentagon."""
        self.verticals = [
            [(run.key[0], xs[run.key]) for run in plan.runs if run.key in xs and run.covers(row)]
            for row in range(len(plan.stops))
        ]
        """Of each row, the wires that pass it vertically, and where."""

    def survey(self, row: int) -> Surroundings:
        """Return the surroundings of a row."""
        result = Surroundings()
        for side in SIDEWAYS:
            self._side(row, side, result)
        self._bottom(row, result)
        self._top(row, result)
        return result

    # --- Symbols

    def half(self, stop: Stop) -> tuple[float, float]:
        """Return half the width and half the height of a stop's symbol."""
        style, diamond = self.style, self.columns.diamond
        if stop.decision:
            return diamond / 2, min(style.diamond_height, diamond * 0.75) / 2
        width = diamond * style.box_share
        return width / 2, min(style.box_height, width * 0.6) / 2

    def tip(self, row: int, side: Side) -> float:
        """Return the x at which lines leave or enter a row's symbols at a side."""
        stop = self.plan.stops[row]
        if side is Side.LEFT:
            return self.columns.lanes[stop.leftmost].centre - self.half(stop)[0]
        return self.columns.lanes[stop.rightmost].centre + self.half(stop)[0]

    @property
    def bus(self) -> float:
        """Return how far from a symbol the line stands from which several exits at one side branch off."""
        return self.style.clearance * 0.45

    # --- Sides

    def _side(self, row: int, side: Side, result: Surroundings) -> None:
        leaving = self.plan.leaving(row, side)
        arriving = [r for r in self.plan.entering(row, side) if r.wire.terminal]
        routes = [*leaving, *arriving]
        start = self.bus if len(routes) > 1 else 0.0
        branches = [
            self._branch(_Exit(row, side, route, start, _away(routes, place), top=place == 0), result)
            for place, route in enumerate(routes)
        ]
        steps = [before.down + self.style.gap + after.up for before, after in pairwise(branches)]
        levels = list(accumulate(steps, initial=0.0))
        middle = levels[-1] / 2
        nearest = min(levels, key=lambda level: abs(level - middle))
        if abs(nearest - middle) < 2 * self.style.gap:
            middle = nearest
        aside = self._aside(row, side) if arriving else 0.0
        for branch, level in zip(branches, levels, strict=False):
            self._settle(branch, level - middle + aside, side, result)

    def _aside(self, row: int, side: Side) -> float:
        """Return how far from the middle a pentagon must stand, so that lines that enter at its side pass it."""
        entering = [route for route in self.plan.entering(row, side) if not route.wire.terminal]
        if not entering:
            return 0.0
        from_above = sum(route.way[-3][1] < route.way[-1][1] for route in entering)
        distance = self.style.pentagon / 2 + 2 * self.style.gap
        return distance if 2 * from_above >= len(entering) else -distance

    def _settle(self, branch: _Branch, level: float, side: Side, result: Surroundings) -> None:
        number = branch.route.wire.number
        result.levels[number] = level
        up = branch.up - level
        if branch.label:
            box = _moved(branch.label.box, level)
            if branch.over_shoulder is not None:
                box = Box(box.x, min(box.y, -branch.over_shoulder - box.height), box.width, box.height)
                up = max(up, -box.y)
            result.labels[number] = LabelFit(branch.label.lines, box, branch.label.anchor)
        if branch.terminal:
            result.terminals[number] = _moved(branch.terminal, level)
        if branch.hint:
            result.hints[number] = _moved(branch.hint, level)
        result.above = max(result.above, up)
        result.sides_above[side] = max(result.sides_above.get(side, 0.0), up)
        result.below = max(result.below, branch.down + level)
        result.sides_below[side] = max(result.sides_below.get(side, 0.0), branch.down + level)

    def _branch(self, exit_: _Exit, result: Surroundings) -> _Branch:
        style = self.style
        terminal, hint = self._terminal(exit_)
        height = terminal.height / 2 if terminal else 0.0
        label = self._side_label(exit_, height, result) if exit_.route.wire.label else None
        up = down = style.gap + height
        if label:
            up = max(up, -label.box.y)
            down = max(down, label.box.bottom)
        tip = self.tip(exit_.row, exit_.side)
        right = exit_.side is Side.RIGHT
        over = label is not None and (label.box.x < tip - _EXACT if right else label.box.right > tip + _EXACT)
        shoulder = self.half(self.plan.stops[exit_.row])[1] + style.gap / 2 if over else None
        return _Branch(exit_.route, up, down, label, terminal, hint, shoulder)

    def _terminal(self, exit_: _Exit) -> tuple[Box | None, Box | None]:
        """Return where a terminal stands beside a symbol, and its hint beyond it."""
        size = self._terminal_size(exit_.route)
        if size is None:
            return None, None
        width, height = size
        tip, direction = self.tip(exit_.row, exit_.side), _direction(exit_.side)
        lead, gap = exit_.start + self.style.arrow[0] + self.style.gap, self.style.gap
        spans = self._free_spans(exit_.row, tip, direction, exit_.ignored)
        starts = [(max(a + gap, lead), b) for a, b in spans]
        near = next((start for start, b in starts if b - start >= width + gap), starts[-1][0])
        box = _outward(tip, direction, near, width, height)
        hint = self._hint_size(exit_.route)
        far = next(b for start, b in starts if start == near)
        if hint is None or far - near < width + hint[0] + 2 * gap:
            return box, None
        return box, _outward(tip, direction, near + width + gap / 2, *hint)

    def _hint_size(self, route: Route) -> tuple[float, float] | None:
        text = self.hints.get(route.wire.number)
        setting = self.style.setting("hint")
        return (setting.width(text), setting.leading) if text else None

    def _terminal_size(self, route: Route) -> tuple[float, float] | None:
        match route.wire.terminal:
            case None:
                return None
            case "ends":
                return self.style.capsule
            case _:
                return self.style.pentagon, self.style.pentagon

    def _side_label(self, exit_: _Exit, height: float, result: Surroundings) -> LabelFit:
        """Return the label of a line that leaves sideways, above it or, where the line turns up, under it.

        It keeps `height` away from the line where a terminal stands on that.
        """
        style, route = self.style, exit_.route
        direction, tip = _direction(exit_.side), self.tip(exit_.row, exit_.side)
        via = None if route.wire.terminal else abs(self.xs.get((route.wire.number, 1), tip) - tip)
        goes_up = turn(route.way) < 0
        windows = list(self._side_windows(exit_, via))
        if exit_.top and self._has_free_shoulders(exit_.row):
            windows += self._shoulder(exit_, via if goes_up else None)
        choice = choose(route.wire.label, windows, self._rules(tip, direction), style.setting("label"))
        self._note_lack(result, exit_.side, choice)
        near = choice.window.near
        tall = len(choice.lines) * style.setting("label").leading
        x = tip + near if direction > 0 else tip - near - choice.width
        under = via is not None and goes_up and near < via < near + choice.width + style.gap
        y = height + style.gap / 2 if under else -height - style.gap / 2 - tall
        return LabelFit(choice.lines, Box(x, y, choice.width, tall), direction)

    def _note_lack(self, result: Surroundings, side: Side, choice: Choice) -> None:
        if choice.lacking:
            result.lacking[side] = max(result.lacking.get(side, 0.0), choice.lacking)

    def _has_free_shoulders(self, row: int) -> bool:
        """Return whether nothing but a plain line stands above a row's symbol."""
        stop = self.plan.stops[row]
        return not (
            stop.begins or stop.joins or any(r.wire.terminal for r in self.plan.entering(row, Side.TOP))
        )

    def _side_windows(self, exit_: _Exit, via: float | None) -> Iterator[Window]:
        tip, direction, gap = self.tip(exit_.row, exit_.side), _direction(exit_.side), self.style.gap
        rules = self._rules(tip, direction)
        for a, b in self._free_spans(exit_.row, tip, direction, exit_.ignored):
            for near, far in pieces(max(a, exit_.start), b, rules):
                if via is None or near + gap < via:
                    yield Window(near + gap, far - gap)

    def _shoulder(self, exit_: _Exit, via: float | None) -> Iterator[Window]:
        """Yield the windows above the symbol's half at a side."""
        tip, direction, gap = self.tip(exit_.row, exit_.side), _direction(exit_.side), self.style.gap
        half_width = self.half(self.plan.stops[exit_.row])[0]
        far = next(iter(self._free_spans(exit_.row, tip, direction, exit_.ignored)))[1]
        far = far if via is None else min(far, via)
        for near, end in pieces(-half_width, far, self._rules(tip, direction)):
            if near < 0:
                yield Window(near + 1.5 * gap, end - gap, "shoulder", _OVER_SHOULDER)

    def _free_spans(self, row: int, start: float, direction: int, ignored: Collection[int]) -> Iterator[Span]:
        """Yield the stretches, as distances from `start`, that no vertical line passes in a row, nearest first."""
        edges = self.columns.edges
        limit = (edges[-1] - start) if direction > 0 else (start - edges[0])
        near = 0.0
        for far in sorted({*self._obstacles(row, start, direction, ignored), limit}):
            if 0 < far <= limit:
                yield near, far
                near = far

    def _obstacles(self, row: int, start: float, direction: int, ignored: Collection[int]) -> Iterator[float]:
        """Yield the distances of vertical lines that pass the middle of a row, save those of ignored wires."""
        for number, x in self.verticals[row]:
            if number not in ignored and (distance := (x - start) * direction) > self.style.gap / 4:
                yield distance

    def _rules(self, start: float, direction: int) -> list[float]:
        """Return the distances of the rules between lanes."""
        return sorted(d for edge in self.columns.edges[1:-1] if (d := (edge - start) * direction) > 0)

    # --- Below

    def _bottom(self, row: int, result: Surroundings) -> None:
        style, stop = self.style, self.plan.stops[row]
        half_height = self.half(stop)[1]
        leaving = self.plan.leaving(row, Side.BOTTOM)
        reach = half_height + style.gap
        if leaving:
            reach = self._bottom_exit(row, leaving, half_height, result)
        result.below = max(result.below, reach)

    def _bottom_exit(self, row: int, leaving: Sequence[Route], reach: float, result: Surroundings) -> float:
        """Place the label, bar or terminal under a symbol; return how far down they reach."""
        style, first = self.style, leaving[0]
        x, least = self._stub_x(first), reach + style.arrow[0] + style.gap
        if first.wire.label:
            label = self._label_beside(row, x, reach + style.gap / 2, first, result)
            result.labels[first.wire.number] = label
            reach = label.box.bottom
        reach += style.gap
        if len(leaving) > 1:
            result.bar_below = reach = reach + style.gap
            return self._spread(leaving, x, reach, 1, result)
        if size := self._terminal_size(first):
            box = result.terminals[first.wire.number] = Box(x - size[0] / 2, max(reach, least), *size)
            self._hint_beside(row, box, first, result)
            return box.bottom + style.gap
        return reach

    def _stub_x(self, route: Route) -> float:
        return self.columns.lanes[route.way[0][0] // 2].centre

    def _label_beside(self, row: int, x: float, top: float, route: Route, result: Surroundings) -> LabelFit:
        """Return a label to the right of the line down from a symbol, or to its left where it fits better.

        Where it reaches under what leaves at that side, it stands below all that.
        """
        setting = self.style.setting("label")
        windows = [w for side in SIDEWAYS for w in self._beside_windows(row, x, top, side, route, result)]
        choice = choose(route.wire.label, windows, (), setting)
        side = Side(choice.window.kind)
        self._note_lack(result, side, choice)
        direction = _direction(side)
        left = x + choice.window.near if direction > 0 else x - choice.window.near - choice.width
        if choice.window.near + choice.width > self._own_half():
            top = max(top, result.sides_below.get(side, 0.0) + self.style.gap)
        box = Box(left, top, choice.width, len(choice.lines) * setting.leading)
        return LabelFit(choice.lines, box, direction)

    def _own_half(self) -> float:
        """Return how far from the middle of a symbol nothing else can come."""
        return self.columns.diamond / 2

    def _beside_windows(  # noqa: PLR0913, PLR0917
        self, row: int, x: float, top: float, side: Side, route: Route, result: Surroundings
    ) -> Iterator[Window]:
        gap, leading = self.style.gap, self.style.setting("label").leading
        direction = _direction(side)
        far = next(iter(self._free_spans(row, x, direction, {route.wire.number})))[1]
        drop = max(0.0, result.sides_below.get(side, 0.0) - top) / leading
        left_handed = 0.1 * (side is Side.LEFT)
        for _, end in pieces(0.0, far, self._rules(x, direction)):
            burden = left_handed + (drop if end - gap > self._own_half() else 0.0)
            yield Window(gap, end - gap, side.value, burden)
        if drop and far > self._own_half():
            yield Window(gap, self._own_half(), side.value, left_handed)

    def _hint_beside(self, row: int, box: Box, route: Route, result: Surroundings) -> None:
        """Name the rows at the other side to the right of a pentagon above or below a symbol, or to its left."""
        size, gap = self._hint_size(route), self.style.gap
        if size is None:
            return
        x, top = box.centre[0], box.centre[1] - size[1] / 2
        near = box.width / 2 + gap / 2
        for side in (Side.RIGHT, Side.LEFT):
            far = next(iter(self._free_spans(row, x, _direction(side), {route.wire.number})))[1]
            clear_above = -(top + size[1]) >= result.sides_above.get(side, 0.0)
            if far - near >= size[0] + gap and (clear_above or top >= result.sides_below.get(side, 0.0)):
                hint = _outward(x, _direction(side), near, *size)
                result.hints[route.wire.number] = Box(hint.x, top, hint.width, hint.height)
                return

    # --- Bars, and above

    def _spread(
        self, routes: Sequence[Route], x: float, bar: float, down: int, result: Surroundings
    ) -> float:
        """Give each route its own place along a bar, where one that goes straight keeps the middle; hang terminals on it.

        `down` is 1 for a split, -1 for a join. Returns how far away from the symbol that reaches.
        """
        style = self.style
        ordered = sorted(routes, key=lambda route: _bearing(route, at_end=down < 0))
        widths = [style.pentagon + 2 * style.gap if r.wire.terminal else style.spacing * 2 for r in ordered]
        ends = list(accumulate(widths))
        places = [end - width / 2 for end, width in zip(ends, widths, strict=True)]
        straight = (p for p, r in zip(places, ordered, strict=True) if _bearing(r, at_end=down < 0) == (0, 0))
        middle = next(straight, ends[-1] / 2)
        reach = abs(bar)
        for place, route in zip(places, ordered, strict=True):
            result.taps[route.wire.number] = at = x + place - middle
            if size := self._terminal_size(route):
                near = bar + down * 2 * style.gap
                top = near if down > 0 else near - size[1]
                result.terminals[route.wire.number] = Box(at - size[0] / 2, top, *size)
                reach = max(reach, abs(near) + size[1] + style.gap)
        return reach

    def _top(self, row: int, result: Surroundings) -> None:
        style, stop = self.style, self.plan.stops[row]
        reach = self.half(stop)[1]
        entering = self.plan.entering(row, Side.TOP)
        approach = style.arrow[0] + style.gap
        x = self.columns.lanes[stop.leftmost].centre
        if stop.begins:
            width, height = style.capsule
            result.capsule_above = Box(x - width / 2, -reach - approach - height, width, height)
            reach += approach + height
        arrival = next((r for r in entering if r.wire.terminal), None)
        if stop.joins and entering:
            result.bar_above = -(reach + approach + style.gap / 2)
            reach = self._spread(entering, x, result.bar_above, -1, result) + style.gap
        elif arrival:
            size = style.pentagon
            box = result.terminals[arrival.wire.number] = Box(x - size / 2, -reach - approach - size, size, size)
            self._hint_beside(row, box, arrival, result)
            reach += approach + size
        elif entering:
            reach += approach
        result.above = max(result.above, reach + style.gap)


def _away(routes: Sequence[Route], place: int) -> frozenset[int]:
    """Return the wires at one side that turn away from the line at a place: up above it, or down below it, and its own."""
    above = [route for route in routes[:place] if turn(route.way) < 0]
    below = [route for route in routes[place + 1 :] if turn(route.way) > 0]
    return frozenset(route.wire.number for route in (*above, routes[place], *below))


def _direction(side: Side) -> int:
    return -1 if side is Side.LEFT else 1


def _outward(start: float, direction: int, near: float, width: float, height: float) -> Box:
    """Return a box that begins at a distance outward from `start`, in the middle of its line."""
    return Box(start + near if direction > 0 else start - near - width, -height / 2, width, height)


def _moved(box: Box, down: float) -> Box:
    return Box(box.x, box.y + down, box.width, box.height)


def _bearing(route: Route, *, at_end: bool) -> tuple[int, int]:
    """Return from which side a route comes to a bar, or to which it goes: negative left; (0, 0) straight."""
    if route.wire.terminal:
        return 2, 0
    way = route.way[::-1] if at_end else route.way
    if abs(way[1][1] - way[0][1]) > 1:
        return 0, 0
    turn_x = next((x for x, _ in way if x != way[0][0]), way[0][0])
    side = (turn_x > way[0][0]) - (turn_x < way[0][0])
    return side, abs(turn_x - way[0][0])
