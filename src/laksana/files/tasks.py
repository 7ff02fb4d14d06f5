"""Cleaning up after processes that were killed while they stored a file."""

from collections.abc import Iterator
from datetime import datetime, time

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from laksana.files.models import StoredFile
from laksana.files.place import EXPORTS
from laksana.jobs.services import job, scheduled


@scheduled(daily=time(1, 30))
@job()
def remove_orphans(*, at: datetime) -> None:
    """Remove contents that no row names, and files left half written, once they are older than
    `ORPHANS_KEPT`.
    """
    oldest = at - settings.ORPHANS_KEPT
    for folder, names in _folders(""):
        named = set(StoredFile.objects.filter(sha256__in=names).values_list("sha256", flat=True))
        for name in names:
            path = f"{folder}/{name}" if folder else name
            if name not in named and _written_at(path) < oldest:
                default_storage.delete(path)


def _folders(folder: str) -> Iterator[tuple[str, list[str]]]:
    if folder == EXPORTS:  # cleaned by the books, which know how long each is kept
        return
    folders, names = default_storage.listdir(folder)
    if names:
        yield folder, names
    for each in folders:
        yield from _folders(f"{folder}/{each}" if folder else each)


def _written_at(path: str) -> datetime:
    written = default_storage.get_modified_time(path)
    return timezone.make_aware(written) if timezone.is_naive(written) else written
