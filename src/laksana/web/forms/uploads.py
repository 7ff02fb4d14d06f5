"""Files between the moment they are sent and the moment the form they belong to is accepted.

A file is stored as soon as it arrives, as an attachment without a case that only its sender may use; its key stands in the form.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from laksana.cases.models import Attachment, Case


def uploads_of(keys: Iterable[Any], person_id: int | None, case: Case | None) -> list[Attachment]:
    """Return the attachments that a form's field names, in order; those the person may not use there are left out."""
    wanted = [int(key) for key in keys if str(key).isdecimal()]
    mine = Q(case=None, by=person_id)
    usable = mine | Q(case=case) if case is not None and case.pk else mine
    rows = {row.pk: row for row in Attachment.objects.filter(usable, pk__in=wanted).select_related("stored")}
    return [rows[key] for key in wanted if key in rows]
