"""Jobs for the tests, which worker processes import too. Each writes what it did into the file given."""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from laksana.jobs.services import job


def _note(file: str, text: str) -> None:
    with Path(file).open("a") as handle:
        handle.write(f"{text}\n")


@job()
def write(file: str, text: str, *, at: datetime) -> None:
    """Write a line."""
    _note(file, text)


@job()
def write_instant(file: str, *, at: datetime) -> None:
    """Write the instant that the worker handed over."""
    _note(file, at.isoformat())


@job(unique=True)
def write_once(file: str, *, at: datetime) -> None:
    """Write a line; the same one does not wait twice."""
    _note(file, "once")


@job(retries=2, backoff=timedelta(seconds=10))
def break_down(file: str, *, at: datetime) -> None:
    """Fail, each time."""
    _note(file, "tried")
    message = "the printer is on fire"
    raise RuntimeError(message)


@job()
def need_release(file: str, *, at: datetime) -> None:
    """Begin, then hang until a file named like `file` with ".release" is there, then end."""
    _note(file, f"begun {os.getpid()}")
    end = time.monotonic() + 60
    while not Path(f"{file}.release").exists() and time.monotonic() < end:
        time.sleep(0.05)
    _note(file, "ended")


@job(retries=1)
def kill_the_worker(file: str, *, at: datetime) -> None:
    """Take the whole process down, as an exhausted memory would."""
    _note(file, "killing")
    os.kill(os.getpid(), 9)


SCHEDULED = {"file": os.environ.get("SCHEDULED_FILE", "")}
"""Where `tick` writes, which by its schedule gets no argument."""


@job()
def tick(*, at: datetime) -> None:
    """Write that the schedule ran."""
    _note(SCHEDULED["file"], "tick")
