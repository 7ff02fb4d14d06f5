"""An office of its own for tests with real processes: a fresh database of the session's kind, and workers on it."""

import os
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

SETUP = "import django; django.setup()\n"


@dataclass
class Office:
    """Where the processes work, and those that run."""

    env: dict[str, str]
    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    _papers: dict[int, Path] = field(default_factory=dict)

    def python(self, code: str, seconds: float = 120) -> str:
        """Run code with Django set up, and return what it printed; it may take so many seconds."""
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", SETUP + code],
            env=self.env, capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def column(self, query: str) -> list[Any]:
        """Return the first column of a query, asked beside Django: starting Python again for each look is slow."""
        with closing(self._connect()) as connection:
            return [row[0] for row in connection.execute(query).fetchall()]

    def execute(self, statement: str) -> None:
        """Run a statement, beside Django."""
        with closing(self._connect()) as connection:
            connection.execute(statement)
            connection.commit()

    def _connect(self) -> Any:
        if address := self.env.get("DATABASE_URL"):
            return psycopg.connect(address, autocommit=True)
        return sqlite3.connect(Path(self.env["LAKSANA_HOME"]) / "laksana.sqlite3", timeout=30)

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start a Python process of this office."""
        # What it says goes to a file: a pipe would stay open, and a reader wait, as long as any child of it lives.
        with tempfile.NamedTemporaryFile(dir=self.env["LAKSANA_HOME"], suffix=".log", delete=False) as paper:
            process = subprocess.Popen([sys.executable, *arguments], env=self.env, stdout=paper, stderr=paper)  # noqa: S603
        self.processes.append(process)
        self._papers[process.pid] = Path(paper.name)
        return process

    def said(self, process: "subprocess.Popen[bytes]") -> str:
        """Return what a process has said until now."""
        return self._papers[process.pid].read_text(encoding="utf-8")

    def worker(self) -> "subprocess.Popen[bytes]":
        """Start a worker."""
        return self.start("-m", "laksana", "worker", "--interval", "0.1")

    def stop_all(self) -> None:
        """Kill what still runs."""
        for process in self.processes:
            process.kill()
            process.wait()


@contextmanager
def new_office(home: Path, **settings: str) -> Iterator[Office]:
    """Set up a migrated database, on the PostgreSQL server of this session's DATABASE_URL or as an SQLite file."""
    env = {**os.environ, "LAKSANA_HOME": str(home), **settings}
    server = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not server.scheme.startswith("postgres"):
        env.pop("DATABASE_URL", None)
        yield from _opened(Office(env))
        return
    name = f"laksana_{secrets.token_hex(6)}"
    with psycopg.connect(urlunsplit(server), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            env["DATABASE_URL"] = urlunsplit(server._replace(path=f"/{name}"))
            yield from _opened(Office(env))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _opened(office: Office) -> Iterator[Office]:
    office.python(
        "from django.core.management import call_command; call_command('migrate', run_syncdb=True, verbosity=0)"
    )
    try:
        yield office
    finally:
        office.stop_all()


def wait_until(true: Callable[[], bool], seconds: float = 120) -> None:
    """Wait until something is so; fail when it takes too long."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)
