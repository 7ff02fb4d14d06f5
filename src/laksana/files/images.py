"""Checks pictures: whole, and no larger once unpacked than this machine can bear."""

from typing import IO, Final

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image

from laksana.files.refusal import FileRefused

_UNPACKED: Final = 25_000_000
"""Pixels up to which a picture is unpacked whole to see that it is complete."""
_PAGES: Final = 500


Image.MAX_IMAGE_PIXELS = settings.MAX_IMAGE_PIXELS


def check(content: IO[bytes], picture_format: str) -> None:
    """Raise `FileRefused` unless it is a complete picture in this format (by Pillow's name)."""
    content.seek(0)
    try:
        with Image.open(content, formats=[picture_format]) as picture:
            _check_size(picture)
            _check_whole(picture)
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileRefused(_too_large()) from None
    except Exception:  # A decoder may trip over damage in any way.
        raise FileRefused(_("The picture is damaged or incomplete. Take or save it again.")) from None


def _check_size(picture: Image.Image) -> None:
    pages = getattr(picture, "n_frames", 1)
    if pages > _PAGES:
        raise FileRefused(_("The picture has more than %(most)d pages.") % {"most": _PAGES})
    for page in reversed(range(pages if picture.format == "TIFF" else 1)):
        picture.seek(page)
        if picture.width * picture.height > settings.MAX_IMAGE_PIXELS:
            raise FileRefused(_too_large())


def _check_whole(picture: Image.Image) -> None:
    if picture.format == "JPEG":
        # An eighth of each side: every byte is read, a sixty-fourth of the memory is needed.
        picture.draft("RGB", (picture.width // 8 or 1, picture.height // 8 or 1))
        picture.load()
    elif picture.format == "PNG":
        picture.verify()
    elif picture.width * picture.height <= _UNPACKED:
        picture.load()


def _too_large() -> str:
    return _("The picture has more than %(most)d million pixels. Make it smaller.") % {
        "most": settings.MAX_IMAGE_PIXELS // 1_000_000
    }
