"""The measures of a chart on each paper: sizes of type, symbols, gaps and columns."""

from dataclasses import dataclass, replace

from laksana.sop.chart.model import Paper, Role, Strokes
from laksana.sop.chart.typeface import Family, typeface
from laksana.sop.chart.wires import Terminal
from laksana.sop.chart.wrapping import Setting

SIZES: tuple[Paper, ...] = ("A4", "A3", "A2")
"""The sheets that a chart may be printed on, the smallest first."""
POINT = 25.4 / 72
"""Millimetres of a typographic point."""


@dataclass(frozen=True)
class Style:
    """All that depends on the paper. Lengths are in its unit."""

    paper: Paper
    family: Family
    width: float
    """Of the table; on the screen the least."""
    height: float | None
    """Of the table on one sheet; None where it may run on."""
    settings: dict[Role, Setting]
    strokes: Strokes
    padding: float
    """From the edge of a cell to its text."""
    item_gap: float
    """Between the entries of a list in a cell."""
    number_width: float
    least_row: float
    lane_width: tuple[float, float]
    """The least and the greatest width of a lane."""
    text_widths: dict[Role, float]
    """Column -> its least width."""
    symbol: tuple[float, float]
    """The width of a diamond, the widest symbol: least and greatest."""
    diamond_height: float
    box_height: float
    box_share: float
    """The width of a rectangle or capsule as a share of the diamond's."""
    capsule: tuple[float, float]
    """Width and height of the small capsule."""
    pentagon: float
    spacing: float
    """Between lines that run side by side."""
    clearance: float
    """From the side of a symbol to the nearest line that passes it: room for an arrow head."""
    arrow: tuple[float, float]
    """Length and width of an arrow head."""
    gap: float
    """Between a label or terminal and whatever is next to it."""

    @property
    def narrow_lane(self) -> float:
        """Return the width of a lane below which headings whose words would be broken are turned instead."""
        return self.setting("lane").size * 5.5

    @property
    def bus(self) -> float:
        """Return how far from a symbol the line stands from which several exits at one side branch off."""
        return self.clearance * 0.45

    @property
    def inward_bus(self) -> float:
        """Return the same for lines that arrive: it leaves room for an arrow head."""
        return self.arrow[0] * 1.15

    def terminal(self, kind: Terminal | None) -> tuple[float, float] | None:
        """Return the width and height of a terminal: a small capsule, or a pentagon."""
        match kind:
            case None:
                return None
            case "begins" | "ends":
                return self.capsule
            case "leaves" | "arrives":
                return self.pentagon, self.pentagon

    def setting(self, role: Role) -> Setting:
        """Return how a kind of text is set."""
        return self.settings[role]


def _settings(family: Family, sizes: dict[Role, tuple[int, float, float]]) -> dict[Role, Setting]:
    return {
        role: Setting(typeface(family, weight), size, leading)
        for role, (weight, size, leading) in sizes.items()
    }


def _points(size: float, leading: float, weight: int = 400) -> tuple[int, float, float]:
    return weight, size * POINT, leading * POINT


def sheet(paper: Paper = "A4") -> Style:
    """Return the style of a printed sheet, landscape, black and white."""
    body = _points(8, 9.6)
    style = Style(
        paper="A4",
        family="Arimo",
        width=277,
        height=172,
        settings=_settings(
            "Arimo",
            {
                "head": _points(8, 9.6, 700),
                "lane": _points(7.5, 8.8, 700),
                "number": body,
                "activity": body,
                "caption": body,
                "needs": body,
                "time": body,
                "gives": body,
                "note": _points(7.5, 9),
                "label": _points(7, 8),
                "letter": _points(7.5, 8.5, 700),
                "hint": _points(6.5, 7.5),
            },
        ),
        strokes=Strokes(rule=0.2, symbol=0.35, connector=0.35, bar=1.0, corner=1.0, dash=(1.2, 0.9)),
        padding=1.2,
        item_gap=0.5,
        number_width=8,
        least_row=14,
        lane_width=(13, 30),
        text_widths={"activity": 38, "needs": 23, "time": 15, "gives": 23, "note": 24},
        symbol=(9.5, 13),
        diamond_height=8.5,
        box_height=6.5,
        box_share=0.88,
        capsule=(7, 3.6),
        pentagon=5,
        spacing=1.5,
        clearance=2.6,
        arrow=(2.0, 1.6),
        gap=0.8,
    )
    if paper == "A4":
        return style
    width, height = (400, 254) if paper == "A3" else (574, 377)
    wide: dict[Role, float] = {"activity": 48, "needs": 28, "time": 15, "gives": 28, "note": 34}
    return replace(style, paper=paper, width=width, height=height, text_widths=wide)


def dense(style: Style) -> Style:
    """Return a printed style for many lanes: the same type, with narrower columns, smaller symbols and closer lines."""
    narrow: dict[Role, float] = {"activity": 36, "needs": 21, "time": 14, "gives": 21, "note": 22}
    return replace(
        style,
        symbol=(8, 13),
        clearance=2.4,
        spacing=1.3,
        lane_width=(11.5, 30),
        padding=1.0,
        text_widths=narrow,
    )


def styles(paper: Paper) -> list[Style]:
    """Return the styles to try in turn for a sheet, or larger ones where the lanes do not fit it."""
    sizes = SIZES[SIZES.index(paper) :]
    return [sheet(sizes[0]), dense(sheet(sizes[0])), *map(sheet, sizes[1:])]


def screen(width: float, *, lanes_only: bool) -> Style:
    """Return the style of a page in the browser, at least `width` CSS pixels wide."""
    body = (400, 12.5, 15.0)
    columns: dict[Role, float] = {"activity": 220}
    if not lanes_only:
        columns |= {"needs": 116, "time": 76, "gives": 116, "note": 130}
    return Style(
        paper="screen",
        family="Plus Jakarta Sans",
        width=width,
        height=None,
        settings=_settings(
            "Plus Jakarta Sans",
            {
                "head": (650, 12, 15),
                "lane": (650, 11, 13),
                "number": body,
                "activity": body,
                "caption": (400, 12, 15),
                "needs": (400, 12, 15),
                "time": (400, 12, 15),
                "gives": (400, 12, 15),
                "note": (400, 12, 15),
                "label": (650, 11, 13),
                "letter": (650, 11, 13),
                "hint": (400, 11, 13),
            },
        ),
        strokes=Strokes(rule=1, symbol=1.4, connector=1.4, bar=4, corner=5, dash=(4, 3)),
        padding=9,
        item_gap=2,
        number_width=36,
        least_row=62,
        lane_width=(64, 128),
        text_widths=columns,
        symbol=(46, 52),
        diamond_height=34,
        box_height=26,
        box_share=0.82,
        capsule=(30, 15),
        pentagon=20,
        spacing=6,
        clearance=12,
        arrow=(8, 7),
        gap=4,
    )
