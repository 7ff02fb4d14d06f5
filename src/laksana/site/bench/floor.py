"""The floor: the rows of each step written by hand, in one transaction, by prepared statements of the driver itself.

A step's transaction takes the lock on its case by reading it, reads the case's open work items, and writes. Nothing is checked,
nothing computed, nothing looked up besides: what is to be written is known beforehand.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any, Protocol
from uuid import uuid4

from laksana.cases.models import Case
from laksana.site.bench.letters import Letters
from laksana.site.bench.rows import Counted, Own, Reference, Row, Snapshot, Write, snapshot, writes


class Driver(Protocol):
    """A connection of a database driver."""

    def begin(self) -> None: ...
    def commit(self) -> None: ...
    def run(self, sql: str, parameters: Sequence[Any]) -> list[Any]: ...
    def key(self) -> Any: ...


class InSqlite:
    """SQLite, as durable as Laksana's own connection."""

    lock = ""

    def __init__(self, file: str) -> None:
        self.connection = sqlite3.connect(file, isolation_level=None, timeout=30, cached_statements=512)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self.connection.execute(f"PRAGMA {pragma}")

    def begin(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self.connection.execute("COMMIT")

    def run(self, sql: str, parameters: Sequence[Any]) -> list[Any]:
        return self.connection.execute(sql.replace("%s", "?"), parameters).fetchall()

    def key(self) -> str:
        return uuid4().hex


class InPostgresql:
    """PostgreSQL, every statement prepared."""

    lock = " FOR UPDATE"

    def __init__(self, address: str) -> None:
        import psycopg

        self.connection = psycopg.connect(address, autocommit=True)

    def begin(self) -> None:
        self.connection.execute("BEGIN")

    def commit(self) -> None:
        self.connection.execute("COMMIT")

    def run(self, sql: str, parameters: Sequence[Any]) -> list[Any]:
        done = self.connection.execute(sql, parameters, prepare=True)
        return done.fetchall() if done.description else []

    def key(self) -> Any:
        return uuid4()


class Floor:
    """Letters carried by writing their rows."""

    def __init__(self, letters: Letters, driver: InSqlite | InPostgresql) -> None:
        self.driver = driver
        self.starting, self.stepping = _recorded(letters)
        self.numbers = count(1)

    @property
    def rows(self) -> int:
        """Return how many rows all steps of a letter write."""
        return sum(len(step) for step in self.stepping)

    def steps(self) -> Iterator[float]:
        """Carry a letter; yield the seconds that each step after the first took."""
        letter = _Letter(self.driver, next(self.numbers))
        letter.write(self.starting)
        case = next(key for (model, _), key in letter.keys.items() if model is Case)
        for step in self.stepping:
            begin = time.perf_counter()
            self.driver.begin()
            self.driver.run(f"SELECT * FROM cases_case WHERE id = %s{self.driver.lock}", [case])  # noqa: S608
            self.driver.run(
                "SELECT * FROM cases_workitem WHERE case_id = %s AND state IN ('terbuka', 'menunggu')", [case]
            )
            letter.write(step)
            self.driver.commit()
            yield time.perf_counter() - begin


class _Letter:
    """One letter's rows, with the keys and numbers that they got."""

    def __init__(self, driver: InSqlite | InPostgresql, number: int) -> None:
        self.driver, self.number = driver, number
        self.keys: dict[Row, Any] = {}
        self.counted: dict[int, int] = {}

    def write(self, recorded: list[Write]) -> None:
        for write in recorded:
            returned = self.driver.run(write.sql, [self._resolved(value) for value in write.parameters])
            if write.row is not None:
                self.keys[write.row] = returned[0][0]
            elif write.counts is not None:
                self.counted[write.counts] = returned[0][0]

    def _resolved(self, value: Any) -> Any:
        match value:
            case Reference(row=row):
                return self.keys.get(row, row[1])
            case Counted(number=number):
                return self.counted[number]
            case Own(text=None):
                return self.driver.key()
            case Own(text=text):
                return f"{text}#{self.number}"
        return value


def _recorded(letters: Letters) -> tuple[list[Write], list[list[Write]]]:
    """Carry one letter by the action, and return what its start and each of its steps wrote."""
    seen: list[Snapshot] = [snapshot()]
    case = letters.start()
    starting = list(writes(seen[0], snapshot()))
    stepping = []

    def look() -> None:
        seen.append(snapshot())

    for _turn, _seconds in letters.steps(case, look):
        stepping.append(list(writes(seen[-1], snapshot())))
    return starting, stepping
