"""Who may write drafts of SOPs: computed from the organisation and the date, as every right is."""

from datetime import datetime

from django.utils.translation import gettext as _

from laksana.cases.errors import NotYours
from laksana.people.models import Person
from laksana.people.services import desks_of

EDITORS = frozenset({"group:tim-penyusun-sop", "position:kasubag-pep"})
"""The desks at which SOPs are drafted: the office's team for SOP, and the head of programme, evaluation and reporting."""


def may_revise(person: Person, at: datetime) -> bool:
    """Return whether a person may write drafts of SOPs."""
    return not EDITORS.isdisjoint(desks_of(person, at))


def check_may_revise(person: Person, at: datetime) -> None:
    """Raise NotYours unless the person may write drafts of SOPs."""
    if not may_revise(person, at):
        raise NotYours(
            _(
                "Only the team that drafts SOPs and the head of programme, evaluation and reporting revise an SOP."
            )
        )
