"""Laying out a procedure's chart: columns, sheets, lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import count, product
from string import ascii_uppercase

from laksana.sop.chart.columns import (
    TEXT_ROLES,
    Columns,
    Gutter,
    TextHeights,
    lanes_at,
    least_lanes_width,
    text_widths,
)
from laksana.sop.chart.compose import Composer, Frame
from laksana.sop.chart.content import rows as row_contents
from laksana.sop.chart.links import links
from laksana.sop.chart.model import Chart, Paper
from laksana.sop.chart.paging import breaks, cuts
from laksana.sop.chart.plan import Plan, plan
from laksana.sop.chart.style import Style, screen, styles
from laksana.sop.chart.typesetting import heading_cells
from laksana.sop.chart.ways import Side
from laksana.sop.chart.wires import stops, wires
from laksana.sop.definition import END, Procedure

Sheets = tuple[tuple[int, int], ...]
SCREEN_WIDTH = 1104.0
LANES_ONLY_WIDTH = 757.0
_TRIES = 8
_EXACT = 0.001
_HARDLY = 0.05
"""A share of a wish too small to be worth laying out again."""
_LANE_SHARE = 0.46
"""The share of the table's width that the lanes would like."""
_WIDENINGS = 4
"""How often the lanes are widened for labels that had to break a word."""

_GENEROUS = 2.1
"""How many times the width that a label lacks is added: part of it comes off what lay free around the symbol."""


def lay_out(
    procedure: Procedure,
    *,
    paper: Paper = "A4",
    lanes_only: bool = False,
    width: float | None = None,
    titles: Mapping[str, str] | None = None,
    captions: Mapping[str, str] | None = None,
) -> Chart:
    """Return the chart of a procedure.

    On paper the unit is millimetres; a procedure whose lanes do not fit A4 comes out on A3, or on A2. On the screen it is CSS pixels, one page,
    at least `width` wide; `lanes_only` leaves out Mutu Baku and Keterangan there. `titles` names other procedures that
    a step starts (by id), `captions` gives a line to stand under the activity of a step.
    """
    if paper == "screen":
        wide = width or (LANES_ONLY_WIDTH if lanes_only else SCREEN_WIDTH)
        return _Layout(procedure, screen(wide, lanes_only=lanes_only), titles or {}, captions or {}).chart()
    for style in styles(paper):
        layout = _Layout(procedure, style, titles or {}, captions or {})
        if layout.fits_width and layout.fits(chart := layout.chart()):
            return chart
    return layout.chart()


class _Layout:
    """The work on one chart in one style."""

    def __init__(
        self, procedure: Procedure, style: Style, titles: Mapping[str, str], captions: Mapping[str, str]
    ) -> None:
        self.procedure = procedure
        self.style = style
        self.links = links(procedure)
        self.stops = stops(procedure, self.links)
        self.contents = row_contents(procedure, titles, captions)
        self.lane_titles = [performer.title for performer in procedure.performers.values()]
        self._plans: dict[tuple[int, int], Plan] = {}

    def chart(self) -> Chart:
        """Return the chart, once no sheet is fuller than it may be."""
        composers = self._composers()
        return Chart(
            procedure=self.procedure.id,
            title=self.procedure.title,
            unit="px" if self.style.paper == "screen" else "mm",
            paper=self.style.paper,
            family=self.style.family,
            strokes=self.style.strokes,
            pages=tuple(composer.page(number) for number, composer in enumerate(composers, 1)),
        )

    @property
    def fits_width(self) -> bool:
        """Return whether the lanes leave the texts the width that they need."""
        return self._lanes_least(self._gutters(self._sheets(self._first_heights, self._header_guess))) <= self._lanes_most

    def fits(self, chart: Chart) -> bool:
        """Return whether no page is wider than its sheet."""
        return all(page.width <= self.style.width + _EXACT for page in chart.pages)

    # --- Sheets

    def _composers(self) -> list[Composer]:
        heights, header = list(self._first_heights), self._header_guess
        composers: list[Composer] = []
        for _ in range(_TRIES):
            sheets = self._sheets(heights, header)
            composers = self._compose(sheets)
            full = self.style.height
            if full is None or all(c.height <= full or len(c.heights) == 1 for c in composers):
                break
            measured = [height for composer in composers for height in composer.heights]
            heights = [max(pair) for pair in zip(heights, measured, strict=True)]
            header = max(header, composers[0].frame.header_height)
        return composers

    def _compose(self, sheets: Sheets) -> list[Composer]:
        gutters = self._gutters(sheets)
        composers = self._compose_in(sheets, gutters)
        for _ in range(_WIDENINGS):
            wider = self._bounded(gutters, _widened(gutters, composers))
            if wider == gutters:
                break
            gutters, composers = wider, self._compose_in(sheets, wider)
        return composers

    def _bounded(self, gutters: Sequence[Gutter], wider: Sequence[Gutter]) -> list[Gutter]:
        """Return wider gutters, cut down to what the sheet can give."""
        least, wished = self._lanes_least(gutters), self._lanes_least(wider)
        if wished <= self._lanes_most:
            return list(wider)
        share = max(0.0, (self._lanes_most - least) / (wished - least))
        if share < _HARDLY:
            return list(gutters)
        return [before.towards(after, share) for before, after in zip(gutters, wider, strict=True)]

    def _compose_in(self, sheets: Sheets, gutters: Sequence[Gutter]) -> list[Composer]:
        columns = self._columns(gutters)
        header, header_height = heading_cells(self.style, columns, self.lane_titles)
        numbers = {content.step: content.number for content in self.contents}
        frame = Frame(self.style, columns, tuple(header), header_height, numbers, self._letters(sheets))
        return [Composer(frame, self._plan(*rows), self.contents[slice(*rows)]) for rows in sheets]

    def _sheets(self, heights: Sequence[float], header: float) -> Sheets:
        if self.style.height is None:
            return ((0, len(self.stops)),)
        room = self.style.height - header
        return tuple(breaks(heights, room, cuts(self.links, self._places)))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {stop.step: place for place, stop in enumerate(self.stops)}

    @cached_property
    def _first_heights(self) -> list[float]:
        """The heights of the rows by their texts alone, before any line is drawn."""
        style = self.style
        widths = self._text_widths(self._text_room(self._lanes_wish))
        lines = [self._text_heights[column].at(width) for column, width in widths.items()]
        leading = style.setting("activity").leading
        return [
            max(style.least_row + 2, max(row) * leading + 2 * style.padding)
            for row in zip(*lines, strict=True)
        ]

    @cached_property
    def _header_guess(self) -> float:
        columns = self._columns([Gutter(2)] * (len(self.lane_titles) + 1))
        return heading_cells(self.style, columns, self.lane_titles)[1]

    def _plan(self, first: int, last: int) -> Plan:
        known = self._plans.get((first, last))
        if known is None:
            page_wires = wires(self.stops, self.links, first, last)
            known = self._plans[first, last] = plan(self.stops[first:last], page_wires, len(self.lane_titles))
        return known

    def _letters(self, sheets: Sheets) -> dict[str, str]:
        """Return the letter of each step that is reached from another sheet, in the order in which the lines leave."""
        sheet_of = {
            self.stops[row].step: number for number, rows in enumerate(sheets) for row in range(*rows)
        }
        cut = [
            link
            for link in self.links
            if link.target != END and sheet_of[link.source] != sheet_of[link.target]
        ]
        return dict(zip(dict.fromkeys(link.target for link in cut), _alphabet(), strict=False))

    # --- Widths

    @cached_property
    def _text_heights(self) -> dict[str, TextHeights]:
        return {
            column: TextHeights(
                self.style.setting(column),
                [content.entries[column] for content in self.contents],
                self.style.padding,
            )
            for column in TEXT_ROLES
            if column in self.style.text_widths
        }

    def _gutters(self, sheets: Sheets) -> list[Gutter]:
        plans = [self._plan(*rows) for rows in sheets]
        most = [max(counts) for counts in zip(*(plan.counts for plan in plans), strict=True)]
        gutters = [Gutter(tracks) for tracks in most]
        room = self.style.pentagon + self.style.arrow[0] + 3 * self.style.gap
        for place, side in ((0, 0), (-1, 1)):
            if any(plan.rooms[side] for plan in plans):
                gutters[place] = Gutter(most[place], room)
        return gutters

    def _lanes_least(self, gutters: Sequence[Gutter]) -> float:
        return least_lanes_width(gutters, self.style)

    @property
    def _lanes_most(self) -> float:
        if self.style.height is None:
            return float("inf")
        least = sum(width for width, _ in self.style.text_widths.values())
        return self.style.width - self.style.number_width - least

    @property
    def _lanes_wish(self) -> float:
        lanes, (least, most) = len(self.lane_titles), self.style.lane_width
        wish = self.style.width * _LANE_SHARE / lanes
        return lanes * min(most, max(least * 1.3, wish))

    def _text_room(self, lanes: float) -> float:
        room = self.style.width - self.style.number_width - lanes
        return max(room, sum(least for least, _ in self.style.text_widths.values()))

    def _text_widths(self, room: float) -> dict[str, float]:
        least = {column: width for column, (width, _) in self.style.text_widths.items()}
        return text_widths(self._text_heights, least, room)

    def _columns(self, gutters: Sequence[Gutter]) -> Columns:
        style = self.style
        lanes_width = max(self._lanes_least(gutters), self._lanes_wish)
        widths = self._text_widths(self._text_room(lanes_width))
        x = style.number_width
        texts = {"activity": (x, widths["activity"])}
        x += widths["activity"]
        lanes, diamond = lanes_at(list(self.procedure.performers), gutters, x, lanes_width, style)
        x = lanes[-1].right
        for column in list(widths)[1:]:
            texts[column] = (x, widths[column])
            x += widths[column]
        return Columns((0, style.number_width), texts, tuple(lanes), diamond, x)


def _widened(gutters: Sequence[Gutter], composers: Sequence[Composer]) -> list[Gutter]:
    """Return the gutters with the room that labels lacked."""
    wider = list(gutters)
    for composer in composers:
        for stop, around in zip(composer.plan.stops, composer.around, strict=True):
            if lack := around.lacking.get(Side.RIGHT):
                place = stop.rightmost + 1
                extra = max(wider[place].left_extra, gutters[place].left_extra + _GENEROUS * lack)
                wider[place] = replace(wider[place], left_extra=extra)
            if lack := around.lacking.get(Side.LEFT):
                place = stop.leftmost
                extra = max(wider[place].right_extra, gutters[place].right_extra + _GENEROUS * lack)
                wider[place] = replace(wider[place], right_extra=extra)
    return wider


def _alphabet() -> Iterator[str]:
    """Yield A, B, ..., Z, AA, AB, ..."""
    for length in count(1):
        yield from map("".join, product(ascii_uppercase, repeat=length))
