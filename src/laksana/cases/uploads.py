"""Files of forms not sent: stored with the one who put them in, and forgotten when no form can bring them any more."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from django.conf import settings

from laksana.cases.models import Attachment, Draft, WorkItem
from laksana.files import services as files
from laksana.people.models import Person
from laksana.sop.definition import FieldSpec
from laksana.sop.values import size


def upload(
    content: BinaryIO,
    name: str,
    spec: FieldSpec,
    person: Person | None,
    at: datetime,
    *,
    remove_location: bool = False,
) -> Attachment:
    """Store a file for a form not sent yet; only this person may use it, or the outside party whose form it is (None).

    `remove_location` takes out of a photograph where it was made: for what citizens bring. Raises files.services.FileRefused.
    """
    most = size(spec.max_size) if spec.max_size else None
    stored = files.store(
        content, name, accept=spec.accept or (), max_bytes=most, at=at, remove_location=remove_location
    )
    return Attachment.objects.create(case=None, stored=stored, name=name[:200], by=person, at=at)


def forget_unsent(at: datetime) -> int:
    """Forget drafts of steps that are closed, and files that no case and no draft knows; return how many files.

    How long both are kept is `settings.UPLOADS_KEPT`.
    """
    oldest = at - settings.UPLOADS_KEPT
    Draft.objects.filter(saved_at__lt=oldest).exclude(work_item=None).exclude(
        work_item__state=WorkItem.State.OPEN
    ).delete()
    kept = {key for data in Draft.objects.values_list("data", flat=True).iterator() for key in _numbers(data)}
    unsent = Attachment.objects.filter(case=None, at__lt=oldest).values_list("pk", flat=True)
    forgotten = [key for key in unsent.iterator() if key not in kept]
    Attachment.objects.filter(pk__in=forgotten, case=None).delete()
    return len(forgotten)


def _numbers(data: Any) -> Iterator[int]:
    """Yield every whole number anywhere in a draft: a form names its files by such."""
    match data:
        case dict():
            for value in data.values():
                yield from _numbers(value)
        case list():
            for value in data:
                yield from _numbers(value)
        case bool():
            return
        case int():
            yield data
        case str() if data.isdecimal():
            yield int(data)
