"""What a person sees of a case that he may know of: everything, or of a sealed one only its cover."""

from collections.abc import Collection, Mapping
from typing import Any

from laksana.cases.models import Case, WorkItem
from laksana.people.models import Person
from laksana.sop.definition import Procedure

SEALED = ("rahasia", "dikecualikan")


def sees_content(case: Case, procedure: Procedure, person: Person, desks: Collection[str]) -> bool:
    """Return whether a person may see the content of a case.

    Of a sealed case only those do who hold or held a step of the lanes that its definition lists as readers, and those who were
    named in it; whoever merely carries the envelope does not.
    """
    if case.level not in SEALED:
        return True
    if case.named_readers.filter(desk__in=desks).exists():
        return True
    items = WorkItem.objects.filter(case=case)
    if procedure.data.access is not None:
        items = items.filter(lane__in=procedure.data.access.readers)
    return items.filter(desk__in=desks).exists() or items.filter(done_by=person).exists()


def seen_values(procedure: Procedure, values: Mapping[str, Any], *, content: bool) -> dict[str, Any]:
    """Return those of a case's values that may be shown: all, or the cover's."""
    return {
        name: value
        for name, value in values.items()
        if name in procedure.fields and (content or procedure.fields[name].envelope)
    }
