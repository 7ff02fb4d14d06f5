"""Start: open a case of a procedure and, with values, do its first step at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from laksana.cases.engine.access import refuse_repeated
from laksana.cases.engine.attaching import attach_given
from laksana.cases.engine.capacity import capacity, note_evidence
from laksana.cases.engine.doing import finish
from laksana.cases.engine.form import checked
from laksana.cases.engine.run import Run
from laksana.cases.engine.settling import new_case, settle
from laksana.cases.engine.transaction import atomically
from laksana.cases.errors import NotYours
from laksana.cases.models import Case, WorkItem
from laksana.cases.rights import check_may_do
from laksana.people.models import Person


@atomically
def start(
    procedure: str,
    person: Person | None,
    at: datetime,
    *,
    values: Mapping[str, Any] | None = None,
    outcome: str | None = None,
    evidence: str = "",
    key: UUID | None = None,
) -> Case:
    """Start a case and return it; with `values`, its first step is done in the same action.

    The person must be one who may do the first step; the system itself (no person) starts only what it begins by itself. Raises
    NotFound, NotYours, Invalid.
    """
    refuse_repeated(key, person, "started")
    run = new_case(procedure, at, initiator=person, data={}, key=key)
    item = None if run.to_run else _first_item(run, person)
    if values is not None and person is not None and item is not None:
        step = run.procedure.step(item.step)
        given = checked(run, step, (), values, outcome)
        item.done_as = run.acting_as = capacity(run, item, person, evidence)
        attach_given(run, item, given)
        finish(run, item, given, outcome)
        note_evidence(run, evidence)
    settle(run)
    return run.case


def _first_item(run: Run, person: Person | None) -> WorkItem:
    """Return the work item with which the person begins. Raises NotYours where there is none."""
    desks = run.office.desks_of(person.pk) if person else frozenset[str]()
    item = next((item for item in run.items if item.desk in desks), None)
    if item is None or person is None:
        raise NotYours(_("You cannot start this procedure: its first step lies on another desk."))
    check_may_do(run, item, person, desks)
    return item
