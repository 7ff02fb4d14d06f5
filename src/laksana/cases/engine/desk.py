"""On whose desk a step lies: the lane's binding, turned into a desk key for one case and instance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from laksana.cases.models import Case
from laksana.people.models import Person
from laksana.sop.definition import Procedure, Step
from laksana.sop.performer import Binding, Kind

SYSTEM = "system"
NOBODY = "nobody"
"""The desk of a step whose performer could not be found; an administrator sees and delegates it."""

Doer = Callable[[str], int | None]
"""Asks which person last did a step (or a lane's step); None when nobody has."""


@dataclass(frozen=True)
class Resolver:
    """Turns lanes of one case into desks."""

    case: Case
    procedure: Procedure
    values: Mapping[str, Any]
    row: Mapping[str, Any]
    doer_of_step: Doer
    doer_of_lane: Doer

    def desk(self, lane: str) -> str:
        """Return the desk of a lane."""
        performer = self.procedure.performers[lane]
        return self._desk(performer.recorded_by or performer.holder)

    def recorder_above(self, lane: str) -> str:
        """Return the desk that records for a lane what is decided above the office; NOBODY where the lane has none."""
        recorder = self.procedure.performers[lane].above_recorded_by
        return NOBODY if recorder is None else self._desk(recorder)

    def _desk(self, binding: Binding) -> str:  # noqa: PLR0911  (one return for each kind)
        match binding.kind:
            case Kind.POSITION | Kind.UNIT | Kind.GROUP:
                return f"{binding.kind.value}:{binding.of}"
            case Kind.INITIATOR:
                return _person(self.case.initiator_id)
            case Kind.SUPERIOR:
                return _prefixed("superior", self._person_of(binding.of))
            case Kind.HEAD:
                return _head_of_unit(self._person_of(binding.of))
            case Kind.FIELD:
                return _named(self.values.get(binding.of), self.procedure.fields[binding.of].type)
            case Kind.EACH:
                return _named(self.row.get(binding.of), _column_type(self.procedure, binding.of))
            case Kind.DOER:
                return _person(self.doer_of_step(binding.of))
            case Kind.SYSTEM | Kind.OUTSIDE | Kind.PUBLIC:
                return SYSTEM
        raise AssertionError(binding)

    def _person_of(self, lane: str) -> int | None:
        """Return the person a lane stands for, where that is known: the initiator, a person named, or who did it."""
        holder = self.procedure.performers[lane].holder if lane in self.procedure.performers else None
        if lane == "initiator" or (holder and holder.kind == Kind.INITIATOR):
            return self.case.initiator_id
        if holder and holder.kind == Kind.FIELD and isinstance(person := self.values.get(holder.of), int):
            return person
        return self.doer_of_lane(lane)


def _person(person_id: int | None) -> str:
    return _prefixed("person", person_id)


def _prefixed(kind: str, person_id: int | None) -> str:
    return NOBODY if person_id is None else f"{kind}:{person_id}"


def _head_of_unit(person_id: int | None) -> str:
    unit = (
        Person.objects.filter(pk=person_id).values_list("unit__code", flat=True).first()
        if person_id
        else None
    )
    return NOBODY if unit is None else f"head:{unit}"


def _named(value: Any, field_type: str) -> str:
    if value in (None, "", []):
        return NOBODY
    if field_type == "person":
        return f"person:{value}"
    if field_type == "unit":
        return f"unit:{value}"
    return str(value)


def _column_type(procedure: Procedure, column: str) -> str:
    """Return the type of a column of the tables whose rows steps run for."""
    tables = (procedure.fields.get(step.for_each.field) for step in procedure.steps if step.for_each)
    columns = (
        table.columns[column] for table in tables if table and table.columns and column in table.columns
    )
    return next((spec.type for spec in columns), "assignee")


def is_unattended(procedure: Procedure, step: Step) -> bool:
    """Return whether the system does a step: by its `auto`, or because its lane is held by the system."""
    if step.unattended:
        return True
    return step.attended is not True and all(
        procedure.performers[lane].holder.kind == Kind.SYSTEM for lane in step.by
    )
