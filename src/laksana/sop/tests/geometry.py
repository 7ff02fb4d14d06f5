"""What must hold of any laid-out chart, told as a list of faults."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from laksana.sop.chart.model import Box, Chart, Connector, Page, Point
from laksana.sop.chart.style import Style, sheet

Leg = tuple[Point, Point]

NEAREST = {"mm": 1.2, "px": 4.5}
"""How near two lines may run side by side."""
TOUCH = {"mm": 0.3, "px": 1.0}
"""How near a line may come to a text or a rule."""
SMALLEST = {"mm": 6.5 * 25.4 / 72, "px": 11.0}
"""The smallest type that anything is set in; on paper the texts of cells are larger, see `SMALLEST_IN_CELLS`."""
SMALLEST_IN_CELLS = {"mm": 7.5 * 25.4 / 72, "px": 11.0}
_EXACT = 0.02


def faults(chart: Chart) -> list[str]:
    """Return every fault in the drawing of a chart."""
    found = []
    for page in chart.pages:
        for kind, detail in _on_page(page, chart.unit):
            found.append(f"{chart.procedure} {chart.paper} page {page.number}: {kind}: {detail}")
        if chart.paper != "screen" and not _fits(page, sheet(chart.paper)):
            found.append(f"{chart.procedure} {chart.paper} page {page.number}: larger than its sheet")
    found += [f"{chart.procedure} {chart.paper}: {fault}" for fault in _pairs(chart)]
    return found


def _fits(page: Page, style: Style) -> bool:
    return page.width <= style.width + _EXACT and page.height <= (style.height or page.height) + _EXACT


def _on_page(page: Page, unit: str) -> Iterator[tuple[str, str]]:
    yield from _texts_in_cells(page)
    yield from _texts_apart(page)
    yield from _type_readable(page, unit)
    yield from _solids_apart(page)
    yield from _symbols_in_lanes(page)
    yield from _lines_clear_of_solids(page)
    yield from _lines_clear_of_texts(page, TOUCH[unit])
    yield from _labels_clear(page)
    yield from _lines_apart(page, NEAREST[unit])
    yield from _lines_off_rules(page, TOUCH[unit])
    yield from _anchored(page)


def _texts_in_cells(page: Page) -> Iterator[tuple[str, str]]:
    for cell in (*page.header, *(cell for row in page.rows for cell in row.cells)):
        for text in cell.texts:
            if not cell.box.contains(text.box):
                yield "text outside its cell", f"{text.text!r} in {cell.column}"


def _texts_apart(page: Page) -> Iterator[tuple[str, str]]:
    for one, other in combinations(page.texts(), 2):
        if one.box.overlaps(other.box, by=_EXACT):
            yield "texts overlap", f"{one.text!r} and {other.text!r}"


def _type_readable(page: Page, unit: str) -> Iterator[tuple[str, str]]:
    beside = {"label", "letter", "hint"}
    for text in page.texts():
        least = SMALLEST[unit] if text.role in beside else SMALLEST_IN_CELLS[unit]
        if text.size < least - _EXACT:
            yield "type too small", f"{text.text!r} at {text.size:.2f}"


def _symbols_in_lanes(page: Page) -> Iterator[tuple[str, str]]:
    cells = {(row.step, cell.column): cell.box for row in page.rows for cell in row.cells}
    for symbol in page.symbols:
        cell = cells[symbol.step, f"lane:{symbol.lane}"]
        if not symbol.extra and not cell.contains(symbol.box):
            yield "symbol outside its cell", f"{symbol.step}/{symbol.lane}"


def _solids(page: Page) -> list[tuple[str, Box]]:
    symbols = [
        (f"symbol {symbol.step}/{symbol.lane}{'+' * symbol.extra}", symbol.box) for symbol in page.symbols
    ]
    return symbols + [(f"pentagon {off.letter}", off.box) for off in page.off_pages]


def _solids_apart(page: Page) -> Iterator[tuple[str, str]]:
    for (name, box), (other, other_box) in combinations(_solids(page), 2):
        if box.overlaps(other_box, by=-0.2):
            yield "symbols overlap", f"{name} and {other}"


def legs(connector: Connector) -> list[Leg]:
    """Return the straight parts of a connector."""
    return list(pairwise(connector.points))


def _leg_box(leg: Leg, margin: float = 0.0) -> Box:
    (ax, ay), (bx, by) = leg
    return Box(
        min(ax, bx) - margin, min(ay, by) - margin, abs(ax - bx) + 2 * margin, abs(ay - by) + 2 * margin
    )


def _lines_clear_of_solids(page: Page) -> Iterator[tuple[str, str]]:
    for connector in page.connectors:
        for leg in legs(connector):
            for name, box in _solids(page):
                if _shrunk(box).overlaps(_leg_box(leg, _EXACT)):
                    yield "line through symbol", f"{_name(connector)} through {name}"


def _shrunk(box: Box) -> Box:
    return Box(box.x + 0.1, box.y + 0.1, box.width - 0.2, box.height - 0.2)


def _name(connector: Connector) -> str:
    return f"{connector.source}->{connector.target}{list(connector.outcomes) or ''}"


def _lines_clear_of_texts(page: Page, touch: float) -> Iterator[tuple[str, str]]:
    texts = list(page.texts())
    for connector in page.connectors:
        for leg in legs(connector):
            box = _leg_box(leg, touch)
            for text in texts:
                if text.role != "letter" and box.overlaps(text.box):
                    yield "line through text", f"{_name(connector)} through {text.text!r}"


def _labels_clear(page: Page) -> Iterator[tuple[str, str]]:
    labels = [(c, c.label.box) for c in page.connectors if c.label]
    loose = [text for text in page.texts() if text.role in {"label", "hint"}]
    for one, other in combinations(loose, 2):
        if one.box.overlaps(other.box, by=_EXACT):
            yield "labels overlap", f"{one.text!r} and {other.text!r}"
    rows = {row.step: row.box for row in page.rows}
    lanes = [cell.box for row in page.rows for cell in row.cells if cell.column.startswith("lane:")]
    left, right = min(box.x for box in lanes), max(box.right for box in lanes)
    for connector, box in labels:
        row = rows[connector.source]
        if not Box(left, row.y, right - left, row.height).contains(box):
            yield "label outside its row", _name(connector)
    for text in loose:
        for name, solid in _solids(page):
            if solid.overlaps(text.box, by=0.05):
                yield "label on symbol", f"{text.text!r} on {name}"


def _lines_apart(page: Page, nearest: float) -> Iterator[tuple[str, str]]:
    parts = [(connector, leg) for connector in page.connectors for leg in legs(connector)]
    for (one, leg), (other, other_leg) in combinations(parts, 2):
        if one is other:
            continue
        fault = _too_near(one, leg, other, other_leg, nearest)
        if fault:
            yield fault, f"{_name(one)} and {_name(other)} at {leg} {other_leg}"


def _too_near(one: Connector, leg: Leg, other: Connector, other_leg: Leg, nearest: float) -> str | None:
    vertical, other_vertical = _is_vertical(leg), _is_vertical(other_leg)
    if vertical == other_vertical:
        across, along = _distances(leg, other_leg, vertical=vertical)
        if across >= nearest - _EXACT or along < _EXACT:
            return None
        if across < _EXACT and (one.target == other.target or _shared_start(one, other)):
            return None
        return "lines run together" if along > 0.3 else None
    if one.target == other.target or _shared_start(one, other):
        return None
    upright, level = (leg, other_leg) if vertical else (other_leg, leg)
    return "line ends on line" if _touches(upright, level, nearest * 0.6) else None


def _is_vertical(leg: Leg) -> bool:
    return abs(leg[0][0] - leg[1][0]) < _EXACT


def _distances(leg: Leg, other: Leg, *, vertical: bool) -> tuple[float, float]:
    """Return how far two parallel legs are from each other, and how long they run side by side."""
    axis = 1 if vertical else 0
    across = abs(leg[0][1 - axis] - other[0][1 - axis])
    ends = sorted((leg[0][axis], leg[1][axis])), sorted((other[0][axis], other[1][axis]))
    return across, min(ends[0][1], ends[1][1]) - max(ends[0][0], ends[1][0])


def _shared_start(one: Connector, other: Connector) -> bool:
    """Return whether two lines leave, or arrive, at the same place of the same symbol."""
    return (
        one.source == other.source
        or one.target == other.source == other.target
        or one.source == one.target == other.source
    )


def _touches(upright: Leg, level: Leg, near: float) -> bool:
    """Return whether one of two crossing legs ends on, or just before, the other instead of crossing it."""
    x, y = upright[0][0], level[0][1]
    left, right = sorted((level[0][0], level[1][0]))
    top, bottom = sorted((upright[0][1], upright[1][1]))
    if not (left - near < x < right + near and top - near < y < bottom + near):
        return False
    inside = left + near < x < right - near and top + near < y < bottom - near
    return not inside


def _lines_off_rules(page: Page, touch: float) -> Iterator[tuple[str, str]]:
    rules = [(rule.start, rule.end) for rule in page.rules]
    for connector in page.connectors:
        for leg in legs(connector):
            for rule in rules:
                if _is_vertical(leg) == _is_vertical(rule):
                    across, along = _distances(leg, rule, vertical=_is_vertical(leg))
                    if across < touch and along > 0.3:
                        yield "line on a rule", f"{_name(connector)} at {leg}"


def _anchored(page: Page) -> Iterator[tuple[str, str]]:
    """Every line is orthogonal and begins and ends at something."""
    solids = [box for _, box in _solids(page)]
    bars = [line for line in page.lines if line.kind == "bar"]
    for connector in page.connectors:
        for (ax, ay), (bx, by) in legs(connector):
            if min(abs(ax - bx), abs(ay - by)) > _EXACT:
                yield "slanting line", _name(connector)
        for point in (connector.points[0], connector.points[-1]):
            on_bar = any(
                abs(point[1] - bar.start[1]) < _EXACT and bar.start[0] <= point[0] <= bar.end[0]
                for bar in bars
            )
            if not on_bar and not any(_on_edge(box, point) for box in solids):
                yield "line ends nowhere", f"{_name(connector)} at {point}"


def _on_edge(box: Box, point: Point) -> bool:
    grown = Box(box.x - 0.05, box.y - 0.05, box.width + 0.1, box.height + 0.1)
    return grown.contains(Box(*point, 0, 0))


def _pairs(chart: Chart) -> Iterator[str]:
    """Pentagons come in pairs, and every exit of a decision is labelled."""
    leaving: set[tuple[str, str]] = set()
    arriving: set[tuple[str, str]] = set()
    for page in chart.pages:
        for off in page.off_pages:
            (arriving if off.arrives else leaving).add((off.letter, off.target))
        decisions = {symbol.step for symbol in page.symbols if symbol.kind == "decision"}
        labelled = {(c.source, c.outcomes) for c in page.connectors if c.label}
        for connector in page.connectors:
            exit_ = connector.source, connector.outcomes
            if connector.source in decisions and connector.flow != "stem" and exit_ not in labelled:  # noqa: SIM102
                if not _begins_elsewhere(page, connector):
                    yield f"exit without a label: {_name(connector)}"
    if leaving != arriving:
        yield f"pentagons without a partner: {sorted(leaving ^ arriving)}"


def _begins_elsewhere(page: Page, connector: Connector) -> bool:
    """Return whether a line begins at a pentagon, so that its exit is on another page."""
    return any(off.arrives and _on_edge(off.box, connector.points[0]) for off in page.off_pages)


def rows_of(charts: Sequence[Chart]) -> int:
    """Return how many rows some charts have together."""
    return sum(len(page.rows) for chart in charts for page in chart.pages)
