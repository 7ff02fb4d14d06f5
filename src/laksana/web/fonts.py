"""The typeface as the browser gets it: the Latin part of Plus Jakarta Sans, made from the installed font package.

The package carries the whole variable font (170 kB); a page needs 27 kB of it. The part is made once and kept.
"""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "web/fonts/plus-jakarta-sans.woff2"
_SOURCE = "PlusJakartaSans[wght].ttf"
_FEATURES = ["ccmp", "locl", "kern", "liga", "calt", "mark", "mkmk", "tnum"]
_CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(ord(character) for character in "–—‘’“”•…‰€←↑→↓−≤≥✓"),
]


def latin_part() -> Path:
    """Return the directory that holds the font under `NAME`, making the file when it is not there yet."""
    root: Path = settings.HOME / "cache"
    target = root / NAME
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        _make(target)
    return root


def _make(target: Path) -> None:
    import fontpkg_plus_jakarta_sans
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = _FEATURES
    unfinished = target.with_suffix(".part")
    with subset.load_font(str(fontpkg_plus_jakarta_sans.ROOT / "files" / _SOURCE), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=_CHARACTERS)
        subsetter.subset(font)
        subset.save_font(font, str(unfinished), options)
    unfinished.replace(target)


class FontFinder(BaseFinder):
    """Gives the typeface to `collectstatic` and to the development server."""

    def check(self, **_options: object) -> list[object]:  # type: ignore[override]
        """Return no findings: there is nothing to configure."""
        return []

    def find(self, path: str, find_all: bool = False, **_options: object) -> str | list[str]:  # type: ignore[override]
        """Return the file's place, or nothing for another path."""
        if path != NAME:
            return []
        place = str(latin_part() / NAME)
        return [place] if find_all else place

    def list(self, ignore_patterns: object) -> "list[tuple[str, FileSystemStorage]]":  # noqa: ARG002
        """Return the one file with the storage it lies in."""
        return [(NAME, FileSystemStorage(location=latin_part()))]
