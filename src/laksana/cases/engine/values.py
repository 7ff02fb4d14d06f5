"""The data of a case and its instances: kept as JSON in their rows, seen by steps as typed values."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.engine.rows import typed_row
from laksana.cases.models import Case
from laksana.cases.models import Instance as InstanceRow
from laksana.sop.definition import Procedure, Step
from laksana.sop.expression import outcome_name
from laksana.sop.flow import Instance
from laksana.sop.form import from_json, to_json

OUTCOMES = "_outcomes"
"""The key under which a case's (or instance's) data keep the last outcome of each decision."""


class Values:
    """What is known in a case; an instance sees, over the case's values, those of all it came from and its own.

    Typing all data anew for each question would cost an action more than anything else it computes. So what an instance sees is
    kept, follows what is kept in the data, and is handed out in copies.
    """

    def __init__(self, case: Case, procedure: Procedure, instances: Mapping[Instance, InstanceRow]) -> None:
        self.case = case
        self.procedure = procedure
        self.instances = instances
        self.changed: set[str] = set()
        """Fields of the case itself that hold another value than when it was read."""
        self._seen: dict[Instance, dict[str, Any]] = {}

    def seen(self, instance: Instance) -> dict[str, Any]:
        """Return the typed values that a step sees: the case's, over them those of its instance and of its row."""
        known = self._seen.get(instance)
        if known is None:
            known = self._seen[instance] = self._typed(instance)
        return dict(known)

    def known(self, step: Step, instance: Instance) -> dict[str, Any]:
        """Return the values with which the form of a step opens.

        What the step asks of an instance is the instance's own: it is not taken over from those it came from.
        """
        values = self.seen(instance)
        if instance:
            own = from_json(self.procedure, self.instances[instance].data)
            values |= {
                name: own.get(name) for name in (*step.asks, *([step.journal] if step.journal else []))
            }
        return values

    def keep(self, values: Mapping[str, Any], instance: Instance) -> None:
        """Keep typed values in the case, or in the instance they were given on."""
        data, held = to_json(values), self._data_of(instance)
        if not instance:
            self.changed.update(name for name, value in data.items() if held.get(name) != value)
        held.update(data)
        self._see(instance, from_json(self.procedure, data))

    def keep_outcome(self, step_id: str, outcome: str | None, instance: Instance) -> None:
        """Keep the outcome of a decision; None forgets it."""
        data = self._data_of(instance)
        others = {step: label for step, label in data.get(OUTCOMES, {}).items() if step != step_id}
        data[OUTCOMES] = others if outcome is None else {**others, step_id: outcome}
        if outcome is None:
            self._seen.clear()
        else:
            self._see(instance, {outcome_name(step_id): outcome})

    def _data_of(self, instance: Instance) -> dict[str, Any]:
        data: dict[str, Any] = self.instances[instance].data if instance else self.case.data
        return data

    def _see(self, instance: Instance, typed: Mapping[str, Any]) -> None:
        """Let an instance see new values; those that came from it are to be looked at anew."""
        if instance in self._seen:
            self._seen[instance] |= typed
        size = len(instance)
        for other in [i for i in self._seen if len(i) > size and i[:size] == instance]:
            del self._seen[other]

    def _typed(self, instance: Instance) -> dict[str, Any]:
        merged = dict(self.case.data)
        row: Mapping[str, Any] = {}
        for depth in range(1, len(instance) + 1):
            kept = self.instances[instance[:depth]]
            outcomes = {**merged.get(OUTCOMES, {}), **kept.data.get(OUTCOMES, {})}
            merged |= kept.data
            merged[OUTCOMES] = outcomes
            row = typed_row(self.procedure, kept.made_by, kept.row)
        typed = from_json(self.procedure, merged)
        typed |= {name: value for name, value in row.items() if name not in self.procedure.fields}
        typed |= {outcome_name(step): label for step, label in merged.get(OUTCOMES, {}).items()}
        typed["instance_depth"] = len(instance)
        return typed
