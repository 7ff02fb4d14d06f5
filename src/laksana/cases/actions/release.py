"""Release: give a claimed step back to its desk."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from laksana.cases.engine.access import open_item
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save
from laksana.cases.errors import NotYours
from laksana.cases.models import Case
from laksana.people.models import Person


@atomically
def release(item_id: int, revision: int, person: Person, at: datetime, *, key: UUID | None = None) -> Case:
    """Give a step back; return the case. Raises NotFound, AlreadyDone, and NotYours unless the person had taken it."""
    run, item = open_item(item_id, revision, at, person, key, "released")
    if item.claimed_by_id != person.pk:
        raise NotYours(_("Only the one who took a step can give it back."))
    item.claimed_by = item.claimed_at = None
    run.change(item)
    run.record("released", step=item.step, item=item)
    save(run)
    return run.case
