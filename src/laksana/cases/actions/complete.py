"""Complete: do a step."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from laksana.cases.engine.access import open_item
from laksana.cases.engine.attaching import attach_given
from laksana.cases.engine.capacity import capacity, note_evidence
from laksana.cases.engine.doing import finish
from laksana.cases.engine.form import checked
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.settling import settle
from laksana.cases.engine.transaction import atomically
from laksana.cases.hooks import before_completing
from laksana.cases.models import Case
from laksana.cases.rights import check_may_do
from laksana.people.models import Person


@atomically
def complete(  # noqa: PLR0913  (an action names what it does, to what, by whom and when)
    item_id: int,
    revision: int,
    person: Person,
    values: Mapping[str, Any],
    at: datetime,
    *,
    outcome: str | None = None,
    evidence: str = "",
    key: UUID | None = None,
) -> Case:
    """Do a step with the values of its form, and for a decision its outcome; return the case.

    `evidence` says, for a step of an outside party, on what the officer's record rests. Raises NotFound, AlreadyDone, NotYours,
    Invalid.
    """
    run, item = open_item(item_id, revision, at, person, key, "completed")
    check_may_do(run, item, person, run.office.desks_of(person.pk))
    step = run.procedure.step(item.step)
    given = checked(run, step, path_of(item.instance), values, outcome)
    for check in before_completing:
        check(run.situation(step, path_of(item.instance), outcome=outcome), item)
    item.done_as = run.acting_as = capacity(run, item, person, evidence)
    attach_given(run, item, given)
    finish(run, item, given, outcome)
    note_evidence(run, evidence)
    settle(run)
    return run.case
