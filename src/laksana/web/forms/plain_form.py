"""A form that belongs to no procedure, drawn and checked with the same fields as those of steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from laksana.sop.definition import FieldSpec
from laksana.web.forms.directory import Directory
from laksana.web.forms.fields import Field, Surroundings
from laksana.web.forms.step_form import Fault


@dataclass(frozen=True)
class PlainForm:
    """Fields with what was typed into them and what is wrong with it."""

    specs: Mapping[str, FieldSpec]
    person_id: int
    directory: Directory
    given: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    """Field -> what is wrong; "" speaks of the form as a whole."""

    @property
    def fields(self) -> list[Field]:
        """Return the controls."""
        around = Surroundings(self.person_id, None, self.directory, self.errors, {}, frozenset())
        return [
            Field(name, spec, self.given.get(name, spec.default), spec.required, around)
            for name, spec in self.specs.items()
        ]

    @property
    def faults(self) -> list[Fault]:
        """Return the lines of the error summary, in the order of the form."""
        named = [
            Fault(f"f-{name}", spec.label, self.errors[name])
            for name, spec in self.specs.items()
            if name in self.errors
        ]
        return [*([Fault("", "", self.errors[""])] if "" in self.errors else []), *named]
