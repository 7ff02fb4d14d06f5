"""`laksana serve` and `laksana worker`, run as an office runs them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from laksana.jobs.tests.office import Office, new_office, wait_until

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with new_office(tmp_path_factory.mktemp("home")) as office:
        yield office


@pytest.fixture
def office(database: Office) -> Iterator[Office]:
    yield database
    for process in database.processes:
        if process.poll() is None:
            process.terminate()
            process.wait(40)
    database.stop_all()
    database.processes.clear()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/no-such-page")
        return connection.getresponse().status > 0
    except OSError:
        return False
    finally:
        connection.close()


def is_open(port: int) -> bool:
    """Return whether anything listens: the first worker does long before the last has started."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def run(office: Office, *arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "laksana", *arguments],
        env={**office.env, "LANGUAGE": "en", **env}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def serving(office: Office, port: int, *more: str) -> "subprocess.Popen[bytes]":
    process = office.start("-m", "laksana", "serve", "--port", str(port), *more)
    wait_until(lambda: f"http://127.0.0.1:{port}" in office.said(process))
    assert answers(port)
    return process


def children(pid: int, word: str) -> list[int]:
    """Return the child processes whose command has this word."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            command = path.with_name("cmdline").read_text()
        except OSError:
            continue
        if parent == pid and word in command:
            found.append(int(path.parent.name))
    return found


def test_it_serves_says_where_and_stops_cleanly(office: Office) -> None:
    port = free_port()
    process = serving(office, port)
    wait_until(lambda: len(children(process.pid, "laksana\0worker")) == 1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert not answers(port)


def test_without_a_worker_no_worker_runs(office: Office) -> None:
    process = serving(office, free_port(), "--no-worker")
    assert len(children(process.pid, "granian")) == 1
    assert len(children(process.pid, "laksana\0worker")) == 0


def test_a_killed_worker_and_a_killed_server_are_started_again(office: Office) -> None:
    port = free_port()
    process = serving(office, port)
    wait_until(lambda: len(children(process.pid, "laksana\0worker")) == 1)
    for word in ("laksana\0worker", "granian"):
        (before,) = children(process.pid, word)
        os.kill(before, signal.SIGKILL)
        wait_until(lambda: children(process.pid, word) not in ([], [before]))  # noqa: B023
    wait_until(lambda: answers(port))
    process.terminate()
    assert process.wait(60) == 0
    assert office.said(process).count("kode keluar -9") == 2


def test_when_it_is_killed_itself_nothing_stays_behind(office: Office) -> None:
    port = free_port()
    process = serving(office, port)
    wait_until(lambda: len(children(process.pid, "laksana\0worker")) == 1)
    left = children(process.pid, "")
    process.kill()
    process.wait()
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))
    assert not answers(port)


def test_a_server_killed_while_its_workers_still_start_frees_its_port(office: Office) -> None:
    for tenths in range(8):
        port = free_port()
        process = office.start("-m", "laksana", "serve", "--port", str(port), "--workers", "4", "--no-worker")
        wait_until(lambda: is_open(port))  # noqa: B023
        time.sleep(tenths / 10)
        process.kill()
        process.wait()
        wait_until(lambda: not is_open(port), 40)  # noqa: B023


def test_a_taken_port_is_said_before_anything_starts(office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run(office, "serve", "--port", port)
    assert done.returncode == 1
    assert port in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_an_unprepared_database_is_said_with_what_to_do(office: Office, tmp_path: Path, command: str) -> None:
    done = run(office, command, LAKSANA_HOME=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path}/none.sqlite3")
    assert done.returncode == 1
    assert "laksana init" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_said(office: Office) -> None:
    done = run(office, "serve", DATABASE_URL=f"postgres://nobody@127.0.0.1:{free_port()}/none")
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_worker_for_once_does_what_is_due_and_ends(office: Office, tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    office.python(
        "from laksana.jobs.services import enqueue\n"
        "from laksana.jobs.tests import work\n"
        f"for word in ('a', 'b'): enqueue(work.write, file={str(paper)!r}, text=word)"
    )
    assert run(office, "worker", "--once").returncode == 0
    assert sorted(paper.read_text().split()) == ["a", "b"]


def test_a_server_that_cannot_start_ends_everything_with_a_message(office: Office) -> None:
    code = (
        "import sys\n"
        "from laksana.site.supervisor import Child, Supervisor\n"
        "dying = Child('The server', [sys.executable, '-c', 'raise SystemExit(3)'])\n"
        "living = Child('The other', [sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "sys.exit(Supervisor([dying, living], print).run(lambda: False))"
    )
    process = office.start("-c", "import django; django.setup()\n" + code)
    assert process.wait(60) == 1
    assert office.said(process).count("The server") == 4
    assert "kode keluar 3" in office.said(process)
