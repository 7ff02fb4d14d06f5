"""Let SpiffWorkflow read every export and repeat every run: `python judge.py FOLDER`.

Each document is first held against the OMG's schema. Then every step of a run is done in SpiffWorkflow, and after each
the same steps must be open there as in Laksana. Tasks of every kind are done by hand here, and a timer's ISO duration
is put in quotes, since SpiffWorkflow evaluates it as Python.
"""

import json
import sys
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

from lxml import etree

warnings.simplefilter("ignore")

from SpiffWorkflow.bpmn import BpmnWorkflow  # noqa: E402
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, BpmnValidator  # noqa: E402
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser  # noqa: E402
from SpiffWorkflow.bpmn.parser.util import full_tag  # noqa: E402
from SpiffWorkflow.bpmn.specs.defaults import UserTask  # noqa: E402
from SpiffWorkflow.util.task import TaskState  # noqa: E402

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
Run = dict[str, Any]


class ByHand(BpmnParser):
    """Reads every activity as one that somebody does."""

    OVERRIDE_PARSER_CLASSES = {
        full_tag(kind): (TaskParser, UserTask)
        for kind in ("userTask", "serviceTask", "sendTask", "callActivity")
    }


class Differs(Exception):  # noqa: N818  (it is said of a run)
    """The run went another way here than in Laksana."""


class ReachedAgain(Exception):  # noqa: N818
    """A join that a circle leads to again opened early: SpiffWorkflow counts branches of the round before."""


def read(file: Path, process: str) -> tuple[Any, Any]:
    """Return the specification of a process, and those of its sub-processes."""
    document = etree.parse(file)
    BpmnValidator().validate(document, str(file))
    for duration in document.iter(f"{MODEL}timeDuration"):
        duration.text = f'"{duration.text}"'
    parser = ByHand()
    parser.add_bpmn_xml(document)
    return parser.get_spec(process), parser.get_subprocess_specs(process)


class Repeated:
    """One run in SpiffWorkflow."""

    def __init__(self, spec: Any, inner: Any, run: Run, told: dict[str, Any]) -> None:
        self.workflow = BpmnWorkflow(spec, inner)
        self.workflow.get_next_task(state=TaskState.READY).data.update(run["data"])
        self.workflow.do_engine_steps()
        self.run, self.decisions, self.joins = run, told["decisions"], told["joins"]
        self.done: set[str] = set()
        self.rows: dict[tuple[int, ...], Any] = {}
        """Row -> the sub-workflow that stands for it."""

    def repeat(self) -> None:
        """Go through the run. Raises Differs."""
        self._compare(self.run["open"], "the start")
        for number, turn in enumerate(self.run["turns"], 1):
            task = self._find(turn)
            if turn["step"] in self.decisions:
                task.data[self.decisions[turn["step"]]] = turn["exit"]
            task.run()
            self.done.add(turn["step"])
            self.workflow.do_engine_steps()
            self._compare(turn["open"], f"turn {number}, {turn['step']} {turn['exit'] or ''}")
        if self.workflow.completed != self.run["ended"]:
            raise Differs(f"ended: {self.workflow.completed} there, {self.run['ended']} here")

    def _open(self) -> list[Any]:
        self.workflow.refresh_waiting_tasks()
        return [
            task
            for task in self.workflow.get_tasks(state=TaskState.READY)
            if isinstance(task.task_spec, UserTask) and str(task.task_spec.bpmn_id).startswith("step_")
        ]

    def _compare(self, ours: list[str], where: str) -> None:
        theirs = sorted(task.task_spec.bpmn_id.removeprefix("step_") for task in self._open())
        early = Counter(theirs) - Counter(ours)
        if early and not Counter(ours) - Counter(theirs) and set(early) <= self.done.intersection(self.joins):
            raise ReachedAgain
        if theirs != ours:
            raise Differs(f"after {where} open there: {theirs}, here: {ours}")

    def _find(self, turn: dict[str, Any]) -> Any:
        rows = [tuple(row) for row in turn["row"]]
        for task in self._open():
            if task.task_spec.bpmn_id == f"step_{turn['step']}":
                around = _sub_workflows(task)
                if len(around) == len(rows) and all(
                    self._may_be(row, sub) for row, sub in zip(rows, around, strict=True)
                ):
                    self.rows |= dict(zip(rows, around, strict=True))
                    return task
        raise Differs(f"{turn['step']} of row {rows} is not open there")

    def _may_be(self, row: tuple[int, ...], sub: Any) -> bool:
        return self.rows[row] == sub if row in self.rows else sub not in self.rows.values()


def _sub_workflows(task: Any) -> list[Any]:
    found = []
    workflow = task.workflow
    while getattr(workflow, "parent_task_id", None):
        found.append(workflow.parent_task_id)
        workflow = workflow.parent_workflow
    return found[::-1]


def main(folder: Path) -> int:
    """Repeat all runs of a folder; return how many went another way."""
    count: Counter[str] = Counter()
    for file in sorted(folder.glob("*.bpmn")):
        told = json.loads(file.with_suffix(".json").read_text())
        try:
            spec, inner = read(file, told["process"])
        except Exception as error:
            print(f"{file.stem}: not read: {error}")
            count["not read"] += 1
            continue
        count["read"] += 1
        if told["unexpressed"]:
            if not file.stem.startswith("random-"):
                print(f"{file.stem}: not repeated: BPMN cannot say {told['unexpressed']}")
            count["not repeated"] += 1
        for number, run in enumerate(told["runs"], 1):
            count["runs"] += 1
            count["steps"] += len(run["turns"])
            try:
                Repeated(spec, inner, run, told).repeat()
            except ReachedAgain:
                count["again"] += 1
            except Exception as error:
                print(f"{file.stem}, run {number}: {type(error).__name__}: {error}")
                count["differ"] += 1
    print(
        f"{count['read']} exports valid and read, {count['not read']} not; {count['not repeated']} that BPMN cannot say whole; "
        f"{count['runs']} runs of {count['steps']} steps repeated, {count['differ']} differ; {count['again']} were followed only "
        "to a join that a circle leads to again, which SpiffWorkflow opens too early"
    )
    return count["not read"] + count["differ"]


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
