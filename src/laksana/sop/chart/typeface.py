"""How wide text is, from the advance widths of the fonts that the office prints and shows with."""

from functools import lru_cache
from typing import Any, Literal

import fontpkg_arimo
import fontpkg_plus_jakarta_sans
from fontTools.ttLib import TTFont

Family = Literal["Arimo", "Plus Jakarta Sans"]

_FILES = {
    "Arimo": fontpkg_arimo.ROOT / "files" / "Arimo[wght].ttf",
    "Plus Jakarta Sans": fontpkg_plus_jakarta_sans.ROOT / "files" / "PlusJakartaSans[wght].ttf",
}
_UNKNOWN = ".notdef"
_WORD = 24
"""Texts no longer than this are remembered: the words of a language are few."""


class Typeface:
    """One family at one weight. Widths are in the unit of `size`; kerning, which mostly narrows, is left out."""

    def __init__(self, family: Family, weight: int) -> None:
        self.family = family
        self.weight = weight
        font = _font(family)
        self._glyphs: Any = font.getGlyphSet(location={"wght": weight})
        self._names: dict[int, str] = font.getBestCmap()
        self._em: int = font["head"].unitsPerEm
        self._letters: dict[str, float] = {}
        self._words: dict[str, float] = {}
        hhea = font["hhea"]
        self.ascent: float = hhea.ascent / self._em
        self.descent: float = -hhea.descent / self._em

    def width(self, text: str, size: float) -> float:
        """Return how far `text` runs when set at `size`."""
        width = self._words.get(text)
        if width is None:
            width = sum(map(self._letter, text))
            if len(text) <= _WORD:
                self._words[text] = width
        return size * width

    def _letter(self, letter: str) -> float:
        width = self._letters.get(letter)
        if width is None:
            glyph = self._glyphs[self._names.get(ord(letter), _UNKNOWN)]
            width = self._letters[letter] = glyph.width / self._em
        return width


@lru_cache(maxsize=len(_FILES))
def _font(family: Family) -> Any:
    return TTFont(_FILES[family], lazy=True)


@lru_cache(maxsize=16)
def typeface(family: Family, weight: int) -> Typeface:
    """Return a family at a weight; opened once in a process."""
    return Typeface(family, weight)
