"""Comment: say something in a case."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from laksana.cases.engine.access import open_readable_case
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save_beside_flow
from laksana.cases.errors import Invalid
from laksana.cases.models import Case
from laksana.people.models import Person

_LONGEST = 5000


@atomically
def comment(case_id: int, person: Person, text: str, at: datetime, *, key: UUID | None = None) -> Case:
    """Add a comment to a case that the person may know of; return the case. Raises NotFound, Invalid."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        raise Invalid({"text": _("Write something, of %(limit)d characters at most.") % {"limit": _LONGEST}})
    run = open_readable_case(case_id, at, person, key, "commented")
    run.record("commented", data={"text": text})
    save_beside_flow(run)
    return run.case
