"""Start: open a case of a procedure and, with values, do its first step at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from laksana.cases.engine.access import Repeated, refuse_repeated
from laksana.cases.engine.capacity import capacity
from laksana.cases.engine.carry import finish, new_case, settle
from laksana.cases.engine.form import attach_given, checked
from laksana.cases.engine.transaction import atomically
from laksana.cases.models import Case
from laksana.cases.rights import check_may_do
from laksana.people.models import Person


@atomically
def start(
    procedure: str,
    person: Person,
    at: datetime,
    *,
    values: Mapping[str, Any] | None = None,
    outcome: str | None = None,
    evidence: str = "",
    key: UUID | None = None,
) -> Case:
    """Start a case and return it; with `values`, its first step is done in the same action.

    The person must be one who may do the first step. Raises NotFound, NotYours, Invalid.
    """
    try:
        refuse_repeated(key, person)
    except Repeated as repeated:
        return repeated.event.case
    run = new_case(procedure, at, initiator=person, data={}, key=key)
    desks = run.office.desks_of(person.pk)
    mine = [item for item in run.items if item.desk in desks]
    for item in mine or run.items[:1]:
        check_may_do(run, item, person, desks)
    if values is not None:
        item = mine[0]
        step = run.procedure.step(item.step)
        given = checked(run, step, (), values, outcome)
        item.done_as = run.acting_as = capacity(run, item, person, evidence)
        attach_given(run, step, item, given)
        finish(run, item, given, outcome)
    settle(run)
    return run.case
