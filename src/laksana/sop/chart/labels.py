"""Finding the place of a label: in lines that break no word if possible, near its exit, free of lines.

Places are windows: stretches beside a line, measured as distances outward from where the line starts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from laksana.sop.chart.wrapping import Setting

_BROKEN_WORD = 4.0
"""How many more lines a label may take before a word is broken instead."""
_RULE = 0.7
"""What it counts, in lines, that a label lies over a rule of the table."""
_FAR = 0.25
"""What a line-height of distance from the exit counts, in lines."""
_WIDEST = 10.0
"""No label is set wider than this many times the size of its type."""
_NARROWEST = 1.5
"""No window narrower than this many times the size of the type is thought of."""


@dataclass(frozen=True)
class Window:
    """A stretch where a label may stand. `burden` is what counts against it, in lines."""

    near: float
    far: float
    kind: str = ""
    burden: float = 0.0

    @property
    def room(self) -> float:
        """Return its length."""
        return self.far - self.near


@dataclass(frozen=True)
class Choice:
    """The window taken, the lines of the label in it, and by how much it was too narrow for its longest word."""

    window: Window
    lines: tuple[str, ...]
    width: float
    lacking: float


def pieces(start: float, end: float, rules: Iterable[float]) -> list[tuple[float, float]]:
    """Return a stretch and its parts between the rules that cross it."""
    inside = sorted(rule for rule in rules if start < rule < end)
    if not inside:
        return [(start, end)]
    edges = [start, *inside, end]
    return [(start, end), *pairwise(edges)]


def choose(text: str, windows: Sequence[Window], rules: Sequence[float], setting: Setting) -> Choice:
    """Return the best window for a label. Raises ValueError when there is none."""
    least = _NARROWEST * setting.size
    fitting = [window for window in windows if window.room >= least] or [max(windows, key=lambda w: w.room)]
    longest = setting.longest_word(text)
    choices = []
    for window in fitting:
        lines = tuple(setting.wrap(text, min(window.room, _WIDEST * setting.size)))
        width = max(map(setting.width, lines))
        choices.append(Choice(window, lines, width, max(0.0, longest - window.room)))
    return min(choices, key=lambda choice: _score(choice, rules, setting))


def _score(choice: Choice, rules: Sequence[float], setting: Setting) -> float:
    window = choice.window
    crossed = sum(window.near < rule < window.near + choice.width for rule in rules)
    broken = _BROKEN_WORD * (choice.lacking > 0)
    return (
        len(choice.lines)
        + broken
        + _RULE * crossed
        + _FAR * max(0.0, window.near) / setting.leading
        + window.burden
    )
