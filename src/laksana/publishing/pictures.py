"""Pictures for everybody: made anew, upright, no larger than a page needs, without place, time or camera in them."""

import io
from typing import Final

from django.conf import settings
from PIL import Image, ImageOps

from laksana.files.models import StoredFile
from laksana.files.services import open_file

WIDTH: Final = 1600
PUBLISHED: Final = ("image/jpeg", "image/png", "image/webp")


def made_public(stored: StoredFile) -> bytes | None:
    """Return a picture as WebP that holds nothing but its points; None for what is no picture or cannot be read."""
    if stored.media_type not in PUBLISHED:
        return None
    try:
        with open_file(stored) as content, Image.open(content) as picture:
            if picture.width * picture.height > settings.MAX_IMAGE_PIXELS:
                return None
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((WIDTH, WIDTH))
            bare = Image.new("RGB", upright.size, "white")
            colours = upright.convert("RGBA")
            bare.paste(colours, mask=colours.getchannel("A"))
            target = io.BytesIO()
            bare.save(target, "WEBP", quality=82)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    return target.getvalue()
