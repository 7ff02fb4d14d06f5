"""Ask pm4py's WOFLAN whether each flow is sound, and compare: `python judge.py flows.json`.

WOFLAN judges workflow nets; a flow becomes one as van der Aalst gives it: a place before every step, for a step that joins one
place for every step that leads to it, a transition for every way on, one place at the start and one at the end.

WOFLAN errs now and then (it calls a few sound marked graphs unsound). Where it differs from us, every marking that can be
reached is therefore looked at, by pm4py's own semantics and the definition of soundness: only that stands against us.
"""

import json
import logging
import signal
import sys
import warnings
from collections import Counter
from multiprocessing import Pool, cpu_count
from pathlib import Path
from typing import Any

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

from pm4py.algo.analysis.woflan import algorithm as woflan  # noqa: E402
from pm4py.objects.petri_net import semantics  # noqa: E402
from pm4py.objects.petri_net.obj import Marking, PetriNet  # noqa: E402
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to  # noqa: E402

Flow = dict[str, Any]
PATIENCE = 120
"""Seconds after which a flow counts as one without verdict."""
MARKINGS = 200_000
"""A net with more markings than this counts as one without a second verdict."""


def net_of(flow: Flow) -> tuple[PetriNet, Marking, Marking]:
    """Return the workflow net of a flow with its first and its last marking."""
    steps, net = flow["steps"], PetriNet("flow")
    leading = {
        name: [s for s, step in steps.items() if any(name in exit_ for exit_ in step["exits"])]
        for name in steps
    }
    joins = {name for name, step in steps.items() if step["joins"] and len(leading[name]) > 1}
    places: dict[Any, PetriNet.Place] = {}

    def place(target: str, source: str) -> PetriNet.Place:
        key = (target, source) if target in joins else target
        if key not in places:
            places[key] = PetriNet.Place(str(key))
            net.places.add(places[key])
        return places[key]

    start, end = PetriNet.Place("source"), place(flow["end"], "")
    net.places.add(start)
    begin = PetriNet.Transition("begin", None)
    net.transitions.add(begin)
    add_arc_from_to(start, begin, net)
    add_arc_from_to(begin, place(flow["first"], ""), net)
    for name, step in steps.items():
        for number, targets in enumerate(step["exits"]):
            transition = PetriNet.Transition(f"{name}/{number}", name)
            net.transitions.add(transition)
            for source in leading[name] if name in joins else [""]:
                add_arc_from_to(place(name, source), transition, net)
            for target in targets:
                add_arc_from_to(transition, place(target, name), net)
    return net, Marking({start: 1}), Marking({end: 1})


def judge(flow: Flow) -> tuple[Flow, bool | str]:
    """Return a flow with WOFLAN's verdict on it, or with what kept it from one."""
    net, first, last = net_of(flow)
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(PATIENCE)
    try:
        return flow, bool(
            woflan.apply(
                net,
                first,
                last,
                parameters={
                    woflan.Parameters.RETURN_ASAP_WHEN_NOT_SOUND: True,
                    woflan.Parameters.PRINT_DIAGNOSTICS: False,
                    woflan.Parameters.RETURN_DIAGNOSTICS: False,
                },
            )
        )
    except Exception as error:
        return flow, f"{type(error).__name__}: {error}"
    finally:
        signal.alarm(0)


def sound_by_reachability(flow: Flow) -> bool | str:
    """Return whether every reachable marking can still end, ends clean, and every transition can fire; or why that is unknown.

    Source: W.M.P. van der Aalst, The Application of Petri Nets to Workflow Management, 1998, definition of soundness.
    """
    net, first, last = net_of(flow)
    before: dict[Marking, list[Marking]] = {first: []}
    fired: set[PetriNet.Transition] = set()
    waiting = [first]
    while waiting:
        marking = waiting.pop()
        for transition in semantics.enabled_transitions(net, marking):
            fired.add(transition)
            following = semantics.execute(transition, net, marking)
            if following not in before:
                if any(count > 1 for count in following.values()) or (
                    last <= following and following != last
                ):
                    return False  # Free choice: sound nets are safe, and end with nothing left.
                if len(before) >= MARKINGS:
                    return f"more than {MARKINGS} markings"
                before[following] = []
                waiting.append(following)
            before[following].append(marking)
    can_end, waiting = {last}, [last] if last in before else []
    while waiting:
        for marking in before[waiting.pop()]:
            if marking not in can_end:
                can_end.add(marking)
                waiting.append(marking)
    return all(marking in can_end for marking in before) and fired == net.transitions


def _give_up(_signal: int, _frame: Any) -> None:
    raise TimeoutError(f"no verdict within {PATIENCE} seconds")


def main(file: str) -> int:
    """Compare all flows of a file and tell the count; return how many differ."""
    flows = [json.loads(line) for line in Path(file).read_text().splitlines()]
    verdicts: Counter[object] = Counter()
    differ = errors = 0
    with Pool(cpu_count()) as pool:
        for flow, verdict in pool.imap_unordered(judge, flows, chunksize=20):
            verdicts[verdict if isinstance(verdict, bool) else "no verdict"] += 1
            if verdict != flow["sound"]:
                second = sound_by_reachability(flow)
                errors += second == flow["sound"]
                differ += second != flow["sound"]
                print(
                    f"flow {flow['number']}: WOFLAN says {verdict}, its markings say {second}, "
                    f"we say {flow['sound']} {flow['why']}"
                )
                print(f"  {json.dumps({'first': flow['first'], 'steps': flow['steps']})}")
    sound, unsound, without = (verdicts[key] for key in (True, False, "no verdict"))
    print(
        f"{len(flows)} flows: {sound} sound, {unsound} not, {without} without verdict; "
        f"{errors} judged wrongly by WOFLAN, {differ} differ"
    )
    return differ


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1]) else 0)
