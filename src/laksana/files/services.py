"""The door to stored files: put in, checked by content; taken out by whoever checked the right to read them.

`store` makes sure that a content is on the disk before its row can be committed. A process that is killed
between the two leaves a file without a row, which the nightly clean-up removes.
"""

import hashlib
import io
import tempfile
from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any, BinaryIO, Final

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from laksana.files.antivirus import refuse_malware
from laksana.files.detection import detect
from laksana.files.kinds import MP4, Kind, kind_named, titles, wanted
from laksana.files.location import without_location
from laksana.files.models import StoredFile
from laksana.files.refusal import FileRefused

__all__ = ["FileRefused", "address", "erase", "is_kept", "open_file", "store"]

_CHUNK: Final = 1 << 20


def store(
    content: "BinaryIO | File[bytes]",
    name: str,
    accept: Sequence[str] = (),
    max_bytes: int | None = None,
    *,
    at: datetime,
    remove_location: bool = False,
) -> StoredFile:
    """Keep a content, once however often it comes, and return its row.

    What it is is found by its content; `accept` lists media types or extensions, empty: the usual ones.
    Reading stops at `max_bytes`, or `settings.MAX_UPLOAD_BYTES` where that is less (`settings.MAX_VIDEO_BYTES` for a video,
    where one is taken). `remove_location` takes
    out of a photograph where it was made. Raises `FileRefused` with a message for the one who offered it. May
    take seconds (virus scanner): call it before the transaction that refers to the row, where that can be.
    """
    kinds = wanted(accept)
    with tempfile.TemporaryFile() as copy:
        most = max(map(_most_of, kinds))
        size = _copy(content, copy, min(max_bytes or most, most))
        kind = detect(copy, name)
        _check_wanted(kind, name, kinds)
        if size > _most_of(kind):
            raise _too_large(_most_of(kind))
        refuse_malware(copy)
        cleaned = without_location(copy, kind) if remove_location else None
        return _keep(io.BytesIO(cleaned) if cleaned is not None else copy, kind, at)


def open_file(stored: StoredFile) -> IO[bytes]:
    """Return a stored content, open for reading. Raises `FileNotFoundError` where the storage has lost it."""
    opened: IO[Any] = default_storage.open(address(stored.sha256), "rb")
    return opened


def erase(stored: StoredFile) -> None:
    """Delete a content; its row, with sum and size, stays. Who calls knows that nothing refers to it any more."""
    default_storage.delete(address(stored.sha256))


def is_kept(stored: StoredFile) -> bool:
    """Return whether the storage has a content."""
    return default_storage.exists(address(stored.sha256))


def address(digest: str) -> str:
    """Return where a content lies in the storage."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def _most_of(kind: Kind) -> int:
    """Return how large a file of a kind may be, whatever its field allows."""
    return settings.MAX_VIDEO_BYTES if kind is MP4 else settings.MAX_UPLOAD_BYTES


def _too_large(limit: int) -> FileRefused:
    return FileRefused(_("It is larger than %(most)s.") % {"most": filesizeformat(limit)})


def _copy(content: "BinaryIO | File[bytes]", copy: IO[bytes], limit: int) -> int:
    size = 0
    while chunk := content.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        copy.write(chunk)
    if not size:
        raise FileRefused(_("The file is empty."))
    return size


def _check_wanted(kind: Kind, name: str, kinds: Sequence[Kind]) -> None:
    if kind not in kinds:
        raise FileRefused(
            _("This is a file of kind %(found)s; wanted is %(wanted)s.")
            % {"found": kind.title, "wanted": titles(kinds)}
        )
    claimed = kind_named(name)
    if claimed is not None and claimed is not kind:
        raise FileRefused(
            _(
                "By its name it is a file of kind %(claimed)s, but it is %(found)s. Name it rightly or save it again."
            )
            % {"claimed": claimed.title, "found": kind.title}
        )


def _keep(content: IO[bytes], kind: Kind, at: datetime) -> StoredFile:
    digest, size = _digest(content)
    row = StoredFile.objects.filter(sha256=digest).first()
    if row is not None and default_storage.exists(address(digest)):
        return row
    # Written anew even where a file without a row lies there already: the clean-up may be about to remove that one.
    content.seek(0)
    default_storage.save(address(digest), File(content))
    row, _new = StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size": size, "media_type": kind.media_type, "stored_at": at}
    )
    return row


def _digest(content: IO[bytes]) -> tuple[str, int]:
    content.seek(0)
    digest = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest(), content.tell()
