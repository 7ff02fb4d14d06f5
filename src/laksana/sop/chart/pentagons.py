"""The pentagons where lines leave for other pages and arrive from them."""

from collections.abc import Iterator, Mapping, Sequence

from laksana.sop.chart.model import Box, OffPage, Text
from laksana.sop.chart.positions import Positions
from laksana.sop.chart.room import Room
from laksana.sop.chart.style import Style
from laksana.sop.chart.typesetting import lines_at
from laksana.sop.chart.ways import Route
from laksana.sop.chart.wires import Wire

_MOST_NAMED = 3
"""How many rows are named beside a pentagon at most."""
_ROOF = 0.8
"""The share of a pentagon's height, from above, in whose middle the letter stands."""


def hints(routes: Sequence[Route], numbers: Mapping[str, int]) -> dict[int, str]:
    """Return wire -> which rows are at the other side of its pentagon, where they are few enough to name."""
    found: dict[int, str] = {}
    for wire in (route.wire for route in routes):
        if wire.terminal in {"leaves", "arrives"}:
            rows = [str(numbers[step]) for step in _beyond(wire)]
            if len(rows) <= _MOST_NAMED:
                found[wire.number] = f"{'dari' if wire.inward else 'ke'} {', '.join(rows)}"
    return found


def off_pages(room: Room, positions: Positions, letters: Mapping[str, str]) -> Iterator[OffPage]:
    """Yield the pentagons of a page. `letters` gives the letter of a step that is reached from another page."""
    for wire in (route.wire for route in room.plan.routes):
        if wire.terminal not in {"leaves", "arrives"}:
            continue
        around, middle = positions.around[wire.row], positions.middles[wire.row]
        box, hint = around.terminals[wire.number].moved(middle), around.hints.get(wire.number)
        target = wire.link.target
        yield OffPage(
            letter=letters[target],
            arrives=wire.inward,
            target=target,
            steps=_beyond(wire),
            box=box,
            text=_letter(room.style, letters[target], box),
            hint=_hint(room.style, room.hints[wire.number], hint.moved(middle)) if hint else None,
        )


def _letter(style: Style, letter: str, box: Box) -> Text:
    setting = style.setting("letter")
    top = box.y + (box.height * _ROOF - setting.leading) / 2
    return next(lines_at(setting, "letter", [letter], Box(box.x, top, box.width, 0), "middle"))


def _hint(style: Style, text: str, box: Box) -> Text:
    return next(lines_at(style.setting("hint"), "hint", [text], box, "start"))


def _beyond(wire: Wire) -> tuple[str, ...]:
    """Return the steps at the other side of a pentagon."""
    return tuple(dict.fromkeys(link.source if wire.inward else link.target for link in wire.links))
