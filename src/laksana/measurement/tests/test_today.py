"""The office at one instant, and a procedure month by month."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laksana.cases import actions
from laksana.cases.models import WorkItem
from laksana.cases.tests.conftest import MORNING, Desk
from laksana.measurement.services import office_today, trend, waiting_longest
from laksana.people.models import Unit

Begin = Callable[..., Desk]
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "time": "30 menit"},
    {"id": "periksa", "by": "kasubag", "time": "1 jam", "then": "selesai"},
]


def test_it_counts_cases_and_what_waits_at_each_unit(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    later = actions.start("contoh", desk.office.staf, MORNING + timedelta(minutes=5), values={})
    desk.do("isi")
    today = office_today(MORNING + timedelta(hours=1))
    assert (today.running, today.opened, today.ended, today.waiting, today.late) == (2, 2, 0, 2, 1)
    units = {load.unit: (load.waiting, load.late) for load in today.units}
    assert sum(waiting for waiting, _late in units.values()) == 2
    assert set(units) <= set(Unit.objects.values_list("code", flat=True))
    oldest = min(load.oldest for load in today.units if load.oldest)
    assert oldest == later.opened_at or oldest == desk.item("periksa").opened_at


def test_an_ended_case_of_today_is_counted_and_waits_nowhere(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    desk.do("isi")
    desk.do("periksa", "kasubag")
    today = office_today(MORNING + timedelta(hours=1))
    assert (today.running, today.ended, today.waiting, today.units) == (0, 1, 0, ())
    tomorrow = office_today(MORNING + timedelta(days=1))
    assert (tomorrow.opened, tomorrow.ended) == (0, 0)


def test_what_waits_longest_comes_first(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    later = actions.start("contoh", desk.office.staf, MORNING + timedelta(minutes=5), values={})
    assert [item.case for item in waiting_longest(WorkItem.objects.all(), 5)] == [desk.case, later]
    assert len(waiting_longest(WorkItem.objects.all(), 1)) == 1


def test_the_office_costs_as_many_queries_for_many_cases_as_for_one(begin: Begin) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            office_today(MORNING + timedelta(hours=1))
        return len(queries)

    desk = begin(steps=STEPS)
    once = cost()
    for minute in range(5):
        actions.start("contoh", desk.office.staf, MORNING + timedelta(minutes=minute), values={})
    assert cost() == once


def test_twelve_months_cost_as_many_queries_as_one(begin: Begin) -> None:
    begin(steps=STEPS)

    def cost(months: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            trend("contoh", MORNING, months)
        return len(queries)

    cost(1)
    assert cost(12) == cost(1)


def test_months_are_the_offices_and_the_last_is_counted_until_now(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    desk.do("isi")
    desk.at += timedelta(hours=3)
    desk.do("periksa", "kasubag")
    months = trend("contoh", MORNING + timedelta(hours=5), months=3)
    assert [month.first for month in months] == [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]
    assert [(month.steps, month.punctual, month.ended.count) for month in months] == [
        (0, 0, 0), (0, 0, 0), (3, 2, 1),
    ]  # fmt: skip
    assert months[0].share_on_time is None
    assert months[2].share_on_time == pytest.approx(2 / 3)
    assert trend("contoh", MORNING - timedelta(minutes=1), months=1)[0].steps == 0


def test_the_last_hours_of_a_month_belong_to_it_in_the_office(begin: Begin) -> None:
    """Midnight of Jakarta is 17.00 of the day before in UTC."""
    desk = begin(steps=STEPS)
    desk.do("isi")
    last_evening = datetime(2026, 10, 31, 16, 59, tzinfo=UTC)
    WorkItem.objects.filter(step="isi").update(done_at=last_evening)
    WorkItem.objects.filter(step="terima").update(done_at=last_evening + timedelta(minutes=1))
    months = trend("contoh", MORNING, months=2)
    assert [month.steps for month in months] == [1, 1]


def test_twelve_months_cross_the_year(begin: Begin) -> None:
    begin(steps=STEPS)
    firsts = [month.first for month in trend("contoh", MORNING)]
    assert (firsts[0], firsts[1], len(firsts)) == (date(2025, 12, 1), date(2026, 1, 1), 12)
