"""A job that fails is tried again, each time later, and stays visible when it failed for good."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from laksana.jobs import leases
from laksana.jobs.declaration import LONGEST_WAIT, Job
from laksana.jobs.models import Lease, Worker
from laksana.jobs.services import NoFailedJobError, discard, enqueue, failed_jobs, queue_state, retry
from laksana.jobs.tests import work
from laksana.jobs.worker import JobRunner

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def turn(at: datetime) -> bool:
    return JobRunner(lambda: at).turn()


def tries(paper: Path) -> int:
    return paper.read_text().count("tried")


@pytest.mark.django_db
def test_a_failed_job_is_tried_again_after_ten_and_twenty_seconds_and_then_no_more(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases._random, "random", lambda: 0.0)
    enqueue(work.break_down, file=str(paper))
    assert turn(NOW)
    assert not turn(NOW + 9 * SECOND)
    assert turn(NOW + 10 * SECOND)
    assert not turn(NOW + 29 * SECOND)
    assert turn(NOW + 30 * SECOND)
    assert tries(paper) == 3
    assert not turn(NOW + timedelta(days=1))
    assert [job.attempts for job in failed_jobs()] == [3]


@given(attempt=st.integers(1, 200), jitter=st.floats(0, 1), seconds=st.integers(1, 10_000))
def test_the_wait_doubles_up_to_an_hour_and_jitter_takes_off_at_most_half(
    attempt: int, jitter: float, seconds: int
) -> None:
    job = Job(func=work.tick.func, backoff=timedelta(seconds=seconds))
    full = min(timedelta(seconds=seconds) * 2 ** min(attempt - 1, 30), LONGEST_WAIT)
    assert job.wait(attempt, 0.0) == full
    assert full / 2 <= job.wait(attempt, jitter) <= full


@pytest.mark.django_db
def test_a_failed_job_shows_what_went_wrong_and_can_be_retried_with_all_its_tries(paper: Path) -> None:
    enqueue(work.break_down, file=str(paper))
    for hour in range(3):
        turn(NOW + timedelta(hours=hour))
    (failed,) = failed_jobs()
    assert failed.name == "laksana.jobs.tests.work.break_down"
    assert failed.error == "RuntimeError: the printer is on fire"
    assert "raise RuntimeError" in failed.traceback
    assert failed.arguments == {"file": str(paper)}
    assert failed.failed_at == NOW + timedelta(hours=2)

    retry(failed.id)
    assert failed_jobs() == []
    for hour in range(10, 13):
        assert turn(NOW + timedelta(hours=hour))
    assert tries(paper) == 6


@pytest.mark.django_db
def test_only_a_failed_job_can_be_retried_or_discarded(paper: Path) -> None:
    waiting = enqueue(work.write, file=str(paper), text="x")
    for identifier in (waiting, "00000000-0000-0000-0000-000000000000", "no identifier"):
        with pytest.raises(NoFailedJobError):
            retry(identifier)
        with pytest.raises(NoFailedJobError):
            discard(identifier)


@pytest.mark.django_db
def test_a_failed_job_can_be_discarded(paper: Path) -> None:
    enqueue(work.break_down, file=str(paper))
    for hour in range(3):
        turn(NOW + timedelta(hours=hour))
    discard(failed_jobs()[0].id)
    assert failed_jobs() == []


@pytest.mark.django_db
def test_a_job_that_this_version_does_not_know_is_tried_again_and_fails_in_the_end(paper: Path) -> None:
    gone = enqueue(work.write, file=str(paper), text="x")
    DBTaskResult.objects.filter(pk=gone).update(task_path="laksana.jobs.tests.work.gone")
    for day in range(7):
        turn(NOW + timedelta(days=day))
    (failed,) = failed_jobs()
    assert failed.attempts == 6
    assert "gone" in failed.error


@pytest.mark.django_db
def test_the_job_of_a_silent_worker_is_taken_back_and_its_late_result_is_ignored(paper: Path) -> None:
    enqueue(work.write, file=str(paper), text="x")
    Worker.objects.create(name="silent", host="a", pid=1, started_at=NOW, seen_at=NOW)
    row = leases.take("silent", NOW)
    assert row is not None
    assert not turn(NOW + settings.JOB_LEASE - SECOND)
    assert turn(NOW + settings.JOB_LEASE + SECOND)
    assert paper.read_text() == "x\n"
    assert not leases.finish(row, "silent", NOW + timedelta(hours=1))
    assert not leases.fail(row, "silent", NOW + timedelta(hours=1), ValueError())
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert not Lease.objects.exists()
    assert not Worker.objects.exists()


@pytest.mark.django_db
def test_a_job_whose_end_could_not_be_written_is_run_again_by_the_same_worker(paper: Path) -> None:
    enqueue(work.write, file=str(paper), text="x")
    worker = JobRunner(lambda: NOW)
    assert leases.take(worker.name, NOW) is not None
    assert worker.turn()
    assert paper.read_text() == "x\n"


@pytest.mark.django_db
def test_the_state_of_the_queue_counts_what_waits_runs_and_failed(paper: Path) -> None:
    enqueue(work.break_down, file=str(paper))
    for hour in range(3):
        turn(NOW + timedelta(hours=hour))
    enqueue(work.write, file=str(paper), text="now")
    enqueue(work.write, run_after=NOW + timedelta(days=9), file=str(paper), text="later")
    Worker.objects.create(name="alive", host="a", pid=1, started_at=NOW, seen_at=NOW)
    Worker.objects.create(name="silent", host="a", pid=2, started_at=NOW, seen_at=NOW - timedelta(hours=1))
    state = queue_state(NOW)
    assert (state.waiting, state.later, state.running, state.failed, state.workers) == (1, 1, 0, 1, 1)
    assert state.oldest is not None
