"""Looks into PDFs in a process of its own with little memory and time: a hostile one ends that process and nothing else.

Run as a program it answers one question about the PDF on its standard input: `text MOST` (JSON: the text of each page),
`count` (JSON), or `picture PAGE WIDTH` (a PNG).
"""

import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import IO, Final

import pypdfium2

_SECONDS: Final = 30
_MEMORY: Final = 1 << 31
_TALLEST: Final = 6
"""How many times as high as wide a page may be drawn."""
_PACKAGE = Path(__file__).resolve().parents[2]


class PdfUnreadableError(ValueError):
    """The PDF cannot be opened, drawn, or not within the limits."""


def page_texts(content: IO[bytes], most: int) -> list[str]:
    """Return the text of the first pages, "" for one that is a picture. Raises PdfUnreadableError."""
    texts: list[str] = json.loads(_ask(content, "text", str(most)))
    return texts


def page_count(content: IO[bytes]) -> int:
    """Return how many pages there are. Raises PdfUnreadableError."""
    return int(_ask(content, "count"))


def page_picture(content: IO[bytes], page: int, width: int) -> bytes:
    """Return a page, counted from 0, as a PNG so many pixels wide. Raises PdfUnreadableError."""
    return _ask(content, "picture", str(page), str(width))


def _ask(content: IO[bytes], *question: str) -> bytes:
    environment = {"PYTHONPATH": str(_PACKAGE), "PATH": os.defpath}
    try:
        done = subprocess.run(  # noqa: S603  (this module itself, with words and numbers of ours)
            [sys.executable, "-m", "laksana.files.pdf", *question],
            input=content.read(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env=environment,
        )
    except subprocess.SubprocessError as error:
        raise PdfUnreadableError(" ".join(question)) from error
    return done.stdout


def _answer(question: list[str]) -> bytes:
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    match question:
        case ["count"]:
            return str(len(document)).encode()
        case ["text", most]:
            pages = range(min(len(document), int(most)))
            return json.dumps([document[page].get_textpage().get_text_bounded() for page in pages]).encode()
        case ["picture", page, width]:
            return _drawn(document[int(page)], int(width))
    raise ValueError(question)


def _drawn(page: pypdfium2.PdfPage, width: int) -> bytes:
    wide, high = page.get_size()
    scale = width / max(wide, high / _TALLEST, 1)
    target = io.BytesIO()
    page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB").save(target, "PNG")
    return target.getvalue()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    sys.stdout.buffer.write(_answer(sys.argv[1:]))
