"""The row of a table that an instance stands for: its typed cells, and whether the others need not wait for it."""

from collections.abc import Mapping
from typing import Any

from laksana.sop.definition import Procedure
from laksana.sop.values import from_json_of


def typed_row(procedure: Procedure, made_by: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the typed cells of the row from which a step made an instance."""
    spec = procedure.step(made_by).for_each
    columns = (procedure.fields[spec.field].columns if spec else None) or {}
    return {name: from_json_of(columns, name, value) for name, value in row.items()}


def is_optional(procedure: Procedure, made_by: str, row: Mapping[str, Any]) -> bool:
    """Return whether an instance need not come back before the flow goes on (`waits_for`)."""
    spec = procedure.step(made_by).for_each
    if spec is None or spec.waits_for is None:
        return False
    return not spec.waits_for.holds(typed_row(procedure, made_by, row))
