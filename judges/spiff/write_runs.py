"""Write exports and runs through them, for another engine to repeat: `python write_runs.py FOLDER COUNT SEED`.

A run says, turn by turn, which step is done, by which outcome, for which row, and what is open afterwards. The procedures are
those of the library and random sound flows. Time-outs are not taken, and a `for_each` finds one row or two.
"""

import json
import os
import sys
from pathlib import Path
from random import Random
from typing import Any

from laksana.sop.bpmn import to_bpmn
from laksana.sop.bpmn.regions import regions, unspoken
from laksana.sop.definition import Procedure
from laksana.sop.flow import Instance, Marking, Net, begin, fire
from laksana.sop.tests.random_flows import sound_flow

_RUNS, _MOST_TURNS = 5, 200


def run(procedure: Procedure, rng: Random) -> dict[str, Any]:
    """Return one run from the start, to the end where chance leads there soon enough."""
    rows, net = rng.randint(1, 2), Net.of(procedure)
    fields = sorted({step.for_each.field for step in procedure.steps if step.for_each})

    def found(step: str, _instance: Instance) -> int:
        return rows if net.nodes[step].spawns else 0

    marking, _change = begin(net, found)
    turns = []
    opened = _open(net, marking)
    while not marking.ended and len(turns) < _MOST_TURNS:
        step, instance = rng.choice(sorted(marking.enabled(net)))
        exit_ = rng.choice(list(net.nodes[step].exits))
        row = _row(marking, instance, procedure)
        fire(net, marking, step, instance, net.nodes[step].exits[exit_], found)
        turns.append({"step": step, "exit": exit_, "row": row, "open": _open(net, marking)})
    return {
        "data": {field: list(range(rows)) for field in fields},
        "open": opened,
        "turns": turns,
        "ended": marking.ended,
    }


def _open(net: Net, marking: Marking) -> list[str]:
    return sorted(step for step, _instance in marking.enabled(net))


def _row(marking: Marking, instance: Instance, procedure: Procedure) -> list[list[int]]:
    """Return the rows around a step that stand in sub-processes, the outermost first."""
    blocks = regions(procedure)
    paths = [instance[:depth] for depth in range(1, len(instance) + 1)]
    return [list(path) for path in paths if marking.made_by[path] in blocks]


def unexpressed(procedure: Procedure) -> str:
    """Return what of a procedure cannot be repeated by an engine for BPMN, "" when all can."""
    if shared := unspoken(procedure):
        return f"the rows of {', '.join(shared)} share steps with other ways"
    if any(step.for_each and step.for_each.quorum for step in procedure.steps):
        return "a quorum of rows"
    return ""


def main(folder: Path, count: int, seed: int) -> None:
    """Write one document and one file of runs for each procedure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laksana.site.settings")
    import django

    django.setup()
    from laksana.library.catalogue import entries

    procedures = {entry.id: entry.procedure for entry in entries().values()}
    for number in range(count):
        rng = Random(f"{seed}-{number}")  # noqa: S311  (chance here is for trying, not for secrets)
        procedures[f"random-{number}"] = sound_flow(rng, rng.randint(2, 20), rows=True).procedure()
    folder.mkdir(parents=True, exist_ok=True)
    for name, procedure in procedures.items():
        rng = Random(f"{seed}-{name}")  # noqa: S311
        why = unexpressed(procedure)
        runs = [] if why else [run(procedure, rng) for _number in range(_RUNS)]
        decisions = {step.id: step.id.replace("-", "_") for step in procedure.steps if step.is_decision}
        joins = [step.id for step in procedure.steps if step.joins]
        told = {
            "process": f"process_{procedure.id}",
            "unexpressed": why,
            "decisions": decisions,
            "joins": joins,
        }
        told["runs"] = runs
        (folder / f"{name}.bpmn").write_text(to_bpmn(procedure), encoding="utf-8")
        (folder / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
