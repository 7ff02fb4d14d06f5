"""Carry out cases of every procedure and write their logs, for process mining to judge: `python write_logs.py FOLDER SEED`.

The cases are those of `laksana.library.tests.walking`: together they take every way of every flow. Of each procedure are written
the BPMN, the log as XES and as OCEL, and a second XES of the same cases with one deviation put into each: a step left out, two
exchanged, one from elsewhere put in. Whether a flow really forbids what came out is told by our own net, since exchanging two
parallel steps, for one, deviates from nothing; the judge has to say the same of each.
"""

import json
import os
import sys
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laksana.site.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import override_settings  # noqa: E402

from laksana.cases import behaviour  # noqa: E402
from laksana.cases.models import Case  # noqa: E402
from laksana.cases.services import agreed  # noqa: E402
from laksana.library import services as library  # noqa: E402
from laksana.library.catalogue import entries  # noqa: E402
from laksana.library.tests.generated import Data, Files  # noqa: E402
from laksana.library.tests.walking import Walk  # noqa: E402
from laksana.measurement.eventlog import xes  # noqa: E402
from laksana.measurement.eventlog.actors import Actors  # noqa: E402
from laksana.measurement.eventlog.reading import head, read  # noqa: E402
from laksana.measurement.eventlog.record import Finished, LoggedCase, Transition  # noqa: E402
from laksana.measurement.services import LogFormat, write_log  # noqa: E402
from laksana.people import demo  # noqa: E402
from laksana.people.services import Tenures, install_office  # noqa: E402
from laksana.sop.bpmn import to_bpmn  # noqa: E402
from laksana.sop.bpmn.regions import unspoken  # noqa: E402
from laksana.sop.definition import Procedure  # noqa: E402
from laksana.sop.flow import Change, FlowError, Instance, Marking, Net, begin, fire, siblings_of  # noqa: E402
from laksana.worktime import services as worktime  # noqa: E402
from laksana.worktime.zone import OFFICE_ZONE  # noqa: E402

MONDAY = datetime(2026, 11, 2, 8, tzinfo=OFFICE_ZONE)
PAPER = Path(library.__file__).parent / "demo" / "berkas.pdf"
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_MOST_CASES = 40
_DEVIATING = 60
"""Steps of the longest case that deviations are put into: aligning one that fits nowhere takes long in a long one."""
_EACH = 6
"""Deviations of each kind for each procedure."""
_FOREIGN = "dari-prosedur-lain"


def furnish() -> None:
    """Make the demonstration office with every procedure in force."""
    call_command("migrate", verbosity=0)
    worktime.seed(MONDAY)
    install_office()
    with override_settings(PASSWORD_HASHERS=QUICK):
        demo.install(MONDAY)
    library.install()


def walk(procedure: Procedure, seed: int) -> str:
    """Carry out cases until every way was taken; return what kept one from its end, if anything did."""
    walker = Walk(procedure, Data(seed, Files(PAPER.read_bytes())), MONDAY)
    with patch.dict(behaviour._behaviours):  # noqa: SLF001  (as the tests do that walk)
        behaviour._behaviours[procedure.id] = walker.bare_behaviour()  # noqa: SLF001
        try:
            for _number in range(_MOST_CASES):
                if walker.left:
                    walker.carry_one()
        except AssertionError as stuck:
            return str(stuck)
    return ""


def unexpressed(procedure: Procedure) -> str:
    """Return what of a procedure BPMN cannot say, "" when it says all."""
    if any(step.for_each and step.for_each.quorum for step in procedure.steps):
        return "a quorum of rows"
    return ""


def goes_through(procedure: Procedure, case: LoggedCase) -> bool:
    """Return whether our net lets exactly these steps happen in this order, from the start to the end of the case."""
    net = Net.of(procedure)
    made: dict[tuple[str, str], dict[datetime, int]] = defaultdict(Counter)
    for row in case.rows:
        made[row.made_by, row.path.rpartition(".")[0]][row.made_at] += 1
    counts = {key: deque(count for _at, count in sorted(times.items())) for key, times in made.items()}

    def rows(step: str, instance: Instance) -> int:
        waiting = counts.get((step, ".".join(map(str, instance))))
        return waiting.popleft() if waiting else 0

    optional = {row.path for row in case.rows if not row.awaited}

    def know(change: Change) -> None:
        marking.optional.update(made for made, _by in change.made if ".".join(map(str, made)) in optional)

    marking, change = begin(net, rows)
    know(change)
    answers: dict[Instance, str] = {}
    try:
        for finished in case.finished:
            instance = tuple(int(part) for part in finished.row.split(".") if part)
            node = net.nodes.get(finished.step)
            if node is None:
                return False
            late = finished.transition is Transition.TIMED_OUT
            outcome, conclude = finished.outcome or None, False
            if outcome and node.gathers_itself and marking.made_by.get(instance) == finished.step:
                answers[instance] = outcome
                outcome, conclude = _together(procedure, marking, instance, answers)
            then = node.timeout if late else node.exits[outcome]
            know(fire(net, marking, finished.step, instance, then, rows, conclude=conclude))
    except FlowError:
        return False
    return marking.ended


def _together(
    procedure: Procedure, marking: Marking, instance: Instance, answers: dict[Instance, str]
) -> tuple[str, bool]:
    """Return the outcome that counts after a row has answered, and whether it decides for all rows."""
    siblings = siblings_of(marking, instance)
    given = [answers[sibling] for sibling in siblings if sibling in answers]
    decided = agreed(procedure.step(marking.made_by[instance]), given, len(siblings))
    return decided or answers[instance], decided is not None


def deviations(cases: list[LoggedCase], rng: Random) -> Iterator[tuple[str, LoggedCase]]:
    """Yield cases with one deviation each, and of what kind it is."""
    short = [case for case in cases if len(case.finished) <= _DEVIATING] or [
        min(cases, key=lambda case: len(case.finished))
    ]
    for kind in ("left out", "exchanged", "put in"):
        for number in range(_EACH):
            case = rng.choice(short)
            steps = list(case.finished)
            place = rng.randrange(len(steps))
            if kind == "left out":
                del steps[place]
            elif kind == "exchanged":
                other = rng.choice([place - 1, place + 1, rng.randrange(len(steps))]) % len(steps)
                steps[place], steps[other] = _at(steps[other], steps[place]), _at(steps[place], steps[other])
            else:
                steps.insert(place, _foreign(steps[place]))
            yield kind, replace(case, number=f"{case.number} {kind} {number}", finished=tuple(steps))


def _at(finished: Finished, other: Finished) -> Finished:
    return replace(finished, number=other.number, at=other.at)


def _foreign(beside: Finished) -> Finished:
    return replace(beside, step=_FOREIGN, activity=_FOREIGN, outcome="")


def write(procedure: Procedure, folder: Path, rng: Random) -> dict[str, Any]:
    """Write what there is of a procedure; return what the judge is told beside."""
    (folder / f"{procedure.id}.bpmn").write_text(to_bpmn(procedure), encoding="utf-8")
    now = datetime.now(UTC)
    forms: dict[str, LogFormat] = {"xes": "xes", "ocel.json": "ocel"}
    until = max(now, Case.objects.latest("opened_at").opened_at).replace(year=now.year + 100)
    for suffix, form in forms.items():
        with (folder / f"{procedure.id}.{suffix}").open("wb") as target:
            write_log(procedure.id, target, form, since=None, until=until)
    ended = Case.objects.filter(procedure=procedure.id, state=Case.State.ENDED)
    cases = list(read(ended, Actors(Tenures.read(), named=False)))
    why = unexpressed(procedure)
    untrue = [case.number for case in cases if not (why and case.rows) and not goes_through(procedure, case)]
    deviating = list(deviations(cases, rng))
    with (folder / f"{procedure.id}.deviating.xes").open("wb") as target:
        xes.write(head(procedure.id), [case for _kind, case in deviating], target)
    net = Net.of(procedure)
    decisions = [step for step in procedure.steps if step.is_decision]
    by_rows = [step for step in decisions if net.nodes[step.id].gathers_itself]
    return {
        "unexpressed": why,
        "by_lines": bool(unspoken(procedure)),
        "decisions": {step.id: list(step.outcomes) for step in decisions if step not in by_rows},
        "assents": {step.id: next(iter(step.outcomes)) for step in by_rows},
        "ended": [case.number for case in cases],
        "untrue": untrue,
        "deviating": {
            case.number: {"kind": kind, "allowed": goes_through(procedure, case)} for kind, case in deviating
        },
    }


def main(folder: Path, seed: int) -> None:
    """Write everything into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    furnish()
    for entry in entries().values():
        with transaction.atomic():
            stuck = walk(entry.procedure, seed)
        told = write(entry.procedure, folder, Random(f"{seed}-{entry.id}")) | {"stuck": stuck}  # noqa: S311
        (folder / f"{entry.id}.json").write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
