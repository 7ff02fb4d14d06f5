"""Setting the words of header and cells in lines."""

from collections.abc import Iterator, Sequence

from laksana.sop.chart.columns import Columns
from laksana.sop.chart.content import HEADINGS, RowContent
from laksana.sop.chart.lanes import Lane
from laksana.sop.chart.model import Anchor, Box, Cell, Role, Text
from laksana.sop.chart.style import Style
from laksana.sop.chart.wrapping import Setting

STANDARD = ("needs", "time", "gives")
"""The columns under Mutu Baku."""
_CENTRED = {"number", "time"}
_TIGHT = 0.8
"""The margins of a heading, left and right together, in paddings."""
_MARGIN = 2.0
"""The same of a turned one."""
_TURNED = 12
"""How long the lines of a turned heading may be, in sizes of its type, before they are more than its lane holds."""
_EXACT = 0.01


def lines_at(setting: Setting, role: Role, lines: Sequence[str], box: Box, anchor: Anchor) -> Iterator[Text]:
    """Yield lines of text from the top of a box downwards, at its left, its middle or its right."""
    for place, line in enumerate(lines):
        top, width = box.y + place * setting.leading, setting.width(line)
        x = {"start": box.x, "middle": box.centre[0], "end": box.right}[anchor]
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
        yield Text(
            line, x, setting.baseline(top), setting.size, role, anchor, Box(left, top, width, setting.leading)
        )


def _wrapped(style: Style, content: RowContent, column: Role, width: float) -> list[list[str]]:
    setting = style.setting(column)
    return [setting.wrap(entry, width - 2 * style.padding) for entry in content.entries[column]]


def text_height(style: Style, columns: Columns, content: RowContent) -> float:
    """Return the height that the texts of a row need, padding included."""
    return max(_column_height(style, content, column, width) for column, (_, width) in columns.texts.items())


def _column_height(style: Style, content: RowContent, column: str, width: float) -> float:
    role: Role = column  # type: ignore[assignment]
    entries = _wrapped(style, content, role, width)
    height = sum(map(len, entries)) * style.setting(role).leading + max(0, len(entries) - 1) * style.item_gap
    if column == "activity" and content.caption:
        height += style.setting("caption").leading * len(_caption(style, content, width))
    return height + 2 * style.padding


def _caption(style: Style, content: RowContent, width: float) -> list[str]:
    return style.setting("caption").wrap(content.caption, width - 2 * style.padding)


def cell_texts(style: Style, columns: Columns, content: RowContent, row: Box) -> Iterator[Cell]:
    """Yield the cells of a row, from left to right."""
    x, width = columns.number
    yield _cell(style, "number", [[str(content.number)]], Box(x, row.y, width, row.height))
    for column, (column_x, column_width) in columns.texts.items():
        if column == "activity":
            yield _activity(style, content, Box(column_x, row.y, column_width, row.height))
            for lane in columns.lanes:
                yield Cell(f"lane:{lane.name}", Box(lane.x, row.y, lane.width, row.height))
        else:
            box = Box(column_x, row.y, column_width, row.height)
            role: Role = column
            yield _cell(style, role, _wrapped(style, content, role, column_width), box)


def _activity(style: Style, content: RowContent, box: Box) -> Cell:
    cell = _cell(style, "activity", _wrapped(style, content, "activity", box.width), box)
    if not content.caption:
        return cell
    top = cell.texts[-1].box.bottom
    below = Box(box.x + style.padding, top, box.width - 2 * style.padding, 0)
    setting = style.setting("caption")
    caption = lines_at(setting, "caption", _caption(style, content, box.width), below, "start")
    return Cell("activity", box, (*cell.texts, *caption))


def _cell(style: Style, column: Role, entries: Sequence[Sequence[str]], box: Box) -> Cell:
    setting = style.setting(column)
    texts: list[Text] = []
    top = box.y + style.padding
    for lines in entries:
        inner = Box(box.x + style.padding, top, box.width - 2 * style.padding, 0)
        texts += lines_at(setting, column, lines, inner, "middle" if column in _CENTRED else "start")
        top += len(lines) * setting.leading + style.item_gap
    return Cell(column, box, tuple(texts))


def upright_width(style: Style, title: str) -> float:
    """Return how wide the lane of a title must be for it to stand upright without a broken word."""
    return style.setting("lane").longest_piece(title) + _TIGHT * style.padding + _EXACT


class Heading:
    """The two rows at the head of the table."""

    def __init__(self, style: Style, columns: Columns, titles: Sequence[str]) -> None:
        self.style = style
        self.columns = columns
        self.titles = titles
        """Of the lanes."""
        head = style.setting("head")
        self.upper = head.leading + 2 * style.padding * 0.6
        lane = style.setting("lane")
        self.turned = (
            any(
                lane.longest_word(title) > lane_column.width - _TIGHT * style.padding
                for title, lane_column in zip(titles, columns.lanes, strict=True)
            )
            and min(column.width for column in columns.lanes) < style.narrow_lane - _EXACT
        )
        self.lower = max(self._lane_height(lane, titles), head.leading + style.padding)

    def _lane_height(self, setting: Setting, titles: Sequence[str]) -> float:
        lanes = self.columns.lanes
        if self.turned:
            return max(
                self._turned_length(setting, title, lane) for title, lane in zip(titles, lanes, strict=True)
            )
        most = max(
            len(setting.wrap(title, lane.width - _TIGHT * self.style.padding))
            for title, lane in zip(titles, lanes, strict=True)
        )
        return most * setting.leading + 1.2 * self.style.padding

    def _turned_length(self, setting: Setting, title: str, lane: Lane) -> float:
        """Return how long the lines of a turned title must be, for them to stand side by side in the lane."""
        margin = _MARGIN * self.style.padding
        whole = setting.width(title) + _EXACT
        length = min(whole, setting.size * _TURNED)
        while length < whole and len(setting.wrap(title, length)) * setting.leading > lane.width:
            length += setting.size
        return length + margin

    @property
    def height(self) -> float:
        """Return the height of both rows."""
        return self.upper + self.lower


def heading_cells(style: Style, columns: Columns, titles: Sequence[str]) -> tuple[list[Cell], float]:
    """Return the cells of the header, and its height. `titles` are those of the performers."""
    heading = Heading(style, columns, titles)
    cells = [_tall(heading, "number", *columns.number)]
    for column, (x, width) in columns.texts.items():
        if column == "activity":
            cells.append(_tall(heading, column, x, width))
            cells += _lanes(heading)
        elif column in STANDARD:
            cells.append(_low(heading, column, x, width))
        else:
            cells.append(_tall(heading, column, x, width))
    cells += _standard(heading)
    return cells, heading.height


def _centred(style: Style, role: Role, lines: Sequence[str], box: Box) -> tuple[Text, ...]:
    setting = style.setting(role)
    top = box.y + (box.height - len(lines) * setting.leading) / 2
    return tuple(lines_at(setting, role, lines, Box(box.x, top, box.width, 0), "middle"))


def _head(heading: Heading, key: str, box: Box) -> Cell:
    style = heading.style
    lines = style.setting("head").wrap(HEADINGS[key], box.width - _TIGHT * style.padding)
    return Cell(key, box, _centred(style, "head", lines, box))


def _tall(heading: Heading, key: str, x: float, width: float) -> Cell:
    return _head(heading, key, Box(x, 0, width, heading.height))


def _low(heading: Heading, key: str, x: float, width: float) -> Cell:
    return _head(heading, key, Box(x, heading.upper, width, heading.lower))


def _standard(heading: Heading) -> Iterator[Cell]:
    parts = [heading.columns.texts[key] for key in STANDARD if key in heading.columns.texts]
    if parts:
        x = parts[0][0]
        yield _head(heading, "standard", Box(x, 0, parts[-1][0] + parts[-1][1] - x, heading.upper))


def _lanes(heading: Heading) -> Iterator[Cell]:
    lanes, style = heading.columns.lanes, heading.style
    yield _head(heading, "performers", Box(lanes[0].x, 0, lanes[-1].right - lanes[0].x, heading.upper))
    for title, lane in zip(heading.titles, lanes, strict=True):
        box = Box(lane.x, heading.upper, lane.width, heading.lower)
        texts = _turned(style, title, box) if heading.turned else _upright(style, title, box)
        yield Cell(f"lane:{lane.name}", box, texts)


def _upright(style: Style, title: str, box: Box) -> tuple[Text, ...]:
    lines = style.setting("lane").wrap(title, box.width - _TIGHT * style.padding)
    return _centred(style, "lane", lines, box)


def _turned(style: Style, title: str, box: Box) -> tuple[Text, ...]:
    """Return a title read from below upwards, its lines side by side."""
    setting = style.setting("lane")
    lines = setting.wrap(title, box.height - _MARGIN * style.padding)
    left = box.x + (box.width - len(lines) * setting.leading) / 2
    texts = []
    for place, line in enumerate(lines):
        column, width = left + place * setting.leading, setting.width(line)
        middle = box.centre[1]
        line_box = Box(column, middle - width / 2, setting.leading, width)
        x = setting.baseline(column)
        texts.append(Text(line, x, middle, setting.size, "lane", "middle", line_box, turned=True))
    return tuple(texts)
