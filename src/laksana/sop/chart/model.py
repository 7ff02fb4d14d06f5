"""A laid-out flowchart: pages, rows, cells, symbols and connectors, with every text and line in its place.

Lengths are in the chart's unit: millimetres on paper, CSS pixels on the screen. Each page has its own origin at the upper
left corner of the table; y grows downwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Paper = Literal["A4", "A3", "A2", "screen"]
Point = tuple[float, float]
Role = Literal[
    "head",
    "lane",
    "number",
    "activity",
    "caption",
    "needs",
    "time",
    "gives",
    "note",
    "label",
    "letter",
    "hint",
]
Anchor = Literal["start", "middle", "end"]
SymbolKind = Literal["process", "decision", "terminator"]
Flow = Literal["onward", "back", "timeout", "stem"]
"""A stem joins a symbol to its own bar or capsule."""


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the y of the lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """Return the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, down: float) -> "Box":
        """Return this box moved down."""
        return Box(self.x, self.y + down, self.width, self.height)

    def overlaps(self, other: "Box", by: float = 0.0) -> bool:
        """Return whether the two share more than `by` in both directions; a negative `by` asks for a distance."""
        return (
            min(self.right, other.right) - max(self.x, other.x) > by
            and min(self.bottom, other.bottom) - max(self.y, other.y) > by
        )

    def contains(self, other: "Box", slack: float = 0.01) -> bool:
        """Return whether `other` lies inside, edges included."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


@dataclass(frozen=True)
class Text:
    """One line of text: where its baseline is anchored, and the box that it fills."""

    text: str
    x: float
    y: float
    size: float
    role: Role
    anchor: Anchor
    box: Box
    turned: bool = False
    """Whether it is read from below upwards."""


@dataclass(frozen=True)
class Cell:
    """One cell of the table with its lines; `column` is its key, such as "activity" or "lane:kasubag"."""

    column: str
    box: Box
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Row:
    """One kegiatan."""

    step: str
    number: int
    box: Box
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Symbol:
    """A symbol in a lane. `extra` marks the small capsule that ends a decision's exit or precedes a first decision."""

    step: str
    lane: str
    kind: SymbolKind
    box: Box
    extra: bool = False

    def outline(self) -> tuple[Point, ...]:
        """Return the corners of a rectangle or diamond; of a capsule the corners of its box."""
        box = self.box
        x, y = box.centre
        if self.kind == "decision":
            return (x, box.y), (box.right, y), (x, box.bottom), (box.x, y)
        return (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)


@dataclass(frozen=True)
class OffPage:
    """A pentagon where a connector leaves for, or arrives from, another page; pairs bear the same letter."""

    letter: str
    arrives: bool
    target: str
    """The step where the flow goes on."""
    steps: tuple[str, ...]
    """At a leaving pentagon the target, at an arriving one the steps that the flow comes from."""
    box: Box
    text: Text
    hint: Text | None = None
    """The numbers of the rows at the other side."""

    def outline(self) -> tuple[Point, ...]:
        """Return the corners: a house whose point shows down."""
        box = self.box
        shoulder = box.y + box.height * 0.6
        return (
            (box.x, box.y), (box.right, box.y), (box.right, shoulder), (box.centre[0], box.bottom), (box.x, shoulder),
        )  # fmt: skip


@dataclass(frozen=True)
class Label:
    """What is written at the exit of a decision, or beside a timeout."""

    box: Box
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Connector:
    """A line of the flow from one step to another, or to or from a pentagon.

    `points` is the whole way. Where it joins the line of another connector to the same target, `drawn` ends there, so that a
    dashed line is not drawn over; a case's path is highlighted along `points`.
    """

    source: str
    target: str
    outcomes: tuple[str, ...]
    flow: Flow
    points: tuple[Point, ...]
    drawn: tuple[Point, ...]
    arrow: tuple[Point, Point, Point] | None
    """The head; None where it ends in a pentagon or bar."""
    label: Label | None = None


@dataclass(frozen=True)
class Line:
    """A straight line: a rule of the table, the bar of a split or join, or the line between performers who act together."""

    start: Point
    end: Point
    kind: Literal["rule", "bar", "together"]


@dataclass(frozen=True)
class Page:
    """One sheet, or the whole chart on the screen."""

    number: int
    width: float
    height: float
    header: tuple[Cell, ...]
    rows: tuple[Row, ...]
    rules: tuple[Line, ...]
    lines: tuple[Line, ...]
    symbols: tuple[Symbol, ...]
    connectors: tuple[Connector, ...]
    off_pages: tuple[OffPage, ...]

    def texts(self) -> Iterator[Text]:
        """Yield every line of text on the page, header first, then row by row, then labels and letters."""
        for cell in (*self.header, *(cell for row in self.rows for cell in row.cells)):
            yield from cell.texts
        for connector in self.connectors:
            if connector.label:
                yield from connector.label.texts
        for off_page in self.off_pages:
            yield off_page.text
            if off_page.hint:
                yield off_page.hint


@dataclass(frozen=True)
class Strokes:
    """How heavy the lines are, and how large corners and arrow heads."""

    rule: float
    symbol: float
    connector: float
    bar: float
    corner: float
    """The radius of a connector's bend."""
    dash: tuple[float, float]


@dataclass(frozen=True)
class Chart:
    """A whole flowchart."""

    procedure: str
    title: str
    unit: Literal["mm", "px"]
    paper: Paper
    family: str
    strokes: Strokes
    pages: tuple[Page, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the drawing as JSON-able primitives: see `laksana.sop.chart.primitives`."""
        from laksana.sop.chart.primitives import as_data

        return as_data(self)
