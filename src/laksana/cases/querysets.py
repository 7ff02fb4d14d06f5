"""The only way pages, API and commands reach cases: querysets by what a person may read and do."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from laksana.cases.models import Case, WorkItem  # noqa: F401  (named in quotes below)
    from laksana.people.models import Person

OPEN_TO_ALL = "terbuka"


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def readable_by(self, person: "Person", desks: Collection[str]) -> "CaseQuerySet":
        """Return the cases a person may know of: open ones, his own, those he has or had work in, those he was named in.

        And those whose definition makes a level of them known to one of his desks.

        What he sees of a sealed one is another question: `laksana.cases.sight`.
        """
        items = apps.get_model("cases", "WorkItem").objects.had().filter(case=OuterRef("pk"))
        readers = apps.get_model("cases", "Reader").objects.filter(case=OuterRef("pk"), desk__in=desks)
        from laksana.cases.definitions import known_to

        known = Q(pk__in=())
        for sop, level in known_to(desks):
            known |= Q(sop=sop, level=level)
        return self.filter(
            known
            | Q(level=OPEN_TO_ALL)
            | Q(initiator=person)
            | Exists(items.filter(Q(done_by=person) | Q(desk__in=desks)))
            | Exists(readers)
        )


class WorkItemQuerySet(models.QuerySet["WorkItem"]):
    """Work items."""

    def had(self) -> "WorkItemQuerySet":
        """Return those that whoever sits at their desk has or had; not one that its giver took back unopened."""
        return self.exclude(state="dicabut")

    def on_desks(self, person: "Person", desks: Collection[str]) -> "WorkItemQuerySet":
        """Return the open items that wait for a person: on his desks and not taken by a colleague."""
        return self.filter(Q(desk__in=desks, claimed_by=None) | Q(claimed_by=person), state="terbuka")
