"""Takes out of a picture where it was taken, and whatever else its maker wrote beside the picture.

The picture itself is copied byte by byte, never packed again. Of what stands beside it a JPEG keeps its
colour profile and which way it is up; a PNG and a WebP keep their colours.
"""

import struct
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import IO, Final

from django.utils.translation import gettext as _
from PIL import Image

from laksana.files.kinds import JPEG, PNG, WEBP, Kind
from laksana.files.refusal import FileRefused

_ORIENTATION: Final = 0x0112
_SCAN: Final = 0xDA
_END: Final = 0xD9
_PNG_KEPT: Final = frozenset(
    {b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"cICP"}
)
_WEBP_LEFT_OUT: Final = frozenset({b"EXIF", b"XMP "})
_WEBP_SAYS_METADATA: Final = 0b0000_1100


def without_location(content: IO[bytes], kind: Kind) -> bytes | None:
    """Return the picture without what tells where it was taken; None for a kind of file that does not carry
    it.

    Raises `FileRefused` where its parts cannot be told apart.
    """
    rewrite = _REWRITERS.get(kind.media_type)
    if rewrite is None:
        return None
    content.seek(0)
    try:
        return rewrite(content.read())
    except (struct.error, IndexError, ValueError, OSError, SyntaxError):
        raise FileRefused(_("The picture is damaged or incomplete. Take or save it again.")) from None


def _jpeg(raw: bytes) -> bytes:
    kept = [raw[:2]]
    if exif := _orientation(raw):
        kept.append(exif)
    kept.extend(part for marker, part in _jpeg_segments(raw) if _is_kept(marker, part))
    return b"".join(kept)


def _jpeg_segments(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment; the first scan comes with all that follows, up to the picture's
    end.
    """
    at = 2
    while True:
        if raw[at] != 0xFF:
            raise ValueError
        marker = raw[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        (length,) = struct.unpack_from(">H", raw, at + 2)
        if marker == _SCAN:
            yield marker, raw[at : _end_of_picture(raw, at + 2 + length)]
            return
        yield marker, raw[at : at + 2 + length]
        at += 2 + length


def _end_of_picture(raw: bytes, at: int) -> int:
    """Return where the picture ends whose first scan begins here; phones put films and their places behind it."""
    while True:
        at = raw.index(b"\xff", at)
        marker = raw[at + 1]
        if marker == _END:
            return at + 2
        if marker == 0xFF:
            at += 1
        elif marker == 0 or 0xD0 <= marker <= 0xD7:  # within the scan
            at += 2
        else:  # tables and further scans
            at += 2 + struct.unpack_from(">H", raw, at + 2)[0]


def _is_kept(marker: int, segment: bytes) -> bool:
    """Tell what a decoder needs from what says something about the picture (APPn, comments)."""
    if marker == 0xE2:
        return segment[4:].startswith(b"ICC_PROFILE\0")
    if marker == 0xE0:
        return segment[4:].startswith(b"JFIF\0")
    if marker == 0xEE:  # Adobe: how colours are coded
        return True
    return not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _orientation(raw: bytes) -> bytes:
    """Return an Exif segment that says which way is up, and nothing else."""
    with Image.open(BytesIO(raw), formats=["JPEG"]) as picture:
        turned = picture.getexif().get(_ORIENTATION)
    if turned not in range(2, 9):
        return b""
    only = Image.Exif()
    only[_ORIENTATION] = turned
    exif = only.tobytes()
    return struct.pack(">BBH", 0xFF, 0xE1, len(exif) + 2) + exif


def _png(raw: bytes) -> bytes:
    kept, at = [raw[:8]], 8
    while at < len(raw):
        (length,) = struct.unpack_from(">L", raw, at)
        name, end = raw[at + 4 : at + 8], at + 12 + length
        is_critical = not name[0] & 0x20
        if is_critical or name in _PNG_KEPT:
            kept.append(raw[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
    raise ValueError


def _webp(raw: bytes) -> bytes:
    kept, at = [], 12
    (size,) = struct.unpack_from("<L", raw, 4)
    while at < 8 + size:
        name = raw[at : at + 4]
        (length,) = struct.unpack_from("<L", raw, at + 4)
        end = at + 8 + length + length % 2
        chunk = raw[at:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_SAYS_METADATA]) + chunk[9:]
        if name not in _WEBP_LEFT_OUT:
            kept.append(chunk)
        at = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<L", len(body)) + body


_REWRITERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    JPEG.media_type: _jpeg,
    PNG.media_type: _png,
    WEBP.media_type: _webp,
}
