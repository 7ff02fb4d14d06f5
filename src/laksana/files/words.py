"""What a stored file says: the text of a PDF, and of scans and pictures what Tesseract reads, where it is installed."""

import io
import logging
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Final

from django.conf import settings
from PIL import Image

from laksana.files.kinds import JPEG, PDF, PNG, TEXT, TIFF, WEBP
from laksana.files.models import StoredFile
from laksana.files.pdf import PdfUnreadableError, page_picture, page_texts
from laksana.files.services import open_file

logger = logging.getLogger("laksana.files")
READ: Final = frozenset(kind.media_type for kind in (PDF, TEXT, JPEG, PNG, TIFF, WEBP))
"""Media types that are read."""
LANGUAGE: Final = "ind"
_WIDTH: Final = 1654
"""A page of A4 at 200 dots to the inch."""
_A_SCAN: Final = 20
"""A page of a PDF with fewer characters than this is looked at as a picture."""
_LONGEST: Final = 100_000


def words_of(stored: StoredFile) -> str:
    """Return the text of a file, of its first `settings.OCR_PAGES` pages; "" where there is none that can be read."""
    if stored.media_type not in READ or not settings.OCR_PAGES:
        return ""
    try:
        with open_file(stored) as content:
            return _words(stored.media_type, content)[:_LONGEST]
    except FileNotFoundError:
        return ""
    except (PdfUnreadableError, OSError, ValueError, Image.DecompressionBombError):
        logger.info("file %s cannot be read", stored.sha256[:12])
        return ""


def tesseract() -> str | None:
    """Return where Tesseract is, if it is installed and knows Indonesian."""
    return _tesseract()


@lru_cache(maxsize=1)
def _tesseract() -> str | None:
    program = shutil.which("tesseract")
    if program is None:
        return None
    known = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603
    return program if LANGUAGE in known.stdout.split() else None


def _words(media_type: str, content: IO[bytes]) -> str:
    if media_type == TEXT.media_type:
        return content.read(_LONGEST).decode("utf-8", errors="replace")
    if media_type == PDF.media_type:
        return "\n".join(_of_pdf(content.read()))
    return "\n".join(_of_pictures(content))


def _of_pdf(raw: bytes) -> Iterator[str]:
    for page, text in enumerate(page_texts(io.BytesIO(raw), settings.OCR_PAGES)):
        if len(text.strip()) >= _A_SCAN or tesseract() is None:
            yield text
        else:
            yield _seen(page_picture(io.BytesIO(raw), page, _WIDTH))


def _of_pictures(content: IO[bytes]) -> Iterator[str]:
    if tesseract() is None:
        return
    with Image.open(content) as picture:
        for page in range(min(getattr(picture, "n_frames", 1), settings.OCR_PAGES)):
            picture.seek(page)
            target = io.BytesIO()
            grey = picture.convert("L")
            grey.thumbnail((2 * _WIDTH, 2 * _WIDTH))
            grey.save(target, "PNG")
            yield _seen(target.getvalue())


def _seen(png: bytes) -> str:
    """Return what Tesseract reads in a picture, "" where it takes too long."""
    program = tesseract()
    if program is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603
            [program, "stdin", "stdout", "-l", LANGUAGE],
            input=png,
            capture_output=True,
            timeout=settings.OCR_SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode(errors="replace")
