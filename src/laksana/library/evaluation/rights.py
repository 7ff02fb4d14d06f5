"""Who evaluates an SOP: the head of the unit that owns it, and those who lead him."""

from dataclasses import dataclass
from datetime import datetime

from laksana.people.models import Person, Position, Unit
from laksana.people.services import capacity, desks_of
from laksana.sop.definition import Procedure

SECRETARY = "position:sekretaris"
"""The secretary looks after the office's organisation and procedures: he evaluates any SOP."""
_SECTION_HEADS = ("Kepala", "Koordinator", "Ketua")


@dataclass(frozen=True)
class Owner:
    """Who answers for an SOP."""

    desks: tuple[str, ...]
    """The desks of those who evaluate it, its owner first, then those above."""
    unit_head: str | None
    """The position that heads the unit which carries it out; None where the office has none."""

    def desk_of(self, person: Person, at: datetime) -> str | None:
        """Return the desk at which a person may evaluate the SOP on the day of `at`, the lowest of his; None if he may not."""
        his = desks_of(person, at)
        mine = [desk for desk in self.desks if desk in his]
        return next((desk for desk in mine if not capacity(person, desk, at)), next(iter(mine), None))


def owner_of(procedure: Procedure) -> Owner:
    """Return who evaluates an SOP: the head of the section or unit that its definition names, and the heads above.

    The owner is named in words. A section that is no unit by itself is led by a position that bears its name; a desk, team or
    secretariat that is neither belongs to the unit of the SOP.
    """
    head = Position.objects.filter(
        title__in=[f"{leads} {procedure.owner}" for leads in _SECTION_HEADS], unit__outside=False
    ).first()
    named = Unit.objects.filter(outside=False, name__in=(procedure.owner, procedure.unit))
    units = {unit.name: unit for unit in named.select_related("parent")}
    unit = units.get(procedure.owner) or units.get(procedure.unit)
    heads: list[str] = []
    while unit is not None:
        heads += Position.objects.filter(unit=unit, heads_unit=True).values_list("code", flat=True)
        unit = unit.parent if unit.parent and not unit.parent.outside else None
    codes = [head.code, *heads] if head else heads
    desks = dict.fromkeys([*(f"position:{code}" for code in codes), SECRETARY])
    return Owner(tuple(desks), next(iter(heads), None))
