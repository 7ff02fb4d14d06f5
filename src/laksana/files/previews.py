"""Pages of files as pictures, for a look in the page: drawn when first looked at, kept a while beside the files."""

import io
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from laksana.files.kinds import JPEG, PDF, PNG, TIFF, WEBP
from laksana.files.models import StoredFile
from laksana.files.pdf import PdfUnreadableError, page_count, page_picture
from laksana.files.services import open_file

PREVIEWED: Final = frozenset(kind.media_type for kind in (PDF, JPEG, PNG, WEBP, TIFF))
WIDTH: Final = 1200
MOST_PAGES: Final = 200
"""Pages that are shown; who needs more downloads the file."""
_FOLDER: Final = "pratinjau"


class NoPreviewError(ValueError):
    """The file, or this page of it, cannot be drawn."""


def pages(stored: StoredFile) -> int:
    """Return how many pages can be looked at. Raises NoPreviewError, FileNotFoundError."""
    if stored.media_type not in PREVIEWED:
        raise NoPreviewError
    try:
        with open_file(stored) as content:
            if stored.media_type == PDF.media_type:
                return min(page_count(content), MOST_PAGES)
            with Image.open(content) as picture:
                frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
                return min(frames, MOST_PAGES)
    except (PdfUnreadableError, OSError, Image.DecompressionBombError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise NoPreviewError from error


def page(stored: StoredFile, number: int) -> bytes:
    """Return a page, counted from 0, as a WebP. Raises NoPreviewError, FileNotFoundError.

    What is kept has no row: the nightly clean-up of files without one takes it away again.
    """
    place = f"{_FOLDER}/{stored.sha256[:2]}/{stored.sha256}/{number}.webp"
    if default_storage.exists(place):
        with default_storage.open(place, "rb") as kept:
            return bytes(kept.read())
    drawn = _drawn(stored, number)
    default_storage.save(place, ContentFile(drawn))
    return drawn


def forget(stored: StoredFile) -> None:
    """Delete what is kept of a content that is destroyed."""
    folder = f"{_FOLDER}/{stored.sha256[:2]}/{stored.sha256}"
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        default_storage.delete(f"{folder}/{name}")


def _drawn(stored: StoredFile, number: int) -> bytes:
    if not 0 <= number < MOST_PAGES or stored.media_type not in PREVIEWED:
        raise NoPreviewError
    try:
        with open_file(stored) as content:
            if stored.media_type == PDF.media_type:
                png: io.BytesIO | None = io.BytesIO(page_picture(content, number, WIDTH))
            else:
                png = None
            with Image.open(png or content) as picture:
                picture.seek(number if picture.format == "TIFF" else 0)
                return _as_webp(picture)
    except FileNotFoundError:
        raise
    except (PdfUnreadableError, OSError, EOFError, ValueError, Image.DecompressionBombError) as error:
        raise NoPreviewError from error


def _as_webp(picture: Image.Image) -> bytes:
    if picture.width * picture.height > settings.MAX_IMAGE_PIXELS:
        raise NoPreviewError
    if picture.format == "JPEG":
        picture.draft("RGB", (WIDTH, WIDTH))
    shown = picture.convert("RGB")
    shown.thumbnail((WIDTH, WIDTH * 6))
    target = io.BytesIO()
    shown.save(target, "WEBP", quality=80)
    return target.getvalue()
