"""What waits for a person, by urgency, and what it may cost the database."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laksana.cases import actions, services
from laksana.cases.inbox import narrowed, query
from laksana.cases.models import SopVersion, WorkItem
from laksana.cases.tests.conftest import MORNING, Desk, Office, definition, install
from laksana.people.models import Person
from laksana.people.services import desks_of

Begin = Callable[..., Desk]
STEPS: list[dict[str, Any]] = [{"id": "isi"}, {"id": "tutup", "by": "kasubag", "then": "selesai"}]


_NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {count})"
_CASES = """
    INSERT INTO cases_case (number, sop_id, procedure, subject, level, state, data, opened_at, last_event, last_hash, search_text)
    {numbers} SELECT 'C/' || n, {sop}, 'contoh', 'Perihal ' || n, 'terbuka', 'berjalan', '{{}}', {opened}, 1, '', '' FROM numbers
"""
_ITEMS = """
    INSERT INTO cases_workitem (case_id, step, lane, instance, desk, state, arrived, opened_at, due_at, claimed_by_id, done_as,
        outcome, revision, cause)
    {numbers} SELECT (SELECT MIN(id) FROM cases_case) + n / {per_case}, 'isi', 'staf', '',
        CASE (n / {per_case}) % 5 WHEN 0 THEN 'position:staf' WHEN 1 THEN 'position:kasubag' WHEN 2 THEN 'person:{person}'
            WHEN 3 THEN 'unit:dinas' ELSE 'position:kepala' END,
        CASE n % {per_case} WHEN 0 THEN 'terbuka' ELSE 'selesai' END, 1, {opened}, {due},
        CASE n % {taken_each} WHEN 0 THEN {person} END, '', '', 1, 0 FROM numbers
"""
_DUE = {
    "sqlite": "datetime({opened}, ((n / {per_case} * 7919) % 40000 - 20000) || ' minutes')",
    "postgresql": "{opened} + ((n::bigint / {per_case} * 7919) % 40000 - 20000) * interval '1 minute'",
}


def fill(version: SopVersion, office: Office, cases: int, closed: int) -> None:
    """Put an open item of each of `cases` on the desks of the office, and many closed ones, as actions would have left them."""
    per_case = closed + 1
    opened = {"sqlite": "'2026-11-10 01:00:00'", "postgresql": "timestamptz '2026-11-10 01:00:00Z'"}[
        connection.vendor
    ]
    given = {
        "numbers": _NUMBERS.format(count=cases),
        "sop": version.pk,
        "opened": opened,
        "due": _DUE[connection.vendor].format(opened=opened, per_case=per_case),
        "per_case": per_case,
        "taken_each": 50 * per_case,
        "person": office.staf.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CASES.format(**given))
        cursor.execute(_ITEMS.format(**given | {"numbers": _NUMBERS.format(count=cases * per_case)}))
        cursor.execute("VACUUM ANALYZE cases_workitem" if _may_vacuum() else "ANALYZE")


def _may_vacuum() -> bool:
    return connection.vendor == "postgresql" and not connection.in_atomic_block


def plan(person: Person, at: datetime, **filters: Any) -> str:
    """Return how the database answers the inbox."""
    desks = sorted(desks_of(person, at))
    sql, parameters = query(
        person.pk,
        desks,
        narrowed(filters.get("procedure", ""), filters.get("late_at"), filters.get("steps", ())),
        50,
    )
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        cursor.execute(explain + sql, parameters)
        return "\n".join(" ".join(map(str, row)) for row in cursor.fetchall())


@pytest.fixture
def version(office: Office) -> SopVersion:
    return install(definition(steps=[{"id": "terima"}, *STEPS]))


def test_the_most_urgent_come_first_page_by_page(office: Office, version: SopVersion) -> None:
    fill(version, office, 200, 2)
    whole = services.inbox(office.staf, MORNING, limit=500)
    expected = WorkItem.objects.on_desks(office.staf, desks_of(office.staf, MORNING)).order_by("due_at", "id")
    assert [item.pk for item in whole] == [item.pk for item in expected]
    pages = [services.inbox(office.staf, MORNING, offset=offset, limit=30) for offset in range(0, 500, 30)]
    assert [item.pk for page in pages for item in page] == [item.pk for item in whole]


def test_late_ones_and_those_of_a_procedure_are_picked_out(
    begin: Begin, office: Office, version: SopVersion
) -> None:
    fill(version, office, 100, 1)
    late = services.inbox(office.staf, MORNING, late=True, limit=500)
    assert late
    assert all(item.due_at and item.due_at < MORNING for item in late)
    counts = services.inbox_counts(office.staf, MORNING)
    assert counts == {"waiting": len(services.inbox(office.staf, MORNING, limit=500)), "late": len(late)}
    install(definition("lain", steps=[{"id": "terima"}, *STEPS]))
    case = actions.start("lain", office.staf, MORNING, values={})
    assert [item.case for item in services.inbox(office.staf, MORNING, procedure="lain")] == [case]


def test_what_a_colleague_has_taken_is_not_there(office: Office, version: SopVersion) -> None:
    fill(version, office, 100, 0)
    taken = set(WorkItem.objects.filter(claimed_by=office.staf).values_list("pk", flat=True))
    assert taken
    assert not taken & {item.pk for item in services.inbox(office.staf2, MORNING, limit=500)}
    assert taken <= {item.pk for item in services.inbox(office.staf, MORNING, limit=500)}


def test_the_inbox_costs_as_many_queries_for_many_desks_as_for_few(
    office: Office, version: SopVersion
) -> None:
    fill(version, office, 50, 0)
    services.inbox(office.kepala, MORNING)
    with CaptureQueriesContext(connection) as queries:
        services.inbox(office.kepala, MORNING)
    assert len(queries) == 3  # who sits where, the index, the page


def check_plan(found: str) -> None:
    lines = [line for line in found.splitlines() if "cases_workitem" in line]
    assert lines
    if connection.vendor == "sqlite":
        assert all("SEARCH cases_workitem USING COVERING INDEX item_" in line for line in lines), found
        assert "TEMP B-TREE" not in found
    else:
        assert all("Index Only Scan using item_" in line for line in lines), found
        assert "Sort" not in found


@pytest.fixture
def indexed_only(db: None) -> Iterator[None]:
    """Let PostgreSQL plan for a small table as for a large one: it would rightly read a small one whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
        yield


def test_the_inbox_is_read_from_the_index_alone_and_nothing_is_sorted(
    office: Office, version: SopVersion, indexed_only: None
) -> None:
    fill(version, office, 300, 3)
    check_plan(plan(office.staf, MORNING))
    check_plan(plan(office.staf, MORNING, late_at=MORNING))


def test_the_inbox_of_a_procedure_sorts_nothing_either(
    office: Office, version: SopVersion, indexed_only: None
) -> None:
    fill(version, office, 300, 3)
    found = plan(office.staf, MORNING, procedure="contoh")
    assert "item_inbox" in found
    assert "TEMP B-TREE" not in found
    assert "Sort" not in found
