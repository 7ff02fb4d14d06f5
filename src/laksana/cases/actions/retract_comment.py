"""Retract: take back a comment one has just written. The chain of events keeps it; pages show it no longer."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from laksana.cases.engine.access import open_readable_case
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save_beside_flow
from laksana.cases.errors import NotFound, NotYours, Refused
from laksana.cases.models import Case
from laksana.people.models import Person

RETRACTABLE = timedelta(minutes=15)
"""How long a comment can be taken back: by then others have read it."""


@atomically
def retract_comment(
    case_id: int, number: int, person: Person, at: datetime, *, key: UUID | None = None
) -> Case:
    """Take back the comment that is event `number` of a case; return the case.

    One taken back already stays so. Raises NotFound, NotYours, Refused once it is too late.
    """
    run = open_readable_case(case_id, at, person, key, "comment-retracted")
    said = run.case.events.filter(kind="commented", number=number).first()
    if said is None:
        raise NotFound(_("There is no such comment."))
    if said.actor_id != person.pk:
        raise NotYours(_("Only the one who wrote a comment can take it back."))
    if at > said.at + RETRACTABLE:
        raise Refused(_("The comment is too old to be taken back; write another that puts it right."))
    if run.case.events.filter(kind="comment-retracted", data__event=number).exists():
        return run.case
    run.record("comment-retracted", data={"event": number})
    save_beside_flow(run)
    return run.case
