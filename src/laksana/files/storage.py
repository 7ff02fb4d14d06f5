"""Storage on a local disk that survives a power cut: a file is there whole, or not at all."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

UNFINISHED = ".part"
"""How the name of a file ends that is still being written."""


class DurableFileSystemStorage(FileSystemStorage):
    """Writes beside the place, flushes to the disk and renames; what has the name already is replaced.

    Contents are named by their hash, so a replacement says the same.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002
        """Return the name itself: it is never in the way of another content."""
        return name

    def _save(self, name: str, content: "File[Any]") -> str:
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_name(f"{place.name}.{secrets.token_hex(8)}{UNFINISHED}")
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as target:
                for chunk in content.chunks():
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
            unfinished.replace(place)
        finally:
            unfinished.unlink(missing_ok=True)
        self._flush_folders(place.parent)
        return name

    def _flush_folders(self, folder: Path) -> None:
        """Flush the names to the disk: of the file in its folder, and of folders just made in theirs."""
        root = Path(self.location)
        for each in (folder, *folder.parents):
            handle = os.open(each, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
            if each == root:
                return
