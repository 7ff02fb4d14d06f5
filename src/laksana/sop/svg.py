"""Drawing a laid-out chart as SVG: for the screen with classes and states, for paper in black and white."""

from collections.abc import Collection, Iterator, Mapping
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from laksana.sop.chart.model import Box, Chart, Connector, OffPage, Page, Point, Row, Symbol, Text
from laksana.sop.chart.primitives import BOLD_ROLES, Op, as_data, outline, polygon, rounded

State = Literal["done", "now", "late", "todo"]
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
}


def draw(  # noqa: PLR0913  (each is a way to dress the same drawing)
    chart: Chart,
    *,
    states: Mapping[str, State] | None = None,
    traversed: Collection[tuple[str, str]] = (),
    heat: Mapping[str, int] | None = None,
    pills: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    description: str = "",
) -> str:
    """Return the SVG element of a chart laid out for the screen."""
    return ""


def sheets(chart: Chart) -> list[str]:
    """Return each page as an SVG document of its own, in black and white."""
    return [_sheet(chart, page) for page in as_data(chart)["pages"]]


def _sheet(chart: Chart, page: dict) -> str:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {page["width"]} {page["height"]}" '
        f'width="{page["width"]}{chart.unit}" height="{page["height"]}{chart.unit}" font-family="{chart.family}">'
    ]
    for path in page["paths"]:
        fill = {"none": "none", "paper": "#fff", "ink": "#000"}[path["fill"]]
        stroke = f' stroke="#000" stroke-width="{path["stroke"]}"' if path["stroke"] else ""
        dash = f' stroke-dasharray="{chart.strokes.dash[0]} {chart.strokes.dash[1]}"' if path["dashed"] else ""
        parts.append(f'<path d="{_d(path["ops"])}" fill="{fill}"{stroke}{dash}/>')
    for text in page["texts"]:
        bold = ' font-weight="bold"' if text["bold"] else ""
        turn = f' transform="rotate(-90 {text["x"]} {text["y"]})"' if text["turned"] else ""
        parts.append(
            f'<text x="{text["x"]}" y="{text["y"]}" font-size="{text["size"]}" text-anchor="{text["anchor"]}"{bold}{turn}>'
            f"{escape(text['text'])}</text>"
        )
    parts.append("</svg>")
    return "".join(parts)


def _d(ops) -> str:
    return "".join(op + " ".join(f"{number:g}" for number in numbers) for op, *numbers in ops)
