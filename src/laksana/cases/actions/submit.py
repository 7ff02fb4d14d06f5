"""Submit and answer: an outside party starts a case, or does a step of its lane, by itself through the public's pages.

Nobody of the office acts: the events name no person and act in the capacity of the lane's party, as they do when an officer
records for it; what came in is itself the evidence.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from laksana.cases.engine.access import open_item, refuse_repeated
from laksana.cases.engine.attaching import attach_given, given_files
from laksana.cases.engine.doing import finish
from laksana.cases.engine.form import checked
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.run import Run
from laksana.cases.engine.settling import new_case, settle
from laksana.cases.engine.transaction import atomically
from laksana.cases.errors import Invalid, NotYours
from laksana.cases.models import Attachment, Case, WorkItem
from laksana.sop.definition import Procedure
from laksana.sop.performer import Kind

_OUTSIDE = (Kind.OUTSIDE, Kind.PUBLIC)
_LONGEST = 120


@atomically
def submit(
    procedure: str,
    values: Mapping[str, Any],
    at: datetime,
    *,
    evidence: str,
    files: Collection[int] = (),
    outcome: str | None = None,
    key: UUID | None = None,
) -> Case:
    """Start a case with its first step done by an outside party itself; return it.

    `evidence` names what came in, `files` the files that came with it. Raises NotFound, NotYours, Invalid.
    """
    refuse_repeated(key, None, "started")
    run = new_case(procedure, at, initiator=None, data={}, key=key)
    item = next((item for item in run.items if _is_of_applicant(run.procedure, item)), None)
    if item is None:
        raise NotYours(_("This procedure is started inside the office."))
    _do(run, item, values, files, evidence, outcome)
    return run.case


@atomically
def answer(
    item_id: int,
    values: Mapping[str, Any],
    at: datetime,
    *,
    evidence: str,
    files: Collection[int] = (),
    outcome: str | None = None,
    key: UUID | None = None,
) -> Case:
    """Do a step that waits for the applicant, by the applicant itself; return the case.

    The caller has made sure that it is he who answers. Raises NotFound, AlreadyDone, NotYours, Invalid.
    """
    run, item = open_item(item_id, None, at, None, key, "completed")
    if not _is_of_applicant(run.procedure, item):
        raise NotYours(_("This step is done inside the office."))
    _do(run, item, values, files, evidence, outcome)
    return run.case


def waits_for_applicant(procedure: Procedure, item: WorkItem) -> bool:
    """Return whether an open step is one that the applicant does alone: a lane of the outside party that started the case."""
    return item.state == WorkItem.State.OPEN and _is_of_applicant(procedure, item)


def _is_of_applicant(procedure: Procedure, item: WorkItem) -> bool:
    lanes = set(procedure.steps[0].by)
    outside = procedure.performers[item.lane].holder.kind in _OUTSIDE
    return outside and item.lane in lanes and set(procedure.step(item.step).by) <= lanes


def _do(
    run: Run,
    item: WorkItem,
    values: Mapping[str, Any],
    files: Collection[int],
    evidence: str,
    outcome: str | None,
) -> None:
    step = run.procedure.step(item.step)
    given = checked(run, step, path_of(item.instance), values, outcome)
    _refuse_foreign(run, given, files)
    item.done_as = run.acting_as = run.procedure.performers[item.lane].title[:_LONGEST]
    attach_given(run, item, given)
    finish(run, item, given, outcome)
    done = next(event for event in run.events if event.kind == "completed")
    done.data["evidence"] = evidence
    settle(run)


def _refuse_foreign(run: Run, given: Mapping[str, Any], files: Collection[int]) -> None:
    """Refuse files that neither came with this form nor are the case's: nobody's files have no owner to ask."""
    for field, keys in given_files(run.procedure.fields, given):
        unsent = Attachment.objects.filter(pk__in=keys, case=None).values_list("pk", flat=True)
        if not set(unsent) <= set(files):
            raise Invalid({field: _("This file did not come with this form. Attach it again.")})
