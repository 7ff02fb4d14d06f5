"""The kinds of files that are taken, and their names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise


@dataclass(frozen=True)
class Kind:
    """A kind of file. One that is not `usual` is taken only where a field asks for it."""

    media_type: str
    extensions: tuple[str, ...]
    title: Text
    usual: bool = True


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
PDF: Final = Kind("application/pdf", ("pdf",), "PDF")
JPEG: Final = Kind("image/jpeg", ("jpg", "jpeg"), gettext_lazy("JPEG picture"))
PNG: Final = Kind("image/png", ("png",), gettext_lazy("PNG picture"))
WEBP: Final = Kind("image/webp", ("webp",), gettext_lazy("WebP picture"))
TIFF: Final = Kind("image/tiff", ("tif", "tiff"), gettext_lazy("TIFF picture"))
GIF: Final = Kind("image/gif", ("gif",), gettext_lazy("GIF picture"))
DOCX: Final = Kind(f"{_OOXML}.wordprocessingml.document", ("docx",), "Word (.docx)")
XLSX: Final = Kind(f"{_OOXML}.spreadsheetml.sheet", ("xlsx",), "Excel (.xlsx)")
PPTX: Final = Kind(f"{_OOXML}.presentationml.presentation", ("pptx",), "PowerPoint (.pptx)")
ODT: Final = Kind(f"{_ODF}.text", ("odt",), "OpenDocument (.odt)")
ODS: Final = Kind(f"{_ODF}.spreadsheet", ("ods",), "OpenDocument (.ods)")
ODP: Final = Kind(f"{_ODF}.presentation", ("odp",), "OpenDocument (.odp)")
TEXT: Final = Kind("text/plain", ("txt",), gettext_lazy("plain text"))
CSV: Final = Kind("text/csv", ("csv",), gettext_lazy("CSV table"))
MAIL: Final = Kind("message/rfc822", ("eml",), gettext_lazy("e-mail (.eml)"))
XML: Final = Kind("application/xml", ("xml", "bpmn"), "XML")
ZIP: Final = Kind("application/zip", ("zip",), gettext_lazy("ZIP archive"), usual=False)
MP4: Final = Kind("video/mp4", ("mp4",), gettext_lazy("video (.mp4)"), usual=False)
MP3: Final = Kind("audio/mpeg", ("mp3",), gettext_lazy("sound (.mp3)"), usual=False)
KINDS: Final = (
    *(PDF, JPEG, PNG, WEBP, TIFF, GIF, DOCX, XLSX, PPTX, ODT, ODS, ODP),
    *(TEXT, CSV, MAIL, XML, ZIP, MP4, MP3),
)
_BY_MEDIA_TYPE: Final = {kind.media_type: kind for kind in KINDS}
_BY_EXTENSION: Final = {extension: kind for kind in KINDS for extension in kind.extensions}


def kind_of(media_type: str) -> Kind | None:
    """Return the kind of a media type; None for one that is not taken."""
    return _BY_MEDIA_TYPE.get(media_type)


def kind_named(name: str) -> Kind | None:
    """Return the kind that a file's name ends in; None where it ends in none that is taken."""
    return _BY_EXTENSION.get(PurePath(name).suffix.removeprefix(".").lower())


def wanted(accept: Sequence[str]) -> tuple[Kind, ...]:
    """Return the kinds that a field asks for by media type or extension; the usual ones where it asks for
    none.

    Raises `LookupError` for what is neither: a fault of the definition, not of the file.
    """
    if not accept:
        return tuple(kind for kind in KINDS if kind.usual)
    return tuple(_named_or_typed(entry) for entry in accept)


def titles(kinds: Iterable[Kind]) -> str:
    """Return the kinds as a list in words."""
    *most, last = [str(kind.title) for kind in dict.fromkeys(kinds)]
    return _("%(most)s or %(last)s") % {"most": ", ".join(most), "last": last} if most else last


def _named_or_typed(entry: str) -> Kind:
    kind = _BY_MEDIA_TYPE.get(entry) or _BY_EXTENSION.get(entry.removeprefix(".").lower())
    if kind is None:
        message = f"no kind of file that is taken: {entry}"
        raise LookupError(message)
    return kind
