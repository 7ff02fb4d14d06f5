"""Laying out a procedure's chart: which rows on which sheet, how wide the columns, and so each page."""

from collections.abc import Mapping, Sequence

from laksana.sop.chart.compose import Composer, Frame
from laksana.sop.chart.gutters import gutters, widened
from laksana.sop.chart.lanes import Gutter
from laksana.sop.chart.model import Chart, Paper
from laksana.sop.chart.paging import breaks
from laksana.sop.chart.style import Style, screen, styles
from laksana.sop.chart.subject import Sheets, Subject
from laksana.sop.chart.typesetting import heading_cells
from laksana.sop.chart.widths import Widths
from laksana.sop.definition import Procedure

SCREEN_WIDTH = 1104.0
"""The least width on the screen, in CSS pixels."""
LANES_ONLY_WIDTH = 757.0
_TRIES = 8
"""How often the rows are shared out anew, when lines and labels made a sheet too full."""
_WIDENINGS = 4
"""How often the lanes are widened for labels that had to break a word."""
_EXACT = 0.001


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

    On paper the unit is millimetres; a procedure whose lanes do not fit A4 comes out on A3, or on A2. On the screen it is CSS
    pixels, one page, at least `width` wide; `lanes_only` leaves out Mutu Baku and Keterangan there. `titles` names other
    procedures that a step starts (by id), `captions` gives a line to stand under the activity of a step.
    """
    subject = Subject(procedure, titles or {}, captions or {})
    if paper == "screen":
        least = width or (LANES_ONLY_WIDTH if lanes_only else SCREEN_WIDTH)
        return _Layout(subject, screen(least, lanes_only=lanes_only)).chart()
    for style in styles(paper):
        layout = _Layout(subject, style)
        if layout.may_fit and layout.fits(chart := layout.chart()):
            return chart
    return layout.chart()


class _Layout:
    """The work on one chart in one style."""

    def __init__(self, subject: Subject, style: Style) -> None:
        self.subject = subject
        self.style = style
        self.widths = Widths(subject, style)
        self.heights = self.widths.row_heights()
        self.header = heading_cells(style, self.widths.guess(), subject.lane_titles)[1]

    @property
    def may_fit(self) -> bool:
        """Return whether the lanes are narrow enough for the sheet, as far as one can tell before laying out."""
        return self.widths.suffice(self._gutters(self._sheets()))

    def fits(self, chart: Chart) -> bool:
        """Return whether no page is wider than its sheet."""
        return all(page.width <= self.style.width + _EXACT for page in chart.pages)

    def chart(self) -> Chart:
        """Return the chart, once no sheet is fuller than it may be."""
        procedure, style = self.subject.procedure, self.style
        return Chart(
            procedure=procedure.id,
            title=procedure.title,
            unit="px" if style.paper == "screen" else "mm",
            paper=style.paper,
            family=style.family,
            strokes=style.strokes,
            pages=tuple(composer.page(number) for number, composer in enumerate(self._composers(), 1)),
        )

    def _composers(self) -> list[Composer]:
        composers: list[Composer] = []
        for _ in range(_TRIES):
            composers = self._widen(self._sheets())
            if all(self._is_low_enough(composer) for composer in composers):
                break
            measured = [height for composer in composers for height in composer.heights]
            self.heights = [max(pair) for pair in zip(self.heights, measured, strict=True)]
            self.header = max(self.header, composers[0].frame.header_height)
        return composers

    def _is_low_enough(self, composer: Composer) -> bool:
        full = self.style.height
        return full is None or composer.height <= full or len(composer.heights) == 1

    def _sheets(self) -> Sheets:
        if self.style.height is None:
            return ((0, len(self.heights)),)
        return tuple(breaks(self.heights, self.style.height - self.header, self.subject.cuts))

    def _gutters(self, sheets: Sheets) -> list[Gutter]:
        return gutters(self.subject.plans(sheets), self.style)

    def _widen(self, sheets: Sheets) -> list[Composer]:
        """Return the pages, their lanes widened until no label breaks a word, as far as the sheet allows."""
        between = self._gutters(sheets)
        composers = self._compose(sheets, between)
        for _ in range(_WIDENINGS):
            around = [each for composer in composers for each in composer.around]
            wider = self.widths.bounded(between, widened(between, self.subject.stops, around))
            if wider == between:
                break
            between, composers = wider, self._compose(sheets, wider)
        return composers

    def _compose(self, sheets: Sheets, between: Sequence[Gutter]) -> list[Composer]:
        columns, subject = self.widths.columns(between), self.subject
        header, height = heading_cells(self.style, columns, subject.lane_titles)
        frame = Frame(self.style, columns, tuple(header), height, subject.numbers, subject.letters(sheets))
        return [
            Composer(frame, plan, subject.contents[first:last])
            for plan, (first, last) in zip(subject.plans(sheets), sheets, strict=True)
        ]
