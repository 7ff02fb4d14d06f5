"""Let pm4py replay the logs of cases on the BPMN of their procedures: `python judge.py FOLDER`.

Every finished case, read from our XES, must go through the net of our BPMN from its start to its end (alignment, fitness 1). Of
cases with one deviation each, exactly those must not that our own net forbids. The OCEL files must be read whole by pm4py.
"""

import json
import logging
import sys
import warnings
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

from lines import Missing, lines  # noqa: E402
from model import BEGINS, ENDS, LATE, Model, Net, may_stop, outcome_label, read  # noqa: E402
from pm4py.algo.conformance.alignments.petri_net import algorithm as alignments  # noqa: E402
from pm4py.objects.log.importer.xes import importer as xes  # noqa: E402
from pm4py.objects.log.obj import Event, Trace  # noqa: E402
from pm4py.read import read_ocel2_json  # noqa: E402

PATIENCE = 30
"""Seconds for aligning one trace."""
Happened = dict[str, Any]


@dataclass
class Rows:
    """The rows that one step made at once, on their way: what each has done so far."""

    maker: str
    begun: str
    """The doing that they have in common: the step, and the event that opened it."""
    expected: int
    """How many rows there must be, by what the log says of the first."""
    ways: dict[str, list[str]] = field(default_factory=dict)
    answers: set[str] = field(default_factory=set)
    """What they decided, where the rows of a step decide together."""


class Stray(Exception):  # noqa: N818  (it is said of the step)
    """Something was done for a row that nothing has begun."""


class Replay:
    """Cases of one procedure on its nets."""

    def __init__(self, model: Model, told: dict[str, Any]) -> None:
        self.model, self.decisions, self.assents = model, told["decisions"], told["assents"]
        self.fits = cache(self._fits)

    def goes_through(self, events: list[Happened]) -> bool:
        """Return whether a case, and each of its rows, has fitness 1 on its net."""
        try:
            whole, rows = self._apart(events)
        except Stray:
            return False
        return (
            all(self._is_whole(group) for group in rows)
            and self.fits(None, tuple(whole))
            and all(self.fits(group.maker, tuple(way)) for group in rows for way in group.ways.values())
        )

    def _is_whole(self, group: Rows) -> bool:
        """Return whether all rows are there; where they decide together, a dissent may have ended the others before."""
        dissented = bool(group.answers - {self.assents.get(group.maker)})
        return len(group.ways) == group.expected or (dissented and len(group.ways) < group.expected)

    def _fits(self, maker: str | None, way: tuple[str, ...]) -> bool:
        net = self.model.whole if maker is None else self.model.rows[maker]
        return fitness(net, way) == 1.0

    def _labels(self, event: Happened) -> list[str]:
        step = event["step"]
        if event["lifecycle:transition"] == "ate_abort":
            return [step + LATE]
        return [step] + ([outcome_label(step, event["outcome"])] if step in self.decisions else [])

    def _apart(self, events: list[Happened]) -> tuple[list[str], list[Rows]]:
        """Return what happens outside of rows, and the rows with what happens in each."""
        whole: list[tuple[str, Rows | None]] = []
        groups: list[Rows] = []
        for event in events:
            makers = sorted(
                (maker for maker, steps in self.model.blocks.items() if event["step"] in steps),
                key=lambda maker: -len(self.model.blocks[maker]),
            )
            if not makers:
                whole += [(label, None) for label in self._labels(event)]
                continue
            if len(makers) > 1:
                raise NotImplementedError("rows within rows")
            group = self._group(groups, makers[0], event)
            group.ways[event.get("row", "")] += self._labels(event)
            group.answers |= {event["outcome"]} if event["step"] in self.assents else set()
            whole.append(("", group))
        return [label for place in range(len(whole)) for label in _seen(whole, place)], groups

    def _group(self, groups: list[Rows], maker: str, event: Happened) -> Rows:
        """Return the rows that an event belongs to; the step that makes them opens a new row, and new rows."""
        row = event.get("row", "")
        if event["step"] == maker:
            begun = event["concept:instance"].partition("/")[0]
            group = next((g for g in groups if g.begun == begun and row not in g.ways), None)
            if group is None:
                group = Rows(maker, begun, event.get("rows", 1))
                groups.append(group)
            group.ways[row] = []
            return group
        for group in reversed(groups):
            if group.maker == maker and row in group.ways:
                return group
        raise Stray


class ByLines(Replay):
    """Cases of a procedure whose rows make rows of their own kind again: each line of them goes through the one net."""

    def __init__(self, model: Model, told: dict[str, Any]) -> None:
        super().__init__(model, told)
        self.stopping = may_stop(model.whole)

    def goes_through(self, events: list[Happened]) -> bool:
        """Return whether all rows are there, and each line of rows has fitness 1."""
        try:
            told = list(lines(events))
        except Missing:
            return False
        return all(self.fits("" if line.stops else None, self._way(line.events)) for line in told)

    def _fits(self, maker: str | None, way: tuple[str, ...]) -> bool:
        return fitness(self.model.whole if maker is None else self.stopping, way) == 1.0

    def _way(self, events: list[Happened]) -> tuple[str, ...]:
        return tuple(label for event in events for label in self._labels(event))


def _seen(whole: list[tuple[str, Rows | None]], place: int) -> list[str]:
    """Return what is seen from outside at a place: of rows, that the first of them begins and the last ends."""
    label, group = whole[place]
    if group is None:
        return [label]
    places = [other for other, (_label, of) in enumerate(whole) if of is group]
    begins = [BEGINS + group.maker] if place == places[0] else []
    return begins + ([ENDS + group.maker] if place == places[-1] else [])


def fitness(net: Net, way: tuple[str, ...]) -> float:
    """Return how well a sequence of labels fits a net: 1 where it is a run of it from start to end."""
    trace = Trace([Event({"concept:name": label}) for label in way])
    aligned = alignments.apply_trace(
        trace, *net, parameters={alignments.Parameters.PARAM_MAX_ALIGN_TIME_TRACE: PATIENCE}
    )
    if aligned is None:
        raise TimeoutError(f"no alignment within {PATIENCE} seconds of {way}")
    return float(aligned["fitness"])


def cases(file: Path) -> dict[str, list[Happened]]:
    """Return the cases of a log: number -> its events."""
    log = xes.apply(str(file), parameters={"show_progress_bar": False})
    return {trace.attributes["concept:name"]: [dict(event) for event in trace] for trace in log}


def judge_log(name: str, folder: Path, told: dict[str, Any], count: Counter[str]) -> None:
    """Replay the cases of a procedure and those with deviations; tell what is wrong."""
    model = read((folder / f"{name}.bpmn").read_bytes(), told["decisions"], by_lines=told["by_lines"])
    replay = ByLines(model, told) if told["by_lines"] else Replay(model, told)
    count.update(model.said)
    log = cases(folder / f"{name}.xes")
    sayable = [number for number in told["ended"] if not (told["unexpressed"] and _has_rows(log[number]))]
    count["by lines"] += len([number for number in sayable if told["by_lines"] and _has_rows(log[number])])
    for number in sayable:
        count["cases"] += 1
        _count_steps(log[number], count)
        if not replay.goes_through(log[number]):
            print(f"{name}: case {number} does not fit: {[event['step'] for event in log[number]]}")
            count["wrong"] += 1
    if told["unexpressed"]:
        left = len(told["ended"]) - len(sayable)
        print(
            f"{name}: {left} of {len(told['ended'])} cases not replayed: BPMN cannot say {told['unexpressed']}"
        )
        count["not replayed"] += left
        return
    for number, events in cases(folder / f"{name}.deviating.xes").items():
        allowed = told["deviating"][number]["allowed"]
        count["allowed" if allowed else told["deviating"][number]["kind"]] += 1
        if replay.goes_through(events) != allowed:
            found = "does not find it" if not allowed else "finds what is none"
            print(f"{name}: {number}: pm4py {found}: {[event['step'] for event in events]}")
            count["wrong"] += 1


def _has_rows(events: list[Happened]) -> bool:
    return any("row" in event for event in events)


def _count_steps(events: list[Happened], count: Counter[str]) -> None:
    """Count the steps, and those of them that BPMN tells by other means than a task of the process."""
    count["steps"] += len(events)
    count["late"] += sum(event["lifecycle:transition"] == "ate_abort" for event in events)
    count["passed"] += sum(event["lifecycle:transition"] == "autoskip" for event in events)
    count["in rows"] += sum("row" in event for event in events)


def judge_objects(name: str, folder: Path, count: Counter[str]) -> None:
    """Read an OCEL file; it must come out whole, and everything that an event or object names must be there."""
    file = folder / f"{name}.ocel.json"
    written = json.loads(file.read_text(encoding="utf-8"))
    ocel = read_ocel2_json(str(file))
    ids = {thing["id"] for thing in written["objects"]}
    named = {
        each["objectId"]
        for thing in (*written["objects"], *written["events"])
        for each in thing["relationships"]
    }
    taking_part = {each["objectId"] for event in written["events"] for each in event["relationships"]}
    pairs = sum(len(event["relationships"]) for event in written["events"])
    found = (len(ocel.events), len(ocel.objects), len(ocel.relations))
    count["events"] += found[0]
    count["objects"] += found[1]
    count["objects without events"] += len(ids - taking_part)
    if found != (len(written["events"]), len(taking_part), pairs) or not named <= ids:
        print(f"{name}: OCEL: read {found} of {len(written['events'])} events, objects {named - ids} missing")
        count["wrong"] += 1


def main(folder: Path) -> int:
    """Judge all procedures of a folder; return how much is wrong."""
    count: Counter[str] = Counter()
    for file in sorted(folder.glob("*.bpmn")):
        told = json.loads(file.with_suffix(".json").read_text())
        count["procedures"] += 1
        for number in told["untrue"]:
            print(f"{file.stem}: case {number} was carried out against our own net")
            count["wrong"] += 1
        if told["stuck"]:
            print(f"{file.stem}: one case more was not brought to its end: {told['stuck']}")
        judge_log(file.stem, folder, told, count)
        judge_objects(file.stem, folder, count)
    said = ", ".join(
        f"{count[kind]} {kind}" for kind in ("timers", "call activities", "multi-instance activities")
    )
    print(f"said in other words for pm4py: {said}")
    found = ", ".join(f"{count[kind]} {kind}" for kind in ("left out", "exchanged", "put in"))
    print(
        f"{count['procedures']} procedures: {count['cases']} finished cases of {count['steps']} steps replayed "
        f"({count['late']} timed out, {count['passed']} passed, {count['in rows']} in rows), {count['by lines']} of them by "
        f"lines of rows, {count['not replayed']} not; "
        f"deviations: {found}, and {count['allowed']} exchanges that the flow allows; OCEL: {count['events']} events, "
        f"{count['objects']} objects, {count['objects without events']} more take part in no event; {count['wrong']} wrong"
    )
    return count["wrong"]


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
