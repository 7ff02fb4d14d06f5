"""Whom and what a form lets one choose: people, units, desks. Each list is asked of the database once, when a field needs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from laksana.people.desks import Office
from laksana.people.models import Group, Person, Position, Unit
from laksana.people.services import office_on


@dataclass(frozen=True)
class Option:
    """One entry of a list: what is sent, what is read, and a smaller remark."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class OptionGroup:
    """Entries under one heading ("" for none)."""

    label: str
    options: list[Option]


class Directory:
    """The office at one instant, as lists to choose from."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def groups(self, kind: str) -> list[OptionGroup]:
        """Return the choices of a field of type person, unit or assignee."""
        match kind:
            case "person":
                return self._people
            case "unit":
                return self._units
        return [*self._positions, *self._teams, *self._desks_of_people]

    @cached_property
    def _rows(self) -> list[Person]:
        return list(
            Person.objects.filter(active=True)
            .select_related("unit")
            .order_by("unit__order", "unit_id", "name")
        )

    @cached_property
    def _people(self) -> list[OptionGroup]:
        return _grouped((person.unit.name, Option(str(person.pk), person.name)) for person in self._rows)

    @cached_property
    def _desks_of_people(self) -> list[OptionGroup]:
        heading = _("Employees: %(unit)s")
        return _grouped(
            (heading % {"unit": person.unit.name}, Option(f"person:{person.pk}", person.name))
            for person in self._rows
        )

    @cached_property
    def _units(self) -> list[OptionGroup]:
        return _grouped(
            (_("Outside parties") if unit.outside else _("Units of the office"), Option(unit.code, unit.name))
            for unit in Unit.objects.order_by("outside", "order", "code")
        )

    @cached_property
    def _office(self) -> Office:
        return office_on(self._at)

    def _who_answers(self, position: Position) -> str:
        """Return the names of those who answer for a position now: its holder, Plt, Plh, or whoever is above."""
        names = {person.pk: person.name for person in self._rows}
        holders = self._office.holders(f"position:{position.code}")
        return ", ".join(names[person] for person in holders if person in names)

    @cached_property
    def _positions(self) -> list[OptionGroup]:
        return _grouped(
            (
                position.unit.name,
                Option(f"position:{position.code}", position.title, self._who_answers(position)),
            )
            for position in Position.objects.filter(unit__outside=False)
            .select_related("unit")
            .order_by("unit__order", "unit_id", "order", "code")
        )

    @cached_property
    def _teams(self) -> list[OptionGroup]:
        return _grouped(
            (_("Groups"), Option(f"group:{group.code}", group.name)) for group in Group.objects.all()
        )


def _grouped(pairs: Iterable[tuple[str, Option]]) -> list[OptionGroup]:
    groups: dict[str, OptionGroup] = {}
    for label, option in pairs:
        groups.setdefault(label, OptionGroup(label, [])).options.append(option)
    return list(groups.values())
