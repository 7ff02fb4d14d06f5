"""A laid-out chart as plain drawing instructions, for a typesetter or any other program.

    {"procedure", "title", "unit": "mm", "paper": "A4", "family": "Arimo",
     "strokes": {"rule", "symbol", "connector", "bar", "corner", "dash"},
     "pages": [{"number", "width", "height",
                "header": [CELL], "rows": [{"step", "number", "box", "cells": [CELL]}],
                "paths": [PATH], "texts": [TEXT]}]}

    CELL  {"column", "box": {"x", "y", "width", "height"}, "text": the whole text of the cell}
    PATH  {"kind": rule | ground | bar | together | connector | arrow | process | decision | terminator | off-page,
           "ops": [["M", x, y], ["L", x, y], ["Q", cx, cy, x, y], ["C", ax, ay, bx, by, x, y], ["Z"]],
           "stroke": width or 0, "fill": "none" | "paper" | "ink", "dashed": bool}
    TEXT  {"text", "x", "y" (the baseline), "size", "role", "anchor": start | middle | end, "bold", "turned",
           "box"}  turned: rotated by 90 degrees counter-clockwise about (x, y)

Paths and texts stand in the order of drawing; texts go over paths.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Literal

from laksana.sop.chart.model import Box, Cell, Chart, Page, Point, Strokes, Symbol, Text

Op = tuple[Any, ...]
BOLD_ROLES = frozenset({"head", "lane", "letter"})
_CIRCLE = 0.5523
"""How far the handles of a cubic curve reach, in radii, to draw a quarter of a circle."""


def as_data(chart: Chart) -> dict[str, Any]:
    """Return a chart as the data described above."""
    return {
        "procedure": chart.procedure,
        "title": chart.title,
        "unit": chart.unit,
        "paper": chart.paper,
        "family": chart.family,
        "strokes": asdict(chart.strokes),
        "pages": [_page(page, chart.strokes) for page in chart.pages],
    }


def _page(page: Page, strokes: Strokes) -> dict[str, Any]:
    return {
        "number": page.number,
        "width": _rounded(page.width),
        "height": _rounded(page.height),
        "header": [_cell(cell) for cell in page.header],
        "rows": [
            {
                "step": row.step,
                "number": row.number,
                "box": _box(row.box),
                "cells": [_cell(cell) for cell in row.cells],
            }
            for row in page.rows
        ],
        "paths": list(_paths(page, strokes)),
        "texts": [_text(text) for text in page.texts()],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"column": cell.column, "box": _box(cell.box), "text": " ".join(text.text for text in cell.texts)}


def _text(text: Text) -> dict[str, Any]:
    return {
        "text": text.text,
        "x": _rounded(text.x),
        "y": _rounded(text.y),
        "size": _rounded(text.size),
        "role": text.role,
        "anchor": text.anchor,
        "bold": text.role in BOLD_ROLES,
        "turned": text.turned,
        "box": _box(text.box),
    }


def _paths(page: Page, strokes: Strokes) -> Iterator[dict[str, Any]]:
    for line in page.rules:
        yield _path("rule", [("M", *line.start), ("L", *line.end)], strokes.rule)
    for box in label_grounds(page):
        yield _path("ground", polygon(_corners(box)), 0, "paper")
    for connector in page.connectors:
        yield _path(
            "connector",
            rounded(connector.drawn, strokes.corner),
            strokes.connector,
            dashed=connector.flow == "timeout",
        )
    for line in page.lines:
        weight = strokes.bar if line.kind == "bar" else strokes.connector
        yield _path(line.kind, [("M", *line.start), ("L", *line.end)], weight)
    for connector in page.connectors:
        if connector.arrow:
            yield _path("arrow", polygon(connector.arrow), 0, "ink")
    for symbol in page.symbols:
        yield _path(symbol.kind, outline(symbol), strokes.symbol, "paper")
    for off_page in page.off_pages:
        yield _path("off-page", polygon(off_page.outline()), strokes.symbol, "paper")


def _path(
    kind: str,
    ops: Sequence[Op],
    stroke: float,
    fill: Literal["none", "paper", "ink"] = "none",
    *,
    dashed: bool = False,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "ops": [[op, *map(_rounded, numbers)] for op, *numbers in ops],
        "stroke": stroke,
        "fill": fill,
        "dashed": dashed,
    }


def label_grounds(page: Page) -> list[Box]:
    """Return the boxes of labels that lie over a rule between columns, which gives way to them."""
    uprights = [rule.start[0] for rule in page.rules if rule.start[0] == rule.end[0]]
    labels = [connector.label.box for connector in page.connectors if connector.label]
    hints = [off_page.hint.box for off_page in page.off_pages if off_page.hint]
    return [box for box in (*labels, *hints) if any(box.x < x < box.right for x in uprights)]


def _corners(box: Box) -> list[Point]:
    return [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]


def polygon(points: Sequence[Point]) -> list[Op]:
    """Return a closed path through the points."""
    first, *others = points
    return [("M", *first), *(("L", *point) for point in others), ("Z",)]


def outline(symbol: Symbol) -> list[Op]:
    """Return the path around a symbol."""
    return _capsule(symbol.box) if symbol.kind == "terminator" else polygon(symbol.outline())


def _capsule(box: Box) -> list[Op]:
    radius = min(box.height, box.width) / 2
    handle = radius * (1 - _CIRCLE)
    left, right, top, bottom = box.x, box.right, box.y, box.bottom
    middle = box.centre[1]
    return [
        ("M", left + radius, top),
        ("L", right - radius, top),
        ("C", right - handle, top, right, top + handle, right, middle),
        ("C", right, bottom - handle, right - handle, bottom, right - radius, bottom),
        ("L", left + radius, bottom),
        ("C", left + handle, bottom, left, bottom - handle, left, middle),
        ("C", left, top + handle, left + handle, top, left + radius, top),
        ("Z",),
    ]


def rounded(points: Sequence[Point], radius: float) -> list[Op]:
    """Return the path along an orthogonal polyline, its bends rounded as far as the legs allow."""
    ops: list[Op] = [("M", *points[0])]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, _distance(before, corner) / 2, _distance(corner, after) / 2)
        ops.append(("L", *_towards(corner, before, reach)))
        ops.append(("Q", *corner, *_towards(corner, after, reach)))
    ops.append(("L", *points[-1]))
    return ops


def _distance(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(start: Point, goal: Point, reach: float) -> Point:
    length = _distance(start, goal)
    share = reach / length if length else 0.0
    return start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share


def _box(box: Box) -> dict[str, float]:
    return {
        "x": _rounded(box.x),
        "y": _rounded(box.y),
        "width": _rounded(box.width),
        "height": _rounded(box.height),
    }


def _rounded(number: float) -> float:
    return round(number, 3)
