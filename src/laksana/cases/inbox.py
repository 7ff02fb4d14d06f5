"""Tugas saya: what waits for a person, by urgency, read from an index only and never by sorting a table."""

from collections.abc import Collection
from datetime import datetime
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from django.db import connection

from laksana.cases.models import WorkItem
from laksana.people.models import Person

_ON_DESK = "state = 'terbuka' AND claimed_by_id IS NULL AND desk = %s"
_CLAIMED = "state = 'terbuka' AND claimed_by_id = %s"
"""The conditions of the indexes `item_inbox` and `item_claimed`, word by word."""
_RUN = (
    "SELECT * FROM (SELECT {number} AS run, due_at, id FROM cases_workitem"
    " WHERE {where} AND due_at IS NOT NULL{more} ORDER BY due_at, id LIMIT %s) AS run{number}"
)
_OF_PROCEDURE = (
    " AND EXISTS (SELECT 1 FROM cases_case WHERE cases_case.id = case_id AND cases_case.procedure = %s)"
)
_LATE = " AND due_at < %s"
_COUNT = "SELECT COUNT(*), COUNT(CASE WHEN due_at < %s THEN 1 END) FROM cases_workitem WHERE {where}"


def inbox(
    person: Person,
    desks: Collection[str],
    *,
    procedure: str = "",
    late_at: datetime | None = None,
    offset: int = 0,
    limit: int = 50,
) -> list[WorkItem]:
    """Return the open items that wait for a person, the most urgent first; `late_at` keeps those late by then."""
    sql, parameters = query(person.pk, sorted(desks), procedure, late_at, offset + limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    runs = [[row[1:] for row in run] for _number, run in groupby(rows, itemgetter(0))]
    page = [key for _due, key in islice(merge(*runs), offset, offset + limit)]
    found = WorkItem.objects.select_related("case").defer("case__search_text").in_bulk(page)
    return [found[key] for key in page if key in found]


def query(
    person: int, desks: list[str], procedure: str, late_at: datetime | None, most: int
) -> tuple[str, list[Any]]:
    """Return the SQL that gives the most urgent items of each desk, and those the person has taken.

    Each is one run through an index that is in order already; merging the runs is left to the caller, so that the database
    sorts nothing. The ORM cannot say this on SQLite, and asking for one desk after the other costs a query for each.
    """
    wheres: list[tuple[str, object]] = [(_ON_DESK, desk) for desk in desks]
    wheres.append((_CLAIMED, person))
    more, given = "", list[object]()
    if procedure:
        more, given = more + _OF_PROCEDURE, [*given, procedure]
    if late_at is not None:
        late = connection.ops.adapt_datetimefield_value(late_at)
        more, given = more + _LATE, [*given, late]
    parts = [_RUN.format(number=n, where=where, more=more) for n, (where, _) in enumerate(wheres)]
    parameters = [value for _, first in wheres for value in (first, *given, most)]
    return " UNION ALL ".join(parts), parameters


def counts(person: Person, desks: Collection[str], at: datetime) -> dict[str, int]:
    """Return how many items wait for a person, and how many of them are late."""
    late = connection.ops.adapt_datetimefield_value(at)
    wheres: list[tuple[str, object]] = [(_ON_DESK, desk) for desk in sorted(desks)]
    wheres.append((_CLAIMED, person.pk))
    parameters: list[Any] = [value for _, first in wheres for value in (late, first)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(_COUNT.format(where=where) for where, _ in wheres), parameters)
        rows = cursor.fetchall()
    return {"waiting": sum(row[0] for row in rows), "late": sum(row[1] for row in rows)}
