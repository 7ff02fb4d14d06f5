"""Breaking text into lines that fit a width, with the hyphenation of Indonesian for words longer than a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyphen import Pyphen

from laksana.sop.chart.typeface import Typeface

_BREAKABLE = re.compile(r"[^/\-–_.@]*[/\-–_.@]+|[^/\-–_.@]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST_PART = 2


@dataclass(frozen=True)
class Setting:
    """How a kind of text is set: its face, its size, and the distance from one line to the next."""

    face: Typeface
    size: float
    leading: float

    def width(self, text: str) -> float:
        """Return the width of one line of `text`."""
        return self.face.width(text, self.size)

    def baseline(self, top: float) -> float:
        """Return where the baseline lies of a line whose box starts at `top`."""
        slack = self.leading - self.size * (self.face.ascent + self.face.descent)
        return top + slack / 2 + self.size * self.face.ascent

    def wrap(self, text: str, width: float) -> list[str]:
        """Return `text` in lines no wider than `width`; a single letter is the least a line holds."""
        return list(_wrapped(text, width, self))

    def longest_word(self, text: str) -> float:
        """Return the width of the widest word, the least width at which nothing is hyphenated."""
        return max((self.width(word) for word in text.split()), default=0.0)

    def longest_piece(self, text: str) -> float:
        """Return the width of the widest part of a word between signs it may be broken after, such as a slash."""
        pieces = (piece for word in text.split() for piece in _BREAKABLE.findall(word))
        return max(map(self.width, pieces), default=0.0)


@lru_cache(maxsize=8192)
def _wrapped(text: str, width: float, setting: Setting) -> tuple[str, ...]:
    return tuple(_wrap(text, width, setting))


def _wrap(text: str, width: float, setting: Setting) -> Iterator[str]:
    line, used, space = "", 0.0, setting.width(" ")
    for word in text.split():
        length = setting.width(word)
        if line and used + space + length <= width:
            line, used = f"{line} {word}", used + space + length
            continue
        if line:
            yield line
        *whole, line = [word] if length <= width else _broken(word, width, setting)
        yield from whole
        used = setting.width(line)
    if line:
        yield line


def _broken(word: str, width: float, setting: Setting) -> list[str]:
    """Return a word in parts that fit, each but the last ending in a hyphen or in the sign it was broken after."""
    parts: list[str] = []
    rest = word
    while setting.width(rest) > width and len(rest) > 1:
        head = next((h for h in _heads(rest) if setting.width(h) <= width), rest[0])
        parts.append(head)
        rest = rest[len(head) :] if rest.startswith(head) else rest[len(head) - 1 :]
    return [*parts, rest]


def _heads(word: str) -> Iterator[str]:
    """Yield the ways to begin `word` on this line, the longest first: after a sign, at a syllable, then anywhere."""
    yield from _after_signs(word)
    syllables = _syllables(word)
    for place in sorted(syllables, reverse=True):
        if place >= _SHORTEST_PART:
            yield word[:place] + "-"
    for place in range(len(word) - 1, 0, -1):
        yield word[:place] + "-"


def _after_signs(word: str) -> Iterator[str]:
    ends = [match.end() for match in _BREAKABLE.finditer(word)]
    for end in reversed(ends):
        if _SHORTEST_PART <= end < len(word):
            yield word[:end]


@lru_cache(maxsize=4096)
def _syllables(word: str) -> tuple[int, ...]:
    """Return where a word may be parted; signs within it do not count as letters of a syllable."""
    return tuple(
        letters.start() + place
        for letters in _LETTERS.finditer(word)
        for place in _hyphenation().positions(letters[0])
    )


@lru_cache(maxsize=1)
def _hyphenation() -> Pyphen:
    return Pyphen(lang="id_ID", left=3, right=3)
