"""Typst templates to PDF/A: the same template, data and date give the same bytes.

Data reach a template as JSON and are set as text; no markup is ever built from strings. A character that the face has no letter
for stands as a hollow box, since PDF/A forbids text that cannot be shown.
"""

import json
import threading
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import fontpkg_arimo
import typst
from fontTools.ttLib import TTFont

from laksana.sop.values import to_json

ROOT = Path(__file__).resolve().parent.parent
"""What `/` means in a template: the package, so that a procedure's template reaches the shared parts."""
TEMPLATES = Path(__file__).resolve().parent / "typst"
STANDARD: Final = "a-2a"
FONTS = fontpkg_arimo.ROOT / "files"
UNSHOWABLE = "\N{WHITE SQUARE}"
_warm = threading.local()


class TypesettingError(RuntimeError):
    """A template could not be set; the message names it and says what Typst said."""


def typeset(template: Path, data: Mapping[str, Any], at: datetime) -> bytes:
    """Return the PDF/A-2a of a template for `data` (values of fields or JSON), dated `at`. Raises TypesettingError."""
    return typeset_text(template, as_text(data), at)


def as_text(data: Any) -> str:
    """Return values of fields or JSON as the JSON text that a template reads."""
    return json.dumps(_showable(to_json(data)), ensure_ascii=False)


def typeset_text(template: Path, data: str, at: datetime) -> bytes:
    """Return what `typeset` does, for data that `as_text` has already made text. Raises TypesettingError."""
    try:
        pdf = _compiler().compile(
            template,
            format="pdf",
            sys_inputs={"data": data},
            pdf_standards=[STANDARD],
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise TypesettingError(f"{template.name}: {error.message}\n{error.diagnostic}") from error
    assert isinstance(pdf, bytes)  # noqa: S101  (for the type checker: without an output path Typst returns the bytes)
    return pdf


def _compiler() -> typst.Compiler:
    """Return this thread's compiler, kept warm: it caches fonts, templates and layout, but serves one thread only."""
    compiler: typst.Compiler | None = getattr(_warm, "compiler", None)
    if compiler is None:
        compiler = _warm.compiler = typst.Compiler(root=ROOT, font_paths=_fonts(), ignore_system_fonts=True)
    return compiler


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@lru_cache(maxsize=1)
def _letters() -> frozenset[str]:
    """Return the characters that the face can show."""
    with TTFont(FONTS / "Arimo[wght].ttf", lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap())) | {"\n", "\t"}


def _showable(data: Any) -> Any:
    match data:
        case str():
            return _showable_text(data)
        case Mapping():
            return {str(key): _showable(value) for key, value in data.items()}
        case list():
            return [_showable(item) for item in data]
    return data


def _showable_text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    letters = _letters()
    composed = unicodedata.normalize("NFC", text)
    return "".join(c if c in letters else UNSHOWABLE for c in composed if not _is_invisible(c))


def _is_invisible(character: str) -> bool:
    """Tell whether a character is a control or format mark that has no place on paper."""
    return unicodedata.category(character) in ("Cc", "Cf") and character not in "\n\t"
