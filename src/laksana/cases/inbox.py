"""Tugas saya: what waits for a person, by urgency, read from an index only and never by sorting a table."""

from collections.abc import Collection
from datetime import datetime
from heapq import merge
from itertools import islice

from django.db.models import Q, QuerySet

from laksana.cases.models import WorkItem
from laksana.people.models import Person


def inbox(
    person: Person,
    desks: Collection[str],
    *,
    procedure: str = "",
    late_at: datetime | None = None,
    offset: int = 0,
    limit: int = 50,
) -> list[WorkItem]:
    """Return the open items that wait for a person, the most urgent first; `late_at` keeps those late by then.

    Each desk is one run through the index `item_inbox`, already in order; the runs are merged here, so that the database never
    sorts. Only the rows of the page are then read.
    """
    wanted = Q(state=WorkItem.State.OPEN, due_at__isnull=False)
    if procedure:
        wanted &= Q(case__procedure=procedure)
    if late_at is not None:
        wanted &= Q(due_at__lt=late_at)
    open_items = WorkItem.objects.filter(wanted)
    runs = [_run(open_items.filter(desk=desk, claimed_by=None), offset + limit) for desk in sorted(desks)]
    runs.append(_run(open_items.filter(claimed_by=person), offset + limit))
    page = [key for _, key in islice(merge(*runs), offset, offset + limit)]
    found = WorkItem.objects.select_related("case").in_bulk(page)
    return [found[key] for key in page if key in found]


def _run(items: "QuerySet[WorkItem]", most: int) -> list[tuple[datetime, int]]:
    rows = items.order_by("due_at", "id")
    return [(due, key) for due, key in rows.values_list("due_at", "id")[:most] if due is not None]


def counts(person: Person, desks: Collection[str], at: datetime) -> dict[str, int]:
    """Return how many items wait for a person, and how many of them are late."""
    waiting = WorkItem.objects.on_desks(person, desks)
    return {"waiting": waiting.count(), "late": waiting.filter(due_at__lt=at).count()}
