"""The form of a step, checked on the server: field types, the definition's conditions, and the procedure's own checks."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.engine.run import Run
from laksana.cases.errors import Invalid
from laksana.cases.references import existing
from laksana.sop.definition import Step
from laksana.sop.expression import outcome_name
from laksana.sop.flow import Instance
from laksana.sop.form import clean


def checked(
    run: Run, step: Step, instance: Instance, raw: Mapping[str, Any], outcome: str | None
) -> dict[str, Any]:
    """Return the typed values of a form. Raises Invalid with every error, what was typed being the caller's to keep."""
    known = run.known(step, instance)
    exists = existing(run.case, run.actor, run.office)
    cleaned = clean(run.procedure, step, raw, known, outcome=outcome, exists=exists)
    errors: dict[str, Any] = dict(cleaned.errors)
    if not errors:
        seen = {**known, **cleaned.values} | ({outcome_name(step.id): outcome} if step.is_decision else {})
        situation = run.situation(step, instance, seen, outcome)
        for check in run.behaviour.checks.get(step.id, ()):
            errors |= check(situation)
    if errors:
        raise Invalid(errors)
    return dict(cleaned.values)
