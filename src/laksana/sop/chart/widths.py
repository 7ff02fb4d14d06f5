"""Sharing the width of a sheet between lanes and texts."""

from collections.abc import Sequence
from functools import cached_property

from laksana.sop.chart.columns import TEXT_ROLES, Columns, TextHeights, text_widths
from laksana.sop.chart.lanes import Gutter, lanes_at, least_width
from laksana.sop.chart.model import Role
from laksana.sop.chart.style import Style
from laksana.sop.chart.subject import Subject
from laksana.sop.chart.typesetting import upright_width

_LANE_SHARE = 0.46
"""The share of the table's width that the lanes would like."""
_COMFORTABLE = 1.3
"""How many times its least width a lane would like at least."""
_GUESSED_TRACKS = 2
_HARDLY = 0.05
"""A share of a wish too small to be worth laying out again."""


class Widths:
    """The widths of one chart in one style."""

    def __init__(self, subject: Subject, style: Style) -> None:
        self._subject = subject
        self._style = style
        self._shared_out: dict[float, dict[Role, float]] = {}

    def suffice(self, gutters: Sequence[Gutter]) -> bool:
        """Return whether the lanes leave the texts the width that they need."""
        return least_width(gutters, self._style) <= self._lanes_most

    def columns(self, gutters: Sequence[Gutter]) -> Columns:
        """Return the columns, with the lanes as wide as their gutters ask."""
        style = self._style
        lanes_width = max(least_width(gutters, style), self._lanes_wish)
        widths = self._texts(lanes_width)
        x = style.number_width
        texts: dict[Role, tuple[float, float]] = {"activity": (x, widths["activity"])}
        lanes, diamond = lanes_at(self._headings, gutters, x + widths["activity"], lanes_width, style)
        x = lanes[-1].right
        for column in list(widths)[1:]:
            texts[column] = (x, widths[column])
            x += widths[column]
        return Columns((0, style.number_width), texts, tuple(lanes), diamond, x)

    def guess(self) -> Columns:
        """Return the columns as they would be with a few lines in each gutter."""
        return self.columns([Gutter(_GUESSED_TRACKS)] * (len(self._subject.lanes) + 1))

    def bounded(self, gutters: Sequence[Gutter], wider: Sequence[Gutter]) -> list[Gutter]:
        """Return wider gutters, cut down to what the sheet can give."""
        least, wished = least_width(gutters, self._style), least_width(wider, self._style)
        if wished <= max(least, self._lanes_most):
            return list(wider)
        share = max(0.0, (self._lanes_most - least) / (wished - least))
        if share < _HARDLY:
            return list(gutters)
        return [before.towards(after, share) for before, after in zip(gutters, wider, strict=True)]

    def row_heights(self) -> list[float]:
        """Return the heights of the rows by their texts alone, before any line is drawn."""
        style = self._style
        lines = [
            self._text_heights[column].at(width) for column, width in self._texts(self._lanes_wish).items()
        ]
        leading, least = style.setting("activity").leading, style.least_row + 2 * style.gap
        return [max(least, max(row) * leading + 2 * style.padding) for row in zip(*lines, strict=True)]

    @cached_property
    def _headings(self) -> dict[str, float]:
        """Return for each lane the width at which its heading breaks no word."""
        titles = zip(self._subject.lanes, self._subject.lane_titles, strict=True)
        return {lane: upright_width(self._style, title) for lane, title in titles}

    @property
    def _lanes_most(self) -> float:
        style = self._style
        if style.height is None:
            return float("inf")
        return style.width - style.number_width - sum(style.text_widths.values())

    @property
    def _lanes_wish(self) -> float:
        lanes, (least, most) = len(self._subject.lanes), self._style.lane_width
        wish = self._style.width * _LANE_SHARE / lanes
        return lanes * min(most, max(least * _COMFORTABLE, wish))

    def _texts(self, lanes: float) -> dict[Role, float]:
        """Return the widths of the text columns beside lanes of so much width together."""
        known = self._shared_out.get(lanes)
        if known is None:
            least = self._style.text_widths
            room = self._style.width - self._style.number_width - lanes
            known = text_widths(self._text_heights, least, max(room, sum(least.values())))
            self._shared_out[lanes] = known
        return known

    @cached_property
    def _text_heights(self) -> dict[Role, TextHeights]:
        style, contents = self._style, self._subject.contents
        return {
            column: TextHeights(style.setting(column), [c.entries[column] for c in contents], style.padding)
            for column in TEXT_ROLES
            if column in style.text_widths
        }
