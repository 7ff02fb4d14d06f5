"""A job belongs to the transaction in which it was enqueued."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from laksana.jobs.services import enqueue, job
from laksana.jobs.tests import work
from laksana.jobs.worker import JobRunner

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def waiting() -> int:
    return DBTaskResult.objects.filter(status="READY").count()


@pytest.mark.django_db(transaction=True)
def test_an_action_rolled_back_leaves_no_job(paper: Path) -> None:
    def act() -> None:
        with transaction.atomic():
            enqueue(work.write, file=str(paper), text="never")
            enqueue(work.write_once, file=str(paper))
            raise LookupError

    with pytest.raises(LookupError):
        act()
    assert waiting() == 0
    assert JobRunner(lambda: NOW).turn() is False
    assert not paper.exists()


@pytest.mark.django_db(transaction=True)
def test_a_committed_action_leaves_its_job(paper: Path) -> None:
    with transaction.atomic():
        enqueue(work.write, file=str(paper), text="done")
    assert JobRunner(lambda: NOW).turn() is True
    assert paper.read_text() == "done\n"


@pytest.mark.django_db
def test_the_worker_hands_over_the_instant(paper: Path) -> None:
    enqueue(work.write_instant, file=str(paper))
    JobRunner(lambda: NOW).turn()
    assert paper.read_text().strip() == NOW.isoformat()


@pytest.mark.django_db
def test_a_job_held_back_does_not_run_before_its_time(paper: Path) -> None:
    enqueue(work.write, run_after=NOW + timedelta(minutes=1), file=str(paper), text="later")
    assert JobRunner(lambda: NOW).turn() is False
    assert JobRunner(lambda: NOW + timedelta(minutes=1)).turn() is True


@pytest.mark.django_db
def test_enqueueing_is_one_insert(paper: Path, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with transaction.atomic(), django_assert_num_queries(1):
        enqueue(work.write, file=str(paper), text="x")
    with transaction.atomic(), django_assert_num_queries(2):
        enqueue(work.write_once, file=str(paper))


@pytest.mark.django_db
def test_the_same_unique_job_does_not_wait_twice(paper: Path) -> None:
    first = enqueue(work.write_once, file=str(paper))
    assert enqueue(work.write_once, file=str(paper)) == first
    assert enqueue(work.write_once, file="another") != first
    assert waiting() == 2


@pytest.mark.django_db
def test_a_unique_job_that_has_begun_does_not_stand_for_a_new_one(paper: Path) -> None:
    first = enqueue(work.write_once, file=str(paper))
    DBTaskResult.objects.filter(pk=first).update(status="RUNNING")
    assert enqueue(work.write_once, file=str(paper)) != first


@pytest.mark.django_db
def test_a_unique_job_waiting_for_later_does_not_stand_for_one_wanted_now(paper: Path) -> None:
    later = enqueue(work.write_once, run_after=NOW, file=str(paper))
    assert enqueue(work.write_once, file=str(paper)) != later


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time anyway")
@pytest.mark.django_db(transaction=True)
def test_a_job_that_stands_for_another_does_not_start_before_the_others_action_is_committed(
    paper: Path,
) -> None:
    def turn_elsewhere() -> bool:
        try:
            return JobRunner(lambda: NOW).turn()
        finally:
            connection.close()

    first = enqueue(work.write_once, file=str(paper))
    with ThreadPoolExecutor(1) as elsewhere:
        with transaction.atomic():
            assert enqueue(work.write_once, file=str(paper)) == first
            assert elsewhere.submit(turn_elsewhere).result() is False
        assert elsewhere.submit(turn_elsewhere).result() is True


@pytest.mark.parametrize("arguments", [{"file": object()}, {"file": NOW}])
@pytest.mark.django_db
def test_an_argument_that_is_not_json_is_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        enqueue(work.write, **arguments)


@pytest.mark.django_db
def test_the_instant_is_not_for_the_caller_to_give() -> None:
    with pytest.raises(TypeError, match="run_after"):
        enqueue(work.write, at="2026-11-24")


def test_a_function_without_an_instant_cannot_be_a_job() -> None:
    with pytest.raises(TypeError, match="a job takes `at: datetime`"):
        job()(waiting)
