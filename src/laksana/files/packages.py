"""Looks into files that are ZIP archives inside: office documents, and archives themselves."""

import zipfile
import zlib
from typing import IO, Final

from django.utils.translation import gettext as _

from laksana.files.kinds import DOCX, ODP, ODS, ODT, PPTX, XLSX, ZIP, Kind
from laksana.files.refusal import FileRefused

_ENTRIES: Final = 5000
_UNPACKED: Final = 300 * 1024 * 1024
_USUAL: Final = 20 * 1024 * 1024
"""Up to this size unpacked, nobody asks how small it was packed."""
_RATIO: Final = 100
"""Beyond it, packed smaller than this no honest document is."""
_CHUNK: Final = 1 << 16
_CONTENT_TYPES: Final = "[Content_Types].xml"
_OOXML: Final = {
    b"wordprocessingml.document.main+xml": DOCX,
    b"spreadsheetml.sheet.main+xml": XLSX,
    b"presentationml.presentation.main+xml": PPTX,
}
_ODF: Final = {kind.media_type.encode(): kind for kind in (ODT, ODS, ODP)}
_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip


def detect(content: IO[bytes]) -> Kind:
    """Return which office document it is, or that it is an archive.

    Raises `FileRefused` where it is damaged, locked with a password, has macros, or unpacks to far more than
    it is.
    """
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            for entry in entries:
                _read_through(archive, entry)
            kind = _kind(archive)
    except FileRefused:
        raise
    except _FAULTS:
        raise FileRefused(_("The file is damaged. Save it again.")) from None
    if kind is not ZIP:
        _refuse_macros(entries)
    return kind


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > _ENTRIES or unpacked > _UNPACKED or unpacked > max(_USUAL, packed * _RATIO):
        raise FileRefused(_("The file unpacks to far more than it seems, as harmful files do."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused(_("The file is locked with a password. Save it without."))
    if any(".." in entry.filename.split("/") or entry.filename.startswith("/") for entry in entries):
        raise FileRefused(_("The file names places outside itself, as harmful files do."))


def _read_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack an entry without keeping it: its length and check sum are then known to be those it claims."""
    with archive.open(entry) as part:
        while part.read(_CHUNK):
            pass


def _kind(archive: zipfile.ZipFile) -> Kind:
    names = archive.namelist()
    if names and names[0] == "mimetype":
        return _ODF.get(_beginning(archive, "mimetype").strip(), ZIP)
    if _CONTENT_TYPES not in names:
        return ZIP
    parts = _beginning(archive, _CONTENT_TYPES)
    if b"macroEnabled" in parts:
        raise FileRefused(_macros())
    return next((kind for mark, kind in _OOXML.items() if mark in parts), ZIP)


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(1 << 20)


def _refuse_macros(entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        path = entry.filename.lower()
        if path.endswith("vbaproject.bin") or path.startswith(("basic/", "scripts/")):
            raise FileRefused(_macros())


def _macros() -> str:
    return _("The document has macros, which can run. Save it without them, or as PDF.")
