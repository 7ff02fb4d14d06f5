"""Formatted text: the body of a letter as a small tree of paragraphs, headings, lists and tables.

Nothing but this tree is kept; what cannot be said in it (scripts, links, colours, pictures) is left out when text is read.
It is read from

- a tree as JSON, `{"blocks": [{"kind": "p", "runs": [{"text": "...", "bold": true}]}]}`, whose every key is checked;
- HTML, as the editor in the browser sends it: text that begins with one of the tags of a block (`<p>`, `<ul>`, ...);
- plain text with a few conventions, for whoever types without the editor: `# Judul`, `- butir`, `1. butir`, `| sel | sel |`,
  `**tebal**`, `_miring_`; each other line is a paragraph.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from html import escape
from html.parser import HTMLParser
from typing import Annotated, Any, Literal

import nh3
from pydantic import BaseModel, ConfigDict, Field, ValidationError

MOST_CHARACTERS, MOST_BLOCKS, DEEPEST = 100_000, 5_000, 3


class TooLarge(ValueError):  # noqa: N818  (it is said of the text, not of the program)
    """A text has more parts, or deeper lists, than a letter may have."""


class Node(BaseModel):
    """A part of the tree: no key that is not known, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Run(Node):
    """Letters of one look; a line break within a paragraph is a newline."""

    text: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]
    bold: bool = False
    italic: bool = False
    underline: bool = False


Runs = tuple[Run, ...]


class Paragraph(Node):
    """A paragraph."""

    kind: Literal["p"] = "p"
    runs: Runs


class Heading(Node):
    """A heading within the text, of level 1 to 3."""

    kind: Literal["h"] = "h"
    level: Annotated[int, Field(ge=1, le=3)]
    runs: Runs


class Cell(Node):
    """A cell of a table."""

    runs: Runs = ()


class Table(Node):
    """A table; `head` says that its first row names the columns."""

    kind: Literal["table"] = "table"
    head: bool = False
    rows: Annotated[tuple[tuple[Cell, ...], ...], Field(min_length=1, max_length=MOST_BLOCKS)]


class Listing(Node):
    """A list, numbered from `start` ("ol") or not ("ul"); each item is made of blocks."""

    kind: Literal["ul", "ol"]
    start: Annotated[int, Field(ge=1, le=9_999)] = 1
    items: Annotated[
        tuple[Annotated[tuple["Block", ...], Field(min_length=1)], ...],
        Field(min_length=1, max_length=MOST_BLOCKS),
    ]


Block = Annotated[Paragraph | Heading | Table | Listing, Field(discriminator="kind")]


class Prose(Node):
    """A formatted text. `str` of it is its words, each block on its line."""

    blocks: Annotated[tuple[Block, ...], Field(max_length=MOST_BLOCKS)] = ()

    def __str__(self) -> str:
        return self._words

    @cached_property
    def _words(self) -> str:
        return "\n".join(_lines(self.blocks))

    @property
    def is_blank(self) -> bool:
        """Return whether there is no word in it."""
        return not self._words.strip()

    def as_json(self) -> dict[str, Any]:
        """Return the tree as JSON-able data, what is usual left out."""
        return {"blocks": [_json(block) for block in self.blocks]}

    def as_html(self) -> str:
        """Return it as HTML of a few plain tags, every letter escaped."""
        return "".join(_html(block) for block in self.blocks)

    def as_text(self) -> str:
        """Return it in the conventions of plain text, which `read` reads."""
        return "\n".join(_typed(self.blocks))


def read(given: Any) -> Prose:
    """Return the text that was given as a tree, as HTML or in plain text. Raises ValueError for what is none of them."""
    match given:
        case Prose():
            return given
        case dict():
            return _checked(_from_tree(given))
        case str():
            text = given.replace("\r\n", "\n").replace("\r", "\n").strip()
            return _checked(_from_html(text) if _HTML.match(text) else _from_text(text))
    raise ValueError("neither a tree nor a text")


def _from_tree(given: dict[str, Any]) -> Prose:
    if _depth(given) > 6 * DEEPEST + 4:
        raise TooLarge("too deep")
    try:
        return Prose.model_validate(given)
    except ValidationError as error:
        raise ValueError("no tree of a formatted text") from error


def _depth(value: Any, at: int = 0) -> int:
    if at > 60 or not isinstance(value, dict | list | tuple):
        return at
    parts = value.values() if isinstance(value, dict) else value
    return max((_depth(part, at + 1) for part in parts), default=at)


def _checked(prose: Prose) -> Prose:
    if (
        len(str(prose)) > MOST_CHARACTERS
        or _count(prose.blocks) > MOST_BLOCKS
        or _levels(prose.blocks) > DEEPEST
    ):
        raise TooLarge("too large")
    return prose


def _count(blocks: Iterable[Any]) -> int:
    total = 0
    for block in blocks:
        total += 1
        if isinstance(block, Listing):
            total += sum(_count(item) for item in block.items)
        elif isinstance(block, Table):
            total += sum(len(row) for row in block.rows)
    return total


def _levels(blocks: Iterable[Any]) -> int:
    return max(
        (1 + max(_levels(item) for item in one.items) for one in blocks if isinstance(one, Listing)),
        default=0,
    )


def _plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _lines(blocks: Iterable[Any]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Listing():
                for number, item in enumerate(block.items, block.start):
                    mark = f"{number}. " if block.kind == "ol" else "- "
                    yield mark + "\n".join(_lines(item))
            case Table():
                for row in block.rows:
                    yield "; ".join(_plain(cell.runs) for cell in row)
            case _:
                yield _plain(block.runs)


def _json(part: Any) -> Any:
    match part:
        case Node():
            kept = {
                name: getattr(part, name)
                for name, field in type(part).model_fields.items()
                if name in ("kind", "runs") or getattr(part, name) != field.default
            }
            return {name: _json(value) for name, value in kept.items()}
        case tuple():
            return [_json(item) for item in part]
    return part


_TAGS = (("bold", "strong"), ("italic", "em"), ("underline", "u"))


def _html_runs(runs: Runs) -> str:
    made = []
    for run in runs:
        text = escape(run.text).replace("\n", "<br>")
        for name, tag in _TAGS:
            if getattr(run, name):
                text = f"<{tag}>{text}</{tag}>"
        made.append(text)
    return "".join(made)


def _html(block: Any) -> str:
    match block:
        case Paragraph():
            return f"<p>{_html_runs(block.runs)}</p>"
        case Heading():
            return f"<h{block.level + 2}>{_html_runs(block.runs)}</h{block.level + 2}>"
        case Listing():
            start = f' start="{block.start}"' if block.start > 1 else ""
            items = "".join("<li>" + "".join(map(_html, item)) + "</li>" for item in block.items)
            return f"<{block.kind}{start}>{items}</{block.kind}>"
    rows = []
    for number, row in enumerate(block.rows):
        tag = "th" if block.head and number == 0 else "td"
        rows.append("<tr>" + "".join(f"<{tag}>{_html_runs(cell.runs)}</{tag}>" for cell in row) + "</tr>")
    return "<table><tbody>" + "".join(rows) + "</tbody></table>"


def _typed_runs(runs: Runs) -> str:
    made = []
    for run in runs:
        mark = ("**" if run.bold else "") + ("_" if run.italic else "")
        made.append(mark + run.text.replace("\n", " ") + mark[::-1])
    return "".join(made)


def _typed(blocks: Iterable[Any], indent: str = "") -> Iterator[str]:
    for block in blocks:
        match block:
            case Listing():
                for number, item in enumerate(block.items, block.start):
                    first, *rest = [*_typed(item, indent + "  ")] or [""]
                    yield indent + (f"{number}. " if block.kind == "ol" else "- ") + first.strip()
                    yield from rest
            case Table():
                rows = [f"| {' | '.join(_typed_runs(cell.runs) for cell in row)} |" for row in block.rows]
                yield rows[0]
                if block.head:
                    yield "|" + " --- |" * len(block.rows[0])
                yield from rows[1:]
            case Heading():
                yield "#" * block.level + " " + _typed_runs(block.runs)
            case _:
                yield indent + _typed_runs(block.runs)


_HTML = re.compile(r"<(?:p|h[1-6]|ul|ol|table|div|blockquote|pre)(?:\s[^<>]*)?>", re.IGNORECASE)
_KEPT = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tbody", "thead", "tr", "td", "th", "br",
    "strong", "b", "em", "i", "u", "div", "blockquote", "pre",
}  # fmt: skip
_MARKS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "u": "underline"}
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def _from_html(text: str) -> Prose:
    if len(text) > 4 * MOST_CHARACTERS:
        raise TooLarge("too large")
    cleaned = nh3.clean(text, tags=_KEPT, attributes={"ol": {"start"}}, link_rel=None)
    reader = _Reader()
    reader.feed(cleaned)
    reader.close()
    return _of(reader.finished())


class _Frame:
    """What is being read within one list item, one cell, or the whole."""

    def __init__(self) -> None:
        self.blocks: list[Any] = []
        self.runs: list[Run] = []

    def end_block(self, level: int = 0) -> None:
        runs, self.runs = _tidied(self.runs), []
        if runs:
            self.blocks.append(Heading(level=level, runs=runs) if level else Paragraph(runs=runs))


class _Reader(HTMLParser):
    """Makes a tree of HTML that nh3 has cleaned, so that every tag is known and closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.frames = [_Frame()]
        self.lists: list[tuple[str, int, list[tuple[Any, ...]]]] = []
        self.rows: list[list[Cell]] = []
        self.head = False
        self.in_table = 0  # how deep: a table in a cell is read as lines of the cell
        self.marks: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _MARKS:
            self.marks[_MARKS[tag]] = self.marks.get(_MARKS[tag], 0) + 1
        elif tag == "br":
            self.frames[-1].runs.append(Run(text="\n"))
        elif self.in_table > 1 or (self.in_table and tag not in ("tr", "td", "th")):
            self.in_table += tag == "table"
            self._part()
        elif tag in ("ul", "ol"):
            self.frames[-1].end_block()
            if len(self.lists) == DEEPEST:
                raise TooLarge("too deep")
            start = str(dict(attrs).get("start") or "1")
            self.lists.append((tag, int(start) if re.fullmatch(r"[1-9]\d{0,3}", start, re.ASCII) else 1, []))
        elif tag == "table":
            self.frames[-1].end_block()
            self.in_table, self.rows, self.head = 1, [], False
        elif tag == "tr" and self.in_table:
            self.rows.append([])
        elif tag in ("td", "th") and self.in_table:
            self.head = self.head or (tag == "th" and len(self.rows) == 1)
            self.frames.append(_Frame())
        elif tag == "li" and self.lists:
            self.frames.append(_Frame())
        else:
            self.frames[-1].end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            self.marks[_MARKS[tag]] = max(0, self.marks.get(_MARKS[tag], 0) - 1)
        elif self.in_table:
            self._end_in_table(tag)
        elif tag == "li" and self.lists:
            frame = self.frames.pop()
            frame.end_block()
            if frame.blocks:
                self.lists[-1][2].append(tuple(frame.blocks))
        elif tag in ("ul", "ol") and self.lists:
            kind, start, items = self.lists.pop()
            if items:
                self.frames[-1].blocks.append(
                    Listing(kind="ol" if kind == "ol" else "ul", start=start, items=tuple(items))
                )
        elif tag != "br":
            self.frames[-1].end_block(max(1, min(3, int(tag[1]) - 2)) if re.fullmatch(r"h\d", tag) else 0)

    def _end_in_table(self, tag: str) -> None:
        if self.in_table > 1:
            self.in_table -= tag == "table"
            self._part()
        elif tag in ("td", "th"):
            cell = Cell(runs=_tidied(self.frames.pop().runs))
            (self.rows or [[]])[-1].append(cell)
        elif tag == "table":
            self._end_table()
        else:
            self._part()

    def handle_data(self, data: str) -> None:
        text = re.sub(r"\s+", " ", _INVISIBLE.sub("", data))
        if not text or (self.in_table and len(self.frames) == 1):
            return
        looks = {name: True for name, count in self.marks.items() if count}
        self.frames[-1].runs.append(Run(text=text, **looks))

    def _part(self) -> None:
        """Part what stands in a cell into lines, where a block begins or ends in it."""
        runs = self.frames[-1].runs
        if runs and not runs[-1].text.endswith("\n"):
            runs.append(Run(text="\n"))

    def _end_table(self) -> None:
        rows = tuple(tuple(row) for row in self.rows if row)
        self.in_table = 0
        if any(cell.runs for row in rows for cell in row):
            self.frames[-1].blocks.append(Table(head=self.head, rows=rows))

    def finished(self) -> list[Any]:
        """Return the blocks that were read."""
        self.frames[0].end_block()
        return self.frames[0].blocks


def _tidied(runs: Iterable[Run]) -> Runs:
    """Join runs of one look, and take the blanks off both ends."""
    joined: list[Run] = []
    for run in runs:
        if joined and _look(joined[-1]) == _look(run):
            joined[-1] = joined[-1].model_copy(update={"text": joined[-1].text + run.text})
        else:
            joined.append(run)
    while joined and not joined[0].text.strip():
        joined.pop(0)
    while joined and not joined[-1].text.strip():
        joined.pop()
    if joined:
        joined[0] = joined[0].model_copy(update={"text": joined[0].text.lstrip()})
        joined[-1] = joined[-1].model_copy(update={"text": joined[-1].text.rstrip()})
    return tuple(joined)


def _look(run: Run) -> tuple[bool, bool, bool]:
    return run.bold, run.italic, run.underline


_HEADING = re.compile(r"(#{1,3}) +(.+)")
_POINT = re.compile(r"( *)(?:([-•*])|(\d{1,4})[.)]) +(.+)")
_ROW = re.compile(r"\|(.+)\|")
_RULE = re.compile(r"\|(?: *:?-+:? *\|)+")
_MARKED = re.compile(r"\*\*(.+?)\*\*|(?<![\w_])_(.+?)_(?![\w_])")


def _from_text(text: str) -> Prose:
    if len(text) > MOST_CHARACTERS:
        raise TooLarge("too large")
    lines = [_INVISIBLE.sub("", line).rstrip() for line in text.expandtabs(2).split("\n")]
    lines = [line for line in lines if line.strip()]
    return _of(_blocks(lines))


def _of(blocks: Iterable[Any]) -> Prose:
    """Return the text of blocks. Raises TooLarge for more than there may be, which is all that can be wrong with them."""
    try:
        return Prose(blocks=tuple(blocks))
    except ValidationError as error:
        raise TooLarge("too large") from error


def _blocks(lines: list[str]) -> Iterator[Any]:
    place = 0
    while place < len(lines):
        line = lines[place]
        if _POINT.fullmatch(line):
            end = place + 1
            while end < len(lines) and _POINT.fullmatch(lines[end]):
                end += 1
            yield from _listings(lines[place:end])
        elif _ROW.fullmatch(line.strip()):
            end = place + 1
            while end < len(lines) and _ROW.fullmatch(lines[end].strip()):
                end += 1
            yield from _rows(lines[place:end])
        else:
            end = place + 1
            heading = _HEADING.fullmatch(line.strip())
            if heading:
                yield Heading(level=len(heading[1]), runs=_runs(heading[2]))
            elif runs := _runs(line.strip()):
                yield Paragraph(runs=runs)
        place = end


def _listings(lines: list[str], level: int = 1) -> Iterator[Any]:
    """Make lists of lines that begin as points; what is set in further belongs to the point above it."""
    if level > DEEPEST:
        raise TooLarge("too deep")
    points = [match for line in lines if (match := _POINT.fullmatch(line))]
    margin = min(len(point[1]) for point in points)
    made: list[tuple[str, int, list[tuple[str, list[str]]]]] = []
    for line, point in zip(lines, points, strict=True):
        if len(point[1]) > margin and made:
            made[-1][2][-1][1].append(line)
            continue
        kind = "ul" if point[2] else "ol"
        if not made or made[-1][0] != kind:
            made.append((kind, max(1, int(point[3] or 1)), []))
        made[-1][2].append((point[4], []))
    for kind, start, items in made:
        blocks = tuple(
            (Paragraph(runs=_runs(words)), *(_listings(inner, level + 1) if inner else ()))
            for words, inner in items
        )
        yield Listing(kind="ol" if kind == "ol" else "ul", start=start, items=blocks)


def _rows(lines: list[str]) -> Iterator[Any]:
    head = len(lines) > 1 and _RULE.fullmatch(lines[1].strip()) is not None
    rows = [
        tuple(Cell(runs=_runs(cell.strip())) for cell in line.strip()[1:-1].split("|"))
        for line in lines
        if not _RULE.fullmatch(line.strip())
    ]
    if rows:
        yield Table(head=head, rows=tuple(rows))


def _runs(text: str) -> Runs:
    runs: list[tuple[str, dict[str, bool]]] = []
    end = 0
    for match in _MARKED.finditer(text):
        runs.append((text[end : match.start()], {}))
        runs.append((match[1], {"bold": True}) if match[1] else (match[2], {"italic": True}))
        end = match.end()
    runs.append((text[end:], {}))
    return tuple(Run(text=words, **looks) for words, looks in runs if words)
