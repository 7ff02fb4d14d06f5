"""Write random flows with our verdict on each, for an outside judge: `python write_flows.py COUNT SEED > flows.json`."""

import json
import sys
from random import Random

from laksana.sop.definition import END, Procedure
from laksana.sop.soundness import check
from laksana.sop.tests.random_flows import any_flow

_LARGEST = 12
"""Blocks add to it; WOFLAN takes minutes for much larger flows with many branches."""


def plain(procedure: Procedure) -> dict[str, object]:
    """Return a flow as data: its first step and, of each step, its ways on, one list of targets for each exit or time-out."""
    steps = {}
    for step in procedure.steps:
        exits = [list(targets) for targets in procedure.successors(step).values()]
        exits += [list(step.timeout.then)] if step.timeout else []
        steps[step.id] = {"exits": exits, "joins": step.joins}
    return {"first": procedure.steps[0].id, "end": END, "steps": steps}


def main(count: int, seed: int) -> None:
    """Write the flows, one on a line."""
    for number in range(count):
        rng = Random(f"{seed}-{number}")  # noqa: S311  (chance here is for trying, not for secrets)
        procedure = any_flow(rng, rng.randint(2, _LARGEST)).procedure()
        found = check(procedure)
        verdict = {"sound": not found, "why": [str(unsound.message) for unsound in found]}
        sys.stdout.write(json.dumps({"number": number, **plain(procedure), **verdict}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
