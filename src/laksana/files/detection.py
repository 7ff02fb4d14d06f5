"""Finds out what a file is from its content, and refuses what is damaged, disguised, or two things at once."""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable
from email.parser import BytesHeaderParser
from functools import partial
from typing import IO, Final
from xml.parsers import expat

import filetype
from django.utils.translation import gettext as _

from laksana.files import images, packages
from laksana.files.kinds import (
    CSV,
    GIF,
    JPEG,
    MAIL,
    MP3,
    MP4,
    PDF,
    PNG,
    TEXT,
    TIFF,
    WEBP,
    XML,
    Kind,
    kind_named,
)
from laksana.files.refusal import FileRefused

_HEAD: Final = 8192
_CHUNK: Final = 1 << 16
_SNIFFED: Final = 1024
"""How far into a file readers look for what it might be."""
_PDF_TAIL: Final = 4096
_MARKUP: Final = re.compile(rb"<(?:script|html|svg|iframe|!doctype\s+html|\?php)\b", re.IGNORECASE)
_WEB_PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|iframe|svg|style|meta|link|img|object)\b",
    re.IGNORECASE | re.DOTALL,
)
_NO_TEXT: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


def detect(content: IO[bytes], name: str) -> Kind:
    """Return what the content is. The name only decides between kinds of text, which look alike.

    Raises `FileRefused` where it is damaged, could run, is two kinds at once, or is none that is taken.
    """
    head = _head(content)
    if head.startswith(b"PK\x03\x04"):
        kind = packages.detect(content)
        _refuse_a_second_meaning(head, kind)
        return kind
    found = filetype.guess(head)
    if found is None or found.mime not in _BINARY:
        return _text(content, head, name, found.mime if found else "")
    kind, check = _BINARY[found.mime]
    check(content)
    _refuse_a_second_meaning(head, kind)
    _refuse_a_hidden_archive(content, kind)
    return kind


def _head(content: IO[bytes]) -> bytes:
    content.seek(0)
    return content.read(_HEAD)


def _pdf(content: IO[bytes]) -> None:
    size = content.seek(0, io.SEEK_END)
    content.seek(max(0, size - _PDF_TAIL))
    if b"%%EOF" not in content.read():
        raise FileRefused(_("The PDF is incomplete: its end is missing. Save or scan it again."))


def _unchecked(content: IO[bytes]) -> None:
    """Leave it at the first bytes: sound and pictures that move are only ever downloaded."""


_BINARY: Final[dict[str, tuple[Kind, Callable[[IO[bytes]], None]]]] = {
    "application/pdf": (PDF, _pdf),
    "image/jpeg": (JPEG, partial(images.check, picture_format="JPEG")),
    "image/png": (PNG, partial(images.check, picture_format="PNG")),
    "image/webp": (WEBP, partial(images.check, picture_format="WEBP")),
    "image/tiff": (TIFF, partial(images.check, picture_format="TIFF")),
    "image/gif": (GIF, partial(images.check, picture_format="GIF")),
    "video/mp4": (MP4, _unchecked),
    "audio/mpeg": (MP3, _unchecked),
}
"""The kinds that the first bytes tell -> what else must hold."""


def _refuse_a_second_meaning(head: bytes, kind: Kind) -> None:
    """Refuse what another program could take for a PDF or a web page."""
    sniffed = head[:_SNIFFED]
    if (kind is not PDF and b"%PDF-" in sniffed) or _MARKUP.search(sniffed):
        raise FileRefused(_two_at_once(kind))


def _refuse_a_hidden_archive(content: IO[bytes], kind: Kind) -> None:
    """Refuse what a program that reads from the end would open as an archive."""
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            hides = bool(archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return
    if hides:
        raise FileRefused(_two_at_once(kind))


def _two_at_once(kind: Kind) -> str:
    return _("The file is a %(kind)s and something else at once, as harmful files are. Save it anew.") % {
        "kind": kind.title
    }


def _text(content: IO[bytes], head: bytes, name: str, guessed: str) -> Kind:
    if head.startswith(_OLE):
        raise FileRefused(
            _(
                "This is an old or a password-protected Office file. Save it as .docx, .xlsx or PDF, no password."
            )
        )
    if not _is_text(content):
        raise FileRefused(
            _("This kind of file is not taken%(what)s.") % {"what": guessed and f" ({guessed})"}
        )
    if _WEB_PAGE.match(head):
        raise FileRefused(_("This is a web page or an SVG drawing, which can run. Send it as PDF or PNG."))
    claimed = kind_named(name)
    if claimed is XML or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        _check_xml(content)
        return XML
    if claimed is CSV:
        _check_csv(content)
        return CSV
    if claimed is MAIL or (claimed is None and _is_mail(content)):
        if not _is_mail(content):
            raise FileRefused(_("This is no e-mail: it lacks the sender or the date at its beginning."))
        return MAIL
    return TEXT


def _is_text(content: IO[bytes]) -> bool:
    """Tell whether it is text in UTF-8, UTF-16 with its mark, or the Windows code page of this region."""
    if _head(content).startswith(_UTF_16):
        return _decodes(content, "utf-16")
    content.seek(0)
    if any(_NO_TEXT.search(chunk) for chunk in iter(lambda: content.read(_CHUNK), b"")):
        return False
    return _decodes(content, "utf-8") or _decodes(content, "cp1252")


def _decodes(content: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    content.seek(0)
    try:
        while chunk := content.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_mail(content: IO[bytes]) -> bool:
    content.seek(0)
    header = BytesHeaderParser().parse(io.BytesIO(content.read(_CHUNK)))
    return "From" in header and any(name in header for name in ("Date", "Received", "Message-ID"))


def _check_csv(content: IO[bytes]) -> None:
    """Refuse what does not have the same columns in each of its first rows, by whatever separator."""
    content.seek(0)
    raw = content.read(_CHUNK)
    lines = raw.decode("utf-16" if raw.startswith(_UTF_16) else "utf-8-sig", errors="replace").splitlines(
        True
    )
    if len(raw) == _CHUNK:
        lines = lines[:-1]
    columns = [_columns(lines, separator) for separator in ",;\t|"]
    if max(columns) < 2 and min(columns) < 1:
        raise FileRefused(_("This is no CSV table: its rows do not all have the same number of columns."))


def _columns(lines: list[str], separator: str) -> int:
    """Return how many columns each row has, 0 where they differ."""
    try:
        widths = {len(row) for row in csv.reader(lines, delimiter=separator) if row}
    except csv.Error:
        return 0
    return widths.pop() if len(widths) == 1 else 0


def _check_xml(content: IO[bytes]) -> None:
    """Refuse XML that is not well formed, that declares entities, or that is a web page or a drawing."""
    root: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:  # noqa: ARG001
        if not root:
            root.append(name.rpartition("}")[2].lower())

    def refuse_doctype(*declaration: object) -> None:  # noqa: ARG001
        raise FileRefused(_("The XML file has a DOCTYPE, which can do harm. Save it without."))

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse_doctype
    content.seek(0)
    try:
        parser.ParseFile(content)
    except expat.ExpatError as error:
        raise FileRefused(
            _("The XML file is faulty in line %(line)d: %(fault)s.")
            % {"line": error.lineno, "fault": expat.ErrorString(error.code)}
        ) from None
    if root[0] in ("svg", "html"):
        raise FileRefused(_("This is a web page or an SVG drawing, which can run. Send it as PDF or PNG."))
