"""Erasing what an approved destruction has marked: done by a job, again until it is done, and by night what was left."""

from collections.abc import Iterable
from datetime import datetime, time

from laksana.cases.models import Attachment
from laksana.files import services as files
from laksana.files.models import StoredFile
from laksana.files.previews import forget
from laksana.jobs.services import job, scheduled


@job()
def erase_destroyed(list_id: int, *, at: datetime) -> None:  # noqa: ARG001
    """Erase the contents of the berkas that a list destroyed, but for those that something else still refers to."""
    marked = Attachment.objects.filter(case__dossier__lines__list=list_id, destroyed_at__isnull=False)
    _erase(StoredFile.objects.filter(attachments__in=marked).distinct())


@scheduled(daily=time(2, 10))
@job()
def erase_left(*, at: datetime) -> None:  # noqa: ARG001
    """Erase what was shared at the time of its destruction and is not any more."""
    marked = Attachment.objects.filter(destroyed_at__isnull=False)
    _erase(StoredFile.objects.filter(attachments__in=marked).distinct())


def _erase(found: Iterable[StoredFile]) -> None:
    for stored in found:
        if not is_referred_to(stored) and files.is_kept(stored):
            forget(stored)
            files.erase(stored)


def is_referred_to(stored: StoredFile) -> bool:
    """Return whether anything but a destroyed attachment still points at a content."""
    if stored.attachments.filter(destroyed_at=None).exists():
        return True
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: stored}).exists()
        for relation in StoredFile._meta.related_objects
        if relation.related_model is not Attachment and relation.field.name != "read"
    )
