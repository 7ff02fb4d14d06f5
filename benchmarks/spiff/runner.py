"""Carry letters through SpiffWorkflow, serialised into the database after each step: `python runner.py BPMN PATH DATABASE`.

BPMN is the export of surat masuk, PATH a JSON list of the steps of one letter with their outcomes, DATABASE the file of an SQLite
database or the address of a PostgreSQL one. Each line read from the standard input is a number of letters, and behind it "kept"
or "read"; each line written is the seconds that their steps took: finding a task, doing it, serialising, committing.

"kept": the workflow stays in memory between two steps of a letter, which one process alone can do. "read": it is read back from
the database before each step, and its row locked where the database can, as several processes must that serve one office.
"""

import json
import sqlite3
import sys
import time
import warnings
from pathlib import Path
from typing import Any, Protocol

from lxml import etree

warnings.simplefilter("ignore")

from SpiffWorkflow.bpmn import BpmnWorkflow  # noqa: E402
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser  # noqa: E402
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser  # noqa: E402
from SpiffWorkflow.bpmn.parser.util import full_tag  # noqa: E402
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer  # noqa: E402
from SpiffWorkflow.bpmn.specs.defaults import UserTask  # noqa: E402
from SpiffWorkflow.util.task import TaskState  # noqa: E402

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


class Store(Protocol):
    """Where the states of letters are kept."""

    def begin(self) -> None: ...
    def read(self, key: int) -> str: ...
    def write(self, key: int, state: str) -> None: ...
    def commit(self) -> None: ...


class ByHand(BpmnParser):
    """Reads every activity as one that somebody does."""

    OVERRIDE_PARSER_CLASSES = {
        full_tag(kind): (TaskParser, UserTask)
        for kind in ("userTask", "serviceTask", "sendTask", "callActivity")
    }


def read(file: Path) -> tuple[Any, Any]:
    """Return the specification of the process in a file, and those of its sub-processes."""
    document = etree.parse(file)
    for duration in document.iter(f"{MODEL}timeDuration"):
        duration.text = f'"{duration.text}"'  # SpiffWorkflow evaluates it as Python
    [process] = document.iter(f"{MODEL}process")
    parser = ByHand()
    parser.add_bpmn_xml(document)
    return parser.get_spec(process.get("id")), parser.get_subprocess_specs(process.get("id"))


class InSqlite:
    """States in SQLite, as durable as Laksana's."""

    def __init__(self, file: str) -> None:
        self.connection = sqlite3.connect(file, isolation_level=None, timeout=30)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.execute(
            "CREATE TABLE IF NOT EXISTS spiff_state (id integer PRIMARY KEY, state text NOT NULL)"
        )

    def begin(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")

    def read(self, key: int) -> str:
        return self.connection.execute("SELECT state FROM spiff_state WHERE id = ?", (key,)).fetchone()[0]

    def write(self, key: int, state: str) -> None:
        self.connection.execute(
            "INSERT INTO spiff_state (id, state) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
            (key, state),
        )

    def commit(self) -> None:
        self.connection.execute("COMMIT")


class InPostgresql:
    """States in PostgreSQL."""

    def __init__(self, address: str) -> None:
        import psycopg

        self.connection = psycopg.connect(address, autocommit=True)
        self.connection.execute(
            "CREATE TABLE IF NOT EXISTS spiff_state (id bigint PRIMARY KEY, state text NOT NULL)"
        )

    def begin(self) -> None:
        self.connection.execute("BEGIN")

    def read(self, key: int) -> str:
        found = self.connection.execute(
            "SELECT state FROM spiff_state WHERE id = %s FOR UPDATE", (key,), prepare=True
        )
        return found.fetchone()[0]

    def write(self, key: int, state: str) -> None:
        self.connection.execute(
            "INSERT INTO spiff_state (id, state) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
            (key, state),
            prepare=True,
        )

    def commit(self) -> None:
        self.connection.execute("COMMIT")


class Letters:
    """Letters one after the other, each going the same way."""

    def __init__(self, bpmn: Path, path: list[dict[str, Any]], store: Store) -> None:
        self.spec, self.inner = read(bpmn)
        self.path, self.store = path, store
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        self.number = 0

    def carry(self, *, reading: bool) -> float:
        """Carry one letter from its first step to its end; return the seconds that its steps took."""
        self.number += 1
        workflow = BpmnWorkflow(self.spec, self.inner)
        rows = {"disposisi": [0], "disposisi_lanjutan": [0]}
        workflow.get_next_task(state=TaskState.READY).data.update(rows)
        workflow.do_engine_steps()
        self._do(workflow, self.path[0])
        self.store.begin()
        self.store.write(self.number, self.serializer.serialize_json(workflow))
        self.store.commit()
        taken = 0.0
        for turn in self.path[1:]:
            begin = time.perf_counter()
            if reading:
                self.store.begin()
                workflow = self.serializer.deserialize_json(self.store.read(self.number))
            self._do(workflow, turn)
            state = self.serializer.serialize_json(workflow)
            if not reading:
                self.store.begin()
            self.store.write(self.number, state)
            self.store.commit()
            taken += time.perf_counter() - begin
        if not workflow.completed:
            raise SystemExit("the letter has not come to its end")
        return taken

    def _do(self, workflow: Any, turn: dict[str, Any]) -> None:
        task = next(
            task
            for task in workflow.get_tasks(state=TaskState.READY)
            if task.task_spec.bpmn_id == f"step_{turn['step']}"
        )
        if turn["outcome"] is not None:
            task.data[turn["step"].replace("-", "_")] = turn["outcome"]
        task.run()
        workflow.do_engine_steps()


def main(bpmn: str, path: str, database: str) -> None:
    """Carry as many letters as each line of the standard input says."""
    store: Store = InPostgresql(database) if database.startswith("postgres") else InSqlite(database)
    letters = Letters(Path(bpmn), json.loads(Path(path).read_text()), store)
    for line in sys.stdin:
        number, way = line.split()
        sys.stdout.write(f"{sum(letters.carry(reading=way == 'read') for _ in range(int(number)))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
