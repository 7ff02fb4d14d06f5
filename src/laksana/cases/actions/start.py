"""Start: open a case of a procedure and, with values, do its first step at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from laksana.cases.engine.access import Repeated, desks_of, refuse_repeated
from laksana.cases.engine.carry import finish, new_case, settle
from laksana.cases.engine.form import attach_given, checked
from laksana.cases.engine.transaction import atomically
from laksana.cases.errors import Invalid
from laksana.cases.models import Case
from laksana.cases.rights import check_may_do
from laksana.people import services as people
from laksana.people.models import Person
from laksana.sop.performer import Kind


@atomically
def start(  # noqa: PLR0913  (an action names what it does, by whom and when)
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
    desks = desks_of(person, at)
    mine = [item for item in run.items if item.desk in desks]
    for item in mine or run.items[:1]:
        check_may_do(run, item, person, desks)
    if values is not None:
        item = mine[0]
        step = run.procedure.step(item.step)
        given = checked(run, step, (), values, outcome)
        item.done_as = run.acting_as = people.capacity(person, item.desk, at)[:120]
        performer = run.procedure.performers[item.lane]
        if performer.holder.kind in (Kind.OUTSIDE, Kind.PUBLIC):
            if not evidence.strip():
                raise Invalid({"evidence": f"say on what this record for {performer.title} rests"})
            item.done_as = run.acting_as = performer.title[:120]
        attach_given(run, step, item, given)
        finish(run, item, given, outcome)
    settle(run)
    return run.case
