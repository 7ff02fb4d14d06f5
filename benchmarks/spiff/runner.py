"""Carry letters through SpiffWorkflow, serialised into the database after each step: `python runner.py BPMN PATH DATABASE`.

BPMN is the export of surat masuk, PATH a JSON list of the steps of one letter with their outcomes, DATABASE the file of an SQLite
database or the address of a PostgreSQL one. Each line read from the standard input is a number of letters; each line written is
the seconds that their steps took, the finding of a task, its doing, the serialising and the commit.

The workflow stays in memory between two steps of a letter. A server of several processes would also have to read it back before
each step; that is not counted here.
"""

import json
import sqlite3
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
Keep = Callable[[int, str], None]


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


def in_sqlite(file: str) -> Keep:
    """Return what keeps a state in SQLite, as durably as Laksana does."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=30)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE IF NOT EXISTS spiff_state (id integer PRIMARY KEY, state text NOT NULL)")

    def keep(key: int, state: str) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO spiff_state (id, state) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
            (key, state),
        )
        connection.execute("COMMIT")

    return keep


def in_postgresql(address: str) -> Keep:
    """Return what keeps a state in PostgreSQL."""
    import psycopg

    connection = psycopg.connect(address, autocommit=True)
    connection.execute("CREATE TABLE IF NOT EXISTS spiff_state (id bigint PRIMARY KEY, state text NOT NULL)")

    def keep(key: int, state: str) -> None:
        with connection.transaction():
            connection.execute(
                "INSERT INTO spiff_state (id, state) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
                (key, state),
                prepare=True,
            )

    return keep


class Letters:
    """Letters one after the other, each going the same way."""

    def __init__(self, bpmn: Path, path: list[dict[str, Any]], keep: Keep) -> None:
        self.spec, self.inner = read(bpmn)
        self.path, self.keep = path, keep
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        self.number = 0

    def carry(self) -> float:
        """Carry one letter from its first step to its end; return the seconds that its steps took."""
        self.number += 1
        workflow = BpmnWorkflow(self.spec, self.inner)
        rows = {"disposisi": [0], "disposisi_lanjutan": [0]}
        workflow.get_next_task(state=TaskState.READY).data.update(rows)
        workflow.do_engine_steps()
        self._do(workflow, self.path[0])
        taken = 0.0
        for turn in self.path[1:]:
            begin = time.perf_counter()
            self._do(workflow, turn)
            self.keep(self.number, self.serializer.serialize_json(workflow))
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
    keep = in_postgresql(database) if database.startswith("postgres") else in_sqlite(database)
    letters = Letters(Path(bpmn), json.loads(Path(path).read_text()), keep)
    for line in sys.stdin:
        sys.stdout.write(f"{sum(letters.carry() for _ in range(int(line)))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
