"""Statements kept ready do what the ORM does, whether or not somebody counts the queries."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from laksana.jobs.models import Schedule
from laksana.people.models import Unit
from laksana.prepared import Insert, Select, Update, execute

pytestmark = pytest.mark.django_db
by_code = Select(Unit, "code = %s")
insert, rename = Insert(Unit), Update(Unit, "name")


def made(code: str) -> Unit:
    return insert(Unit(code=code, name="Bidang", order=3))


def test_a_row_comes_back_as_the_orm_gives_it() -> None:
    unit = made("bidang-x")
    assert by_code("bidang-x") == [Unit.objects.get(pk=unit.pk)]
    assert by_code("bidang-x")[0].__dict__.keys() == Unit.objects.get(pk=unit.pk).__dict__.keys()


def test_a_changed_column_is_written_and_no_other() -> None:
    unit = made("bidang-x")
    unit.name, unit.order = "Bidang Lain", 9
    rename(unit)
    found = Unit.objects.get(pk=unit.pk)
    assert (found.name, found.order) == ("Bidang Lain", 3)


def test_a_statement_that_is_counted_does_the_same() -> None:
    with CaptureQueriesContext(connection) as counted:
        made("bidang-x")
        found = by_code("bidang-x")
    assert [unit.code for unit in found] == ["bidang-x"]
    assert len(counted) == 2


def test_an_error_is_one_of_django() -> None:
    made("bidang-x")
    with pytest.raises(IntegrityError), transaction.atomic():
        made("bidang-x")


def test_nothing_runs_in_a_transaction_that_is_broken() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            execute("SELECT 1", ())


def test_an_instant_keeps_its_moment_whatever_its_zone() -> None:
    seven_wib = datetime(2026, 11, 16, 7, 30, 0, 123456, tzinfo=timezone(timedelta(hours=7)))
    Insert(Schedule)(Schedule(name="x", rule="daily", next_at=seven_wib, last_at=None))
    [found] = Select(Schedule, "name = %s")("x")
    assert (found.next_at, found.last_at) == (seven_wib, None)
    assert Schedule.objects.get(next_at=seven_wib.astimezone(UTC)) == found


def test_a_row_is_written_by_its_values_as_by_an_object() -> None:
    insert.values(code="bidang-x", name="Bidang", parent_id=None, order=3, outside=False)
    by_values, by_object = Unit.objects.get(code="bidang-x"), made("bidang-y")
    same = {"name", "parent_id", "order", "outside"}
    assert {n: by_values.__dict__[n] for n in same} == {n: by_object.__dict__[n] for n in same}
