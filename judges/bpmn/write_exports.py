"""Write the BPMN export of every procedure of the library, and of random flows: `python write_exports.py FOLDER COUNT SEED`.

Beside each export NAME.bpmn stands NAME.json, which says what a reader must find in it.
"""

import json
import os
import sys
from pathlib import Path
from random import Random

from laksana.sop.bpmn import to_bpmn
from laksana.sop.bpmn.regions import unspoken
from laksana.sop.definition import Procedure
from laksana.sop.tests.random_flows import any_flow


def expected(procedure: Procedure) -> dict[str, object]:
    """Return what a reader must find: the tasks with their texts, and the lanes."""
    return {
        "tasks": {f"step_{step.id}": step.activity for step in procedure.steps},
        "lanes": [performer.title for performer in procedure.performers.values()],
        "unspoken": unspoken(procedure),
    }


def main(folder: Path, count: int, seed: int) -> None:
    """Write the exports."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laksana.site.settings")
    import django

    django.setup()
    from laksana.library.catalogue import entries

    procedures = {entry.id: entry.procedure for entry in entries().values()}
    for number in range(count):
        rng = Random(f"{seed}-{number}")  # noqa: S311  (chance here is for trying, not for secrets)
        procedures[f"random-{number}"] = any_flow(rng, rng.randint(2, 24), rows=True).procedure()
    folder.mkdir(parents=True, exist_ok=True)
    for name, procedure in procedures.items():
        (folder / f"{name}.bpmn").write_text(to_bpmn(procedure), encoding="utf-8")
        (folder / f"{name}.json").write_text(json.dumps(expected(procedure)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
