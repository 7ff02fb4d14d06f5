"""Real worker processes that are killed, stopped, and run beside each other."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from laksana.jobs.tests.office import Office, new_office, wait_until

pytestmark = pytest.mark.fault
LEASE = 6
"""Seconds; a heartbeat comes each third of it, also on a machine that has much else to do."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with new_office(tmp_path_factory.mktemp("home"), LAKSANA_JOB_LEASE_SECONDS=str(LEASE)) as office:
        yield office


@pytest.fixture
def office(database: Office) -> Iterator[Office]:
    yield database
    database.stop_all()
    database.processes.clear()
    database.python(
        "from django_tasks_db.models import DBTaskResult\n"
        "from laksana.jobs.models import Lease, Worker\n"
        "for model in (Lease, Worker, DBTaskResult): model.objects.all().delete()"
    )


def enqueue(office: Office, job: str, paper: Path, times: int = 1) -> None:
    office.python(
        "from laksana.jobs.services import enqueue\n"
        "from laksana.jobs.tests import work\n"
        f"for _ in range({times}): enqueue(work.{job}, file={str(paper)!r})"
    )


def states(office: Office) -> list[str]:
    """Return the states of the tests' own jobs; workers run the applications' schedules besides."""
    table = "django_tasks_database_dbtaskresult"
    own = office.column(
        f"SELECT status FROM {table} WHERE task_path LIKE 'laksana.jobs.tests.%' ORDER BY status"  # noqa: S608
    )
    return [str(state) for state in own]


def workers(office: Office) -> int:
    return len(office.column("SELECT name FROM jobs_worker"))


def lines(paper: Path, word: str) -> int:
    return sum(line.startswith(word) for line in paper.read_text().splitlines()) if paper.exists() else 0


def release(paper: Path) -> None:
    Path(f"{paper}.release").touch()


def test_the_job_of_a_killed_worker_is_taken_up_by_another(office: Office, paper: Path) -> None:
    enqueue(office, "need_release", paper)
    first = office.worker()
    wait_until(lambda: lines(paper, "begun") == 1)
    first.kill()
    first.wait()
    office.worker()
    wait_until(lambda: lines(paper, "begun") == 2)
    release(paper)
    wait_until(lambda: states(office) == ["SUCCESSFUL"])
    assert lines(paper, "ended") == 1


def test_a_long_job_is_left_to_a_worker_that_lives(office: Office, paper: Path) -> None:
    enqueue(office, "need_release", paper)
    office.worker()
    wait_until(lambda: lines(paper, "begun") == 1)
    office.worker()
    time.sleep(2 * LEASE)
    release(paper)
    wait_until(lambda: states(office) == ["SUCCESSFUL"])
    assert lines(paper, "begun") == 1


def test_a_job_that_kills_its_workers_fails_in_the_end(office: Office, paper: Path) -> None:
    enqueue(office, "kill_the_worker", paper)
    for times in (1, 2):
        worker = office.worker()
        worker.wait(120)
        assert worker.returncode == -signal.SIGKILL
        assert lines(paper, "killing") == times
    office.worker()
    wait_until(lambda: states(office) == ["FAILED"])
    assert lines(paper, "killing") == 2


def test_a_worker_told_to_stop_ends_the_job_in_hand_and_takes_no_other(office: Office, paper: Path) -> None:
    enqueue(office, "need_release", paper, times=2)
    worker = office.worker()
    wait_until(lambda: lines(paper, "begun") == 1)
    worker.terminate()
    release(paper)
    assert worker.wait(120) == 0
    assert states(office) == ["READY", "SUCCESSFUL"]


def test_a_worker_told_twice_leaves_its_job_to_others_at_once(office: Office, paper: Path) -> None:
    enqueue(office, "need_release", paper)
    worker = office.worker()
    wait_until(lambda: lines(paper, "begun") == 1)
    worker.terminate()
    time.sleep(0.5)
    worker.terminate()
    assert worker.wait(60) == 128 + signal.SIGTERM
    assert workers(office) == 0, "it has signed off, so that nobody waits for its lease to end"
    office.worker()
    wait_until(lambda: lines(paper, "begun") == 2)
    assert lines(paper, "ended") == 0


def test_an_idle_worker_stops_at_once(office: Office) -> None:
    worker = office.worker()
    wait_until(lambda: workers(office) == 1)
    worker.terminate()
    assert worker.wait(60) == 0
    assert workers(office) == 0


def test_three_workers_run_each_of_many_jobs_once(office: Office, paper: Path) -> None:
    enqueue(office, "write_instant", paper, times=60)
    for _ in range(3):
        office.worker()
    wait_until(lambda: set(states(office)) == {"SUCCESSFUL"})
    assert len(paper.read_text().splitlines()) == 60


def test_two_workers_run_a_schedule_once_each_time_it_is_due(office: Office, paper: Path) -> None:
    office.env["SCHEDULED_FILE"] = str(paper)
    code = (
        "import django; django.setup()\n"
        "from datetime import timedelta\n"
        "from laksana.jobs.services import scheduled\n"
        "from laksana.jobs.tests import work\n"
        "from laksana.jobs.worker import JobRunner\n"
        "scheduled(every=timedelta(hours=1))(work.tick)\n"
        "JobRunner().run(interval=0.01)"
    )
    for _ in range(2):
        office.start("-c", code)
    wait_until(lambda: workers(office) == 2)
    for round_number in range(1, 6):
        office.execute("UPDATE jobs_schedule SET next_at = '2020-01-01 00:00:00' WHERE name LIKE '%.tick'")
        wait_until(lambda: lines(paper, "tick") >= round_number)  # noqa: B023
        time.sleep(1.5)  # time enough for the other one to look too
        assert lines(paper, "tick") == round_number
