"""Whether what a form refers to exists and may be used: people, units, desks, files."""

from collections.abc import Callable

from django.db.models import Q

from laksana.cases.models import Attachment, Case
from laksana.people.desks import Office
from laksana.people.models import Person
from laksana.sop.definition import FieldSpec


def existing(case: Case, person: Person | None, office: Office) -> Callable[[FieldSpec, int | str], bool]:
    """Return what tells whether a reference given by `person` in a form of `case` leads somewhere he may refer to."""

    def exists(spec: FieldSpec, reference: int | str) -> bool:
        match spec.type:
            case "person":
                return int(reference) in office.staff
            case "unit":
                return reference in office.units
            case "assignee":
                return desk_exists(office, str(reference))
            case "file" | "files":
                mine = Q(case=None, by=person) if person else Q(pk=None)
                of_case = Q(case=case) if case.pk else Q(pk=None)
                return Attachment.objects.filter(mine | of_case, pk=reference).exists()
        raise ValueError(f"a field of type {spec.type} refers to nothing")

    return exists


def desk_exists(office: Office, desk: str) -> bool:
    """Return whether a desk key that a form may name (person, position, unit, group) stands for something."""
    kind, _, code = desk.partition(":")
    match kind:
        case "person":
            return code.isdecimal() and int(code) in office.staff
        case "position":
            return code in office.posts
        case "unit":
            return code in office.units
        case "group":
            return code in office.groups
    return False
