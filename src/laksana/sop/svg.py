"""Drawing a laid-out chart as SVG: for the screen with classes and states, for paper in black and white.

What is drawn for the screen has no colours and no style attributes: classes say what each part is, and the page's style sheet
what it looks like.

    head, row (now, late, wrong)                     grounds of the header and of each row
    g                                           rules of the table
    t, m, n, h, lane, lab                       texts: activity, other cells, number, headings, labels of exits
    arr (back, timeout, on), tip (on), bar      lines of the flow; `on` where a case went along
    sym (done, now, late, wrong, q0..q3), tick, pill   symbols, the tick of a done one, a figure in one
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from laksana.sop.chart.model import Box, Cell, Chart, Connector, Page, Row, Symbol, Text
from laksana.sop.chart.primitives import Op, as_data, outline, polygon, rounded

_TEXT_CLASS = {
    "head": "h",
    "lane": "lane",
    "number": "n",
    "activity": "t",
    "caption": "m",
    "needs": "m",
    "time": "m",
    "gives": "m",
    "note": "m",
    "label": "lab",
    "letter": "h",
    "hint": "m",
}
STATES = {"done": "selesai", "now": "sedang dikerjakan", "late": "terlambat", "todo": "belum dikerjakan",
          "wrong": "perlu diperbaiki"}  # fmt: skip
"""State of a step in a case, or ("wrong") in a draft -> its words for those who do not see the drawing."""
_INK = {"none": "none", "paper": "#fff", "ink": "#000"}


def draw(
    chart: Chart,
    *,
    states: Mapping[str, str] | None = None,
    traversed: Collection[tuple[str, str]] = (),
    heat: Mapping[str, int] | None = None,
    pills: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    description: str = "",
) -> str:
    """Return the SVG element of a chart laid out for the screen.

    `states` gives the state of a step (one of STATES), `traversed` the lines that a case went along (source and target), `heat`
    0 to 3 for how far a step exceeds its standard, `pills` a short text to stand in a symbol, `links` an address for a step's
    symbol. `description` is read out in place of the picture.
    """
    dress = _Dress(states or {}, frozenset(traversed), heat or {}, pills or {}, links or {})
    return "".join(dress.drawing(chart, chart.pages[0], description))


def sheets(chart: Chart) -> list[str]:
    """Return each page as an SVG document of its own, in black and white."""
    return ["".join(_sheet(chart, page)) for page in as_data(chart)["pages"]]


class _Dress:
    """How the parts of a drawing are marked."""

    def __init__(
        self,
        states: Mapping[str, str],
        traversed: frozenset[tuple[str, str]],
        heat: Mapping[str, int],
        pills: Mapping[str, str],
        links: Mapping[str, str],
    ) -> None:
        self.states = states
        self.traversed = traversed
        self.heat = heat
        self.pills = pills
        self.links = links

    def drawing(self, chart: Chart, page: Page, description: str) -> Iterator[str]:
        size = f'viewBox="0 0 {_n(page.width)} {_n(page.height)}" width="{_n(page.width)}" height="{_n(page.height)}"'
        name, role = f"bagan-{chart.procedure}", "group" if self.links else "img"
        yield f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" {size} role="{role}" '
        yield f'aria-labelledby="{name}-judul" aria-describedby="{name}-isi">'
        yield f'<title id="{name}-judul">{escape(description or chart.title)}</title>'
        yield f'<desc id="{name}-isi">{escape(" ".join(self._told(page)))}</desc>'
        yield from self._table(page)
        yield from self._lines(chart, page)
        for symbol in page.symbols:
            yield from self._symbol(symbol)
        for connector in page.connectors:
            if connector.label:
                yield from map(_text, connector.label.texts)
        yield "</svg>"

    # --- The table

    def _table(self, page: Page) -> Iterator[str]:
        header = Box(0, 0, page.width, page.rows[0].box.y)
        yield _rect(header, "head")
        for row in page.rows:
            state = self.states.get(row.step, "")
            yield _rect(row.box, f"row {state}" if state in {"now", "late", "wrong"} else "row")
        yield _path("g", [op for rule in page.rules for op in (("M", *rule.start), ("L", *rule.end))])
        for cell in (*page.header, *(cell for row in page.rows for cell in row.cells)):
            yield from map(_text, cell.texts)

    def _told(self, page: Page) -> Iterator[str]:
        """Yield a sentence for each row: its number, who does what, and how it stands."""
        titles = {cell.column: _words(cell) for cell in page.header}
        lanes: dict[str, list[str]] = {}
        for symbol in page.symbols:
            names = lanes.setdefault(symbol.step, [])
            if (title := titles[f"lane:{symbol.lane}"]) not in names:
                names.append(title)
        for row in page.rows:
            yield self.told(row, ", ".join(lanes[row.step]))

    def told(self, row: Row, performers: str) -> str:
        """Return what a row says in a sentence."""
        activity = next(_words(cell) for cell in row.cells if cell.column == "activity")
        state = STATES.get(self.states.get(row.step, ""), "")
        return f"{row.number}. {performers}: {activity}{f' ({state})' if state else ''}."

    # --- The flow

    def _lines(self, chart: Chart, page: Page) -> Iterator[str]:
        corner = chart.strokes.corner
        for connector in page.connectors:
            yield _path(_line_class(connector), rounded(connector.drawn, corner))
        for line in page.lines:
            yield _path("bar" if line.kind == "bar" else "arr", [("M", *line.start), ("L", *line.end)])
        taken = [connector for connector in page.connectors if self._is_taken(connector)]
        for connector in taken:
            yield _path("arr on", rounded(connector.points, corner))
        for connector in (*page.connectors, *taken):
            if connector.arrow:
                yield _path("tip on" if connector in taken else "tip", polygon(connector.arrow))

    def _is_taken(self, connector: Connector) -> bool:
        if connector.flow == "stem":
            return self.states.get(connector.source) in {"done", "now", "late"}
        return (connector.source, connector.target) in self.traversed

    def _symbol(self, symbol: Symbol) -> Iterator[str]:
        address = None if symbol.extra else self.links.get(symbol.step)
        if address:
            yield f"<a href={quoteattr(address)}>"
        state = "" if symbol.extra else self.states.get(symbol.step, "")
        yield _path(self._symbol_class(symbol), outline(symbol), f" data-step={quoteattr(symbol.step)}")
        if state == "done":
            yield _path("tick", _tick(symbol.box))
        if not symbol.extra and (pill := self.pills.get(symbol.step)):
            x, y = symbol.box.centre
            yield f'<text class="pill" x="{_n(x)}" y="{_n(y)}" dy=".35em" text-anchor="middle">{escape(pill)}</text>'
        if address:
            yield "</a>"

    def _symbol_class(self, symbol: Symbol) -> str:
        parts = ["sym"]
        if symbol.extra:
            parts.append("small")
        else:
            state = self.states.get(symbol.step, "")
            parts += [state] if state and state != "todo" else []
            parts += [f"q{self.heat[symbol.step]}"] if symbol.step in self.heat else []
        return " ".join(parts)


def _line_class(connector: Connector) -> str:
    return f"arr {connector.flow}" if connector.flow in {"back", "timeout"} else "arr"


def _tick(box: Box) -> list[Op]:
    x, y = box.centre
    reach = box.height / 6
    return [("M", x - 1.3 * reach, y), ("L", x - 0.3 * reach, y + reach), ("L", x + 1.5 * reach, y - reach)]


def _words(cell: Cell) -> str:
    """Return the words of a cell; a word that was broken at the end of a line is whole again."""
    text = ""
    for line, following in pairwise([*(text.text for text in cell.texts), ""]):
        joins = line.endswith("-") and following[:1].islower()
        text += line.removesuffix("-") if joins else f"{line} "
    return text.strip()


def _text(text: Text) -> str:
    turn = f' transform="rotate(-90 {_n(text.x)} {_n(text.y)})"' if text.turned else ""
    place = f'x="{_n(text.x)}" y="{_n(text.y)}" font-size="{_n(text.size)}" text-anchor="{text.anchor}"{turn}'
    return f'<text class="{_TEXT_CLASS[text.role]}" {place}>{escape(text.text)}</text>'


def _rect(box: Box, kind: str) -> str:
    place = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
    return f'<rect class="{kind}" {place}/>'


def _path(kind: str, ops: Sequence[Op], more: str = "") -> str:
    return f'<path class="{kind}" d="{_d(ops)}"{more}/>'


def _sheet(chart: Chart, page: dict[str, Any]) -> Iterator[str]:
    width, height, unit = page["width"], page["height"], chart.unit
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}{unit}" '
    yield f'height="{height}{unit}" font-family="{chart.family}"><title>{escape(chart.title)}</title>'
    dash = f' stroke-dasharray="{_n(chart.strokes.dash[0])} {_n(chart.strokes.dash[1])}"'
    for path in page["paths"]:
        stroke = f' stroke="#000" stroke-width="{path["stroke"]}"' if path["stroke"] else ""
        ink = f'fill="{_INK[path["fill"]]}"{stroke}{dash if path["dashed"] else ""}'
        yield f'<path d="{_d(path["ops"])}" {ink}/>'
    for text in page["texts"]:
        bold = ' font-weight="bold"' if text["bold"] else ""
        turn = f' transform="rotate(-90 {text["x"]} {text["y"]})"' if text["turned"] else ""
        place = f'x="{text["x"]}" y="{text["y"]}" font-size="{text["size"]}" text-anchor="{text["anchor"]}"'
        yield f"<text {place}{bold}{turn}>{escape(text['text'])}</text>"
    yield "</svg>"


def _d(ops: Sequence[Sequence[Any]]) -> str:
    """Return the path data of drawing instructions."""
    return "".join(op + " ".join(map(_n, numbers)) for op, *numbers in ops)


def _n(number: float) -> str:
    return f"{round(number, 2):g}" if abs(number) < 1000 else f"{round(number, 1):.1f}".removesuffix(".0")
