"""Tugas saya: what waits for a person, by urgency, read from an index only and never by sorting a table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
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
_NOT_BEFORE = " AND due_at >= %s"
_OF_STEPS = " AND EXISTS (SELECT 1 FROM cases_case WHERE cases_case.id = case_id AND ({pairs}))"
_PAIR = "sop_id = %s AND step = %s"
_COUNT = "SELECT COUNT(*), COUNT(CASE WHEN due_at < %s THEN 1 END) FROM cases_workitem WHERE {where}"
_COUNT_BY_STEP = (
    "SELECT sop_id, step, COUNT(*), COUNT(CASE WHEN due_at < %s THEN 1 END) FROM cases_workitem"
    " JOIN (SELECT id AS key, sop_id FROM cases_case) AS of_case ON key = case_id WHERE {where} GROUP BY sop_id, step"
)


@dataclass(frozen=True)
class WaitingStep:
    """How many items of one step of one version wait, and how many of them are late."""

    sop: int
    step: str
    waiting: int
    late: int


def inbox(
    person: Person,
    desks: Collection[str],
    *,
    procedure: str = "",
    late_at: datetime | None = None,
    steps: Collection[tuple[int, str]] | None = None,
    offset: int = 0,
    limit: int = 50,
) -> list[WorkItem]:
    """Return the open items that wait for a person, the most urgent first.

    `late_at` keeps those late by then, `steps` those of these steps, each named by the version of its SOP and its id.
    """
    if steps is not None and not steps:
        return []
    return _page(person, desks, narrowed(procedure, late_at, steps or ()), offset, limit)


@dataclass(frozen=True)
class Sift:
    """What is left of the work that waits for somebody; None leaves a filter open."""

    steps: Collection[tuple[int, str]] | None = None
    """Those of these steps, each named by the version of its SOP and its id."""
    due_from: datetime | None = None
    due_before: datetime | None = None
    shared: bool | None = None
    """What lies on a desk of several people and nobody took, or all but that."""


def sifted(
    person: Person,
    desks: Mapping[str, bool],
    sift: Sift,
    *,
    offset: int = 0,
    limit: int = 50,
) -> list[WorkItem]:
    """Return what is left of the open items that wait for a person, the most urgent first.

    `desks` says of each of his whether others sit there too.
    """
    if sift.steps is not None and not sift.steps:
        return []
    more, given = narrowed("", sift.due_before, sift.steps or ())
    if sift.due_from is not None:
        more, given = (
            more + _NOT_BEFORE,
            [*given, connection.ops.adapt_datetimefield_value(sift.due_from)],
        )
    if sift.shared is None:
        return _page(person, desks, (more, given), offset, limit)
    kept = [desk for desk, shared in desks.items() if shared == sift.shared]
    return _page(person, kept, (more, given), offset, limit, taken=not sift.shared)


def _page(
    person: Person,
    desks: Collection[str],
    more: tuple[str, list[Any]],
    offset: int,
    limit: int,
    *,
    taken: bool = True,
) -> list[WorkItem]:
    """Return a page of what lies on these desks, and of what the person took where `taken` says so."""
    sql, parameters = query(person.pk, sorted(desks), more, offset + limit, taken=taken)
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    runs = [[row[1:] for row in run] for _number, run in groupby(rows, itemgetter(0))]
    page = [key for _due, key in islice(merge(*runs), offset, offset + limit)]
    found = WorkItem.objects.select_related("case").defer("case__search_text").in_bulk(page)
    return [found[key] for key in page if key in found]


def narrowed(
    procedure: str, late_at: datetime | None, steps: Collection[tuple[int, str]]
) -> tuple[str, list[Any]]:
    """Return the further condition of a run and its parameters."""
    more, given = "", list[Any]()
    if procedure:
        more, given = more + _OF_PROCEDURE, [*given, procedure]
    if late_at is not None:
        more, given = more + _LATE, [*given, connection.ops.adapt_datetimefield_value(late_at)]
    if steps:
        more += _OF_STEPS.format(pairs=" OR ".join([_PAIR] * len(steps)))
        given += [value for pair in sorted(steps) for value in pair]
    return more, given


def query(
    person: int, desks: list[str], further: tuple[str, list[Any]], most: int, *, taken: bool = True
) -> tuple[str, list[Any]]:
    """Return the SQL that gives the most urgent items of each desk, and those the person has taken; "" where there is no desk.

    Each is one run through an index that is in order already; merging the runs is left to the caller, so that the database
    sorts nothing. The ORM cannot say this on SQLite, and asking for one desk after the other costs a query for each.
    """
    wheres, (more, given) = _wheres(person, desks), further
    wheres = wheres if taken else wheres[:-1]  # the last is what he has taken
    parts = [_RUN.format(number=n, where=where, more=more) for n, (where, _) in enumerate(wheres)]
    parameters = [value for _, first in wheres for value in (first, *given, most)]
    return " UNION ALL ".join(parts), parameters


def _wheres(person: int, desks: Collection[str]) -> list[tuple[str, object]]:
    wheres: list[tuple[str, object]] = [(_ON_DESK, desk) for desk in sorted(desks)]
    return [*wheres, (_CLAIMED, person)]


def counts(person: Person, desks: Collection[str], at: datetime) -> dict[str, int]:
    """Return how many items wait for a person, and how many of them are late."""
    rows = _counted(_COUNT, person, desks, at)
    return {"waiting": sum(row[0] for row in rows), "late": sum(row[1] for row in rows)}


def waiting_steps(person: Person, desks: Collection[str], at: datetime) -> list[WaitingStep]:
    """Return what waits for a person, counted by step; one query."""
    found: dict[tuple[int, str], WaitingStep] = {}
    for sop, step, waiting, late in _counted(_COUNT_BY_STEP, person, desks, at):
        before = found.get((sop, step), WaitingStep(sop, step, 0, 0))
        found[sop, step] = WaitingStep(sop, step, before.waiting + waiting, before.late + late)
    return list(found.values())


def _counted(count: str, person: Person, desks: Collection[str], at: datetime) -> list[tuple[Any, ...]]:
    late, wheres = connection.ops.adapt_datetimefield_value(at), _wheres(person.pk, desks)
    parameters: list[Any] = [value for _, first in wheres for value in (late, first)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(count.format(where=where) for where, _ in wheres), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
