"""What runs by the clock runs once, however many workers look at the clock."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from laksana.jobs.models import Schedule
from laksana.jobs.schedules import DailyAt, Every, enqueue_due, register_schedules
from laksana.jobs.services import enqueue, scheduled, schedules
from laksana.jobs.tasks import forget_done_jobs
from laksana.jobs.tests import work
from laksana.jobs.worker import JobRunner

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def hourly(no_schedules: None, paper: Path) -> None:
    work.SCHEDULED["file"] = str(paper)
    scheduled(every=HOUR)(work.tick)
    register_schedules(NOW)


def waiting() -> int:
    return DBTaskResult.objects.filter(status="READY").count()


def test_daily_means_the_next_such_hour_in_jakarta() -> None:
    rule = DailyAt(time(6, 30))
    assert rule.after(datetime(2026, 11, 24, 6, 29, tzinfo=JAKARTA)) == datetime(
        2026, 11, 24, 6, 30, tzinfo=JAKARTA
    )
    assert rule.after(datetime(2026, 11, 24, 6, 30, tzinfo=JAKARTA)) == datetime(
        2026, 11, 25, 6, 30, tzinfo=JAKARTA
    )
    assert rule.after(datetime(2026, 11, 23, 23, 31, tzinfo=UTC)) == datetime(
        2026, 11, 25, 6, 30, tzinfo=JAKARTA
    )


@given(at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)), hour=st.times())  # noqa: DTZ001
def test_the_next_daily_instant_is_always_ahead_and_within_a_day(at: datetime, hour: time) -> None:
    ahead = DailyAt(hour.replace(tzinfo=None)).after(at) - at
    assert timedelta() < ahead <= timedelta(days=1)


@pytest.mark.django_db
def test_a_schedule_is_due_after_its_period_and_then_again(hourly: None) -> None:
    assert enqueue_due(NOW) == 0
    assert enqueue_due(NOW + HOUR) == 1
    assert enqueue_due(NOW + HOUR) == 0
    assert waiting() == 1
    state = schedules()[0]
    assert (state.name, state.last_at, state.next_at) == (work.tick.module_path, NOW + HOUR, NOW + 2 * HOUR)


@pytest.mark.django_db
def test_what_was_missed_is_made_up_for_once(hourly: None) -> None:
    assert enqueue_due(NOW + 100 * HOUR) == 1
    assert enqueue_due(NOW + 100 * HOUR) == 0


@pytest.mark.django_db
def test_a_run_is_left_out_while_the_one_before_has_not_ended(hourly: None) -> None:
    assert enqueue_due(NOW + HOUR) == 1
    assert enqueue_due(NOW + 2 * HOUR) == 0
    DBTaskResult.objects.update(status="RUNNING")
    assert enqueue_due(NOW + 3 * HOUR) == 0
    DBTaskResult.objects.update(status="SUCCESSFUL")
    assert enqueue_due(NOW + 4 * HOUR) == 1


@pytest.mark.django_db
def test_two_workers_that_saw_the_same_schedule_due_enqueue_it_once(hourly: None) -> None:
    from laksana.jobs import schedules as module

    row = Schedule.objects.get()
    entry = module.declared_schedules()[row.name]
    assert module._enqueue_once(row, entry, NOW + HOUR)
    DBTaskResult.objects.all().delete()
    assert not module._enqueue_once(row, entry, NOW + HOUR)
    assert waiting() == 0


@pytest.mark.django_db
def test_a_worker_runs_what_is_due(hourly: None, paper: Path) -> None:
    assert JobRunner(lambda: NOW + HOUR).turn()
    assert paper.read_text() == "tick\n"


@pytest.mark.django_db
def test_a_changed_rule_takes_effect_when_a_worker_starts(hourly: None) -> None:
    scheduled(every=timedelta(minutes=5))(work.tick)
    register_schedules(NOW)
    assert Schedule.objects.get().next_at == NOW + timedelta(minutes=5)


@pytest.mark.django_db
def test_a_second_worker_does_not_put_the_schedule_off(hourly: None) -> None:
    register_schedules(NOW + timedelta(minutes=59))
    assert Schedule.objects.get().next_at == NOW + HOUR


def test_a_schedule_needs_exactly_one_rule() -> None:
    for given_rules in ({}, {"every": HOUR, "daily": time(1)}):
        with pytest.raises(TypeError):
            scheduled(**given_rules)  # type: ignore[arg-type]
    assert str(Every(HOUR)) == "every 1:00:00"
    assert str(DailyAt(time(6, 5))) == "daily at 06:05"


@pytest.mark.django_db
def test_done_jobs_are_forgotten_after_a_while_and_failed_ones_are_not(paper: Path) -> None:
    for status in ("SUCCESSFUL", "FAILED", "READY"):
        kept = enqueue(work.write, file=str(paper), text=status)
        DBTaskResult.objects.filter(pk=kept).update(status=status, finished_at=NOW)
    forget_done_jobs.call(at=NOW + settings.JOBS_KEPT)
    assert DBTaskResult.objects.count() == 3
    forget_done_jobs.call(at=NOW + settings.JOBS_KEPT + timedelta(seconds=1))
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"FAILED", "READY"}


def test_the_applications_declare_their_schedules() -> None:
    from laksana.jobs.schedules import declared_schedules

    assert forget_done_jobs.module_path in declared_schedules()
