"""The visible stamp of a signature: where it goes on the paper, and what it shows."""

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pypdfium2
import segno
from django.conf import settings
from django.urls import reverse

from laksana.documents.services import render, worded_moment
from laksana.worktime.zone import local

WIDTH: Final = 74 / 25.4 * 72
HEIGHT: Final = 19 / 25.4 * 72
_TEMPLATE: Final = Path(__file__).with_name("typst") / "stamp.typ"
_ABOVE_NAME: Final = 2.0
_MARGIN: Final = 57.0


@dataclass(frozen=True)
class Place:
    """Where a stamp goes: the page from 0, and its lower left corner in points from the page's."""

    page: int
    left: float
    bottom: float

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Return the rectangle of the stamp."""
        left, bottom = round(self.left), round(self.bottom)
        return left, bottom, left + round(WIDTH), bottom + round(HEIGHT)


def address(token: str) -> str:
    """Return the full address of a verification page."""
    return settings.BASE_URL + reverse("verification:page", args=[token])


def stamp(name: str, token: str, at: datetime) -> bytes:
    """Return the stamp as a PDF of its own: vector, with its face embedded."""
    drawn = io.BytesIO()
    segno.make(address(token), error="m", micro=False).save(drawn, kind="svg", border=1, xmldecl=True)
    data = {
        "qr": list(drawn.getvalue()),
        "name": name,
        "when": worded_moment(local(at)),
        "host": urlsplit(settings.BASE_URL).netloc + "/verifikasi",
    }
    return render(_TEMPLATE, data, at)


def place_of(pdf: bytes, name: str, *, first_page: bool = False) -> Place:
    """Return the room above the last place where the signer's name stands; where it does not, the foot of the last page.

    `first_page` looks on the first page that bears the name: of a paper whose attachments name him again.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = range(len(document))
        for number in pages if first_page else reversed(pages):
            if (found := _above(document[number], name)) is not None:
                return Place(number, *found)
        last = len(document) - 1
        return Place(last, document[last].get_width() - WIDTH - _MARGIN, _MARGIN)
    finally:
        document.close()


def _above(page: pypdfium2.PdfPage, name: str) -> tuple[float, float] | None:
    text = page.get_textpage()
    search = text.search(name, match_case=True)
    last = None
    while (found := search.get_next()) is not None:
        last = found
    if last is None:
        return None
    left, _bottom, _right, top = text.get_charbox(last[0], loose=True)
    return min(left, page.get_width() - WIDTH), min(top + _ABOVE_NAME, page.get_height() - HEIGHT)
