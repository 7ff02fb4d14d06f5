"""Whether what a form refers to exists and may be used: people, units, desks, files."""

from collections.abc import Callable

from laksana.cases.models import Attachment, Case
from laksana.people.desks import Office
from laksana.people.models import Person
from laksana.prepared import Select
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
                return any(_is_usable(file, case, person) for file in _files(reference))
        raise ValueError(f"a field of type {spec.type} refers to nothing")

    return exists


_files = Select(Attachment, "id = %s")


def _is_usable(file: Attachment, case: Case, person: Person | None) -> bool:
    """Return whether a file is the case's, or one that the person put into a form which he had not sent yet.

    Files without a person come from outside; `actions.submit` takes only those that its form brought.
    """
    if file.case_id is None:
        return file.by_id == (person.pk if person else None)
    return file.case_id == case.pk


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
