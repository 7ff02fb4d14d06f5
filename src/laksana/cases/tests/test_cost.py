"""What completing a step may cost: a query more is found here, not by a slow office.

Two of the queries are the savepoint that a test puts around the action in place of a transaction.
"""

from collections.abc import Callable
from typing import Any

from pytest_django import DjangoAssertNumQueries

from laksana.cases import actions
from laksana.cases.tests.conftest import Desk

Begin = Callable[..., Desk]
FIELDS: dict[str, Any] = {"hal": {"label": "Hal", "type": "text"}}
TABLE: dict[str, Any] = {
    "penerima": {
        "label": "Penerima",
        "type": "table",
        "columns": {"kepada": {"label": "Kepada", "type": "assignee"}},
    }
}
CIRCLE: list[dict[str, Any]] = [
    {"id": "isi", "asks": ["hal"]},
    {"id": "periksa", "by": "kasubag", "decides": "Memeriksa", "outcomes": {"Ya": "tutup", "Tidak": "isi"}},
    {"id": "tutup", "then": "selesai"},
]
PLAIN = 11
"""Savepoint and release; the case, its items, the office; two items, event, case; the job that tells."""


def complete(desk: Desk, step: str, allowed: int, counting: DjangoAssertNumQueries, **values: Any) -> None:
    """Do an open step of a clerk in exactly so many queries."""
    item = desk.item(step)
    with counting(allowed):
        actions.complete(item.pk, item.revision, desk.office.staf, values, desk.at)


def test_a_plain_step(begin: Begin, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    complete(begin(steps=CIRCLE, fields=FIELDS), "isi", PLAIN, django_assert_num_queries, hal="x")


def test_a_step_costs_no_more_after_a_long_history(
    begin: Begin, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = begin(steps=CIRCLE, fields=FIELDS)
    for _round in range(15):
        desk.do("isi", hal="x")
        desk.do("periksa", "kasubag", outcome="Tidak")
    complete(desk, "isi", PLAIN, django_assert_num_queries, hal="x")


def test_a_clock_that_starts_costs_its_reading_and_its_row(
    begin: Begin, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    clock = {"id": "batas", "from": "isi", "to": "tutup", "limit": "3 hari kerja"}
    desk = begin(steps=CIRCLE, fields=FIELDS, clocks=[clock])
    complete(desk, "isi", PLAIN + 2, django_assert_num_queries, hal="x")


def test_every_receiver_costs_his_instance_and_his_work_item(
    begin: Begin, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    steps: list[dict[str, Any]] = [
        {"id": "bagi", "asks": ["penerima"]},
        {"id": "kerja", "by": "penerima", "for_each": "penerima"},
        {"id": "tutup", "then": "selesai"},
    ]
    lane = {"penerima": {"title": "Penerima", "is": "each kepada"}}
    desk = begin(steps=steps, fields=TABLE, performers=lane)
    rows = [{"kepada": f"position:{code}"} for code in ("kepala", "sekretaris", "kasubag", "staf")]
    of_rows = (
        1 + 2 * len(rows) - 1
    )  # the instances are read; each row adds two, of which one work item is the plain step's
    complete(desk, "bagi", PLAIN + of_rows, django_assert_num_queries, penerima=rows)
