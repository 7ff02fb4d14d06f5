"""The door to stored files: put in, checked by content; taken out by whoever checked the right to."""

import hashlib
import tempfile
from collections.abc import Sequence
from datetime import datetime
from typing import IO, BinaryIO

import filetype
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from laksana.files.models import StoredFile

_CHUNK = 1 << 20


class FileRefused(ValueError):  # noqa: N818  (an answer to the one who offered it)
    """A file is not taken; the message says why and what would be."""


def store(
    content: BinaryIO, name: str, accept: Sequence[str] = (), max_bytes: int | None = None, *, at: datetime
) -> StoredFile:
    """Keep a content, once however often it comes, and return its row. Raises FileRefused."""
    limit = min(max_bytes or settings.MAX_UPLOAD_BYTES, settings.MAX_UPLOAD_BYTES)
    with tempfile.TemporaryFile() as copy:
        digest, size = _copy(content, copy, limit, name)
        media_type = _type_of(copy, name, accept)
        if not default_storage.exists(path := address(digest)):
            copy.seek(0)
            default_storage.save(path, File(copy))
    row, _new = StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size": size, "media_type": media_type, "stored_at": at}
    )
    return row


def open_file(stored: StoredFile) -> IO[bytes]:
    """Return a stored content, open for reading."""
    return default_storage.open(address(stored.sha256), "rb")


def address(digest: str) -> str:
    """Return where a content lies in the storage."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def _copy(content: BinaryIO, copy: IO[bytes], limit: int, name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise FileRefused(f"{name} is larger than {limit // (1 << 20)} MB")
        digest.update(chunk)
        copy.write(chunk)
    if not size:
        raise FileRefused(f"{name} is empty")
    return digest.hexdigest(), size


def _type_of(copy: IO[bytes], name: str, accept: Sequence[str]) -> str:
    copy.seek(0)
    kind = filetype.guess(copy.read(8192))
    media_type = kind.mime if kind else "message/rfc822" if name.lower().endswith(".eml") else "text/plain"
    if accept and media_type not in accept:
        raise FileRefused(f"{name} is {media_type}; wanted is {', '.join(accept)}")
    return media_type
