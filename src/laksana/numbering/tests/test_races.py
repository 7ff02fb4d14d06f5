"""Several processes take numbers at once, some undo, some are killed: no number twice, none missing."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any

import pytest
from django.db import connection

from laksana.jobs.tests.office import wait_until

PROCESSES, ROUNDS = 4, 40
pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of processes that share one empty database: this run's on PostgreSQL, a file on SQLite."""
    settings = connection.settings_dict
    if connection.vendor == "postgresql":
        url = f"postgres://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
        return {**os.environ, "DATABASE_URL": url}
    copied = tmp_path / "race.sqlite3"
    copied.write_bytes(_migrated())
    return {**os.environ, "DATABASE_URL": f"sqlite:///{copied}"}


@cache
def _migrated() -> bytes:
    """Return an empty SQLite database with the tables of series, made once for all tests."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "race.sqlite3"
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--skip-checks", "-v0", "numbering"],
            env={**os.environ, "DATABASE_URL": f"sqlite:///{file}"},
            check=True,
        )
        return file.read_bytes()


@dataclass(frozen=True)
class Racer:
    """A process, and the file that it prints into: lines read from a pipe by halves would be lost to a second reader."""

    process: "subprocess.Popen[bytes]"
    paper: Path

    def printed(self) -> str:
        """Return what it has printed until now."""
        return self.paper.read_text(encoding="utf-8")


def start(environment: dict[str, str], *arguments: str) -> Racer:
    command = [sys.executable, "-m", "laksana.numbering.tests.race", *arguments]
    with NamedTemporaryFile(suffix=".log", delete=False) as paper:
        return Racer(subprocess.Popen(command, env=environment, stdout=paper), Path(paper.name))  # noqa: S603


def report(environment: dict[str, str]) -> dict[str, Any]:
    reporting = start(environment, "report")
    assert reporting.process.wait(60) == 0
    kept: dict[str, Any] = json.loads(reporting.printed())
    return kept


def committed(racer: Racer) -> list[list[int]]:
    racer.process.wait(120)
    return [json.loads(line) for line in racer.printed().splitlines() if line.endswith("]")]


def test_processes_that_count_at_once_leave_no_gap_and_no_double(environment: dict[str, str]) -> None:
    racing = [start(environment, "take", str(ROUNDS), str(seed)) for seed in range(PROCESSES)]
    taken = [pair for racer in racing for pair in committed(racer)]
    assert [racer.process.returncode for racer in racing] == [0] * PROCESSES
    kept = report(environment)
    assert len(taken) > PROCESSES
    assert sorted(number for number, _ in taken) == kept["numbers"] == list(range(1, len(taken) + 1))
    assert sorted(bare for _, bare in taken) == list(range(1, len(taken) + 1))
    assert kept["last"] == {"umum": len(taken), "berkas": len(taken)}
    assert kept["gaps"] == {"umum": []}


def test_processes_killed_while_counting_leave_no_gap_and_no_double(environment: dict[str, str]) -> None:
    racing = [start(environment, "take", "100000", str(seed)) for seed in range(PROCESSES)]
    for racer in racing:
        wait_until(lambda: "]" in racer.printed())  # noqa: B023
    for racer in racing:
        time.sleep(0.2)
        racer.process.send_signal(signal.SIGKILL)
    taken = [pair for racer in racing for pair in committed(racer)]
    kept = report(environment)
    assert kept["gaps"] == {"umum": []}
    assert kept["numbers"] == list(range(1, kept["last"]["umum"] + 1))
    assert kept["last"]["berkas"] == kept["last"]["umum"]
    acknowledged = [number for number, _ in taken]
    assert len(acknowledged) == len(set(acknowledged))
    assert set(acknowledged) <= set(kept["numbers"])


def test_two_series_that_write_alike_never_write_one_number_twice(environment: dict[str, str]) -> None:
    racing = [start(environment, "papers", str(ROUNDS), str(seed)) for seed in range(PROCESSES)]
    for racer in racing:
        assert racer.process.wait(120) == 0
    told = [json.loads(line)[0] for racer in racing for line in racer.printed().splitlines()]
    kept = report(environment)
    assert len(told) > PROCESSES
    assert sorted(told) == sorted(kept["written"])
    assert len(set(told)) == len(told)
    assert kept["gaps"] == {"satu": [], "dua": []}
