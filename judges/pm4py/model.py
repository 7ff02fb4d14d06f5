"""Our BPMN as accepting Petri nets, by pm4py: one for the process, one for each of its multi-instance sub-processes.

pm4py reads tasks, gateways and events of a process. What it leaves out is said in those words before it reads the document:

- a call activity is a task;
- a timer on a task is a choice before it, between the task and a task that stands for the time-out;
- where rows make rows of their own kind again, which no sub-process holds, a multi-instance activity is the task that it does
  for one row: `lines.py` reads of a case what one row after the other did;
- any other multi-instance activity is a task where its rows begin and one where all have ended; each row goes through a net
  of its own.

Every outcome of a decision becomes a task on its flow, so that a case has to go where its decision says. A process ends when
every token has reached an end; pm4py's converter knows one token there, so the tokens of several ends are brought together.
"""

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pm4py
from lxml import etree
from pm4py.objects.bpmn.importer.variants.lxml import import_from_string
from pm4py.objects.petri_net.obj import Marking, PetriNet
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to, remove_arc

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
LATE = "/ate_abort"
BEGINS, ENDS = "rows begin: ", "rows end: "
Net = tuple[PetriNet, Marking, Marking]


def outcome_label(step: str, outcome: str) -> str:
    """Return the label of the task that stands for an outcome."""
    return f"{step} = {outcome}"


@dataclass
class Model:
    """The nets of a procedure."""

    whole: Net
    rows: dict[str, Net] = field(default_factory=dict)
    """The step that makes rows -> the net that each of them goes through."""
    blocks: dict[str, frozenset[str]] = field(default_factory=dict)
    """The step that makes rows -> all steps that are done for them."""
    said: Counter[str] = field(default_factory=Counter)
    """What was said in other words: of what kind, how often."""


def read(document: bytes, decisions: dict[str, list[str]], *, by_lines: bool = False) -> Model:
    """Return the nets of an exported document; `by_lines`: as one row among those of each step goes through it."""
    root = etree.fromstring(document)
    process = root.find(f"{MODEL}process")
    for unread in [*process.iter(f"{MODEL}extensionElements", f"{MODEL}incoming", f"{MODEL}outgoing")]:
        unread.getparent().remove(unread)
    for diagram in root.findall("{http://www.omg.org/spec/BPMN/20100524/DI}BPMNDiagram"):
        root.remove(diagram)
    rewriting = _Rewriting(process, decisions)
    rewriting.rewrite(by_lines=by_lines)
    model = Model(_net(process), said=rewriting.said)
    for maker, inner in rewriting.inner.items():
        model.rows[maker] = _net(inner)
        model.blocks[maker] = rewriting.steps[maker]
    return model


def may_stop(net: Net) -> Net:
    """Return the net in which a run may stop anywhere: for a row that nobody waits for."""
    copy, first, last = deepcopy(net)
    sink = next(iter(last))
    for place in [*copy.places]:
        if place is not sink:
            silent = PetriNet.Transition(f"stop-{place.name}", None)
            copy.transitions.add(silent)
            add_arc_from_to(place, silent, copy)
            add_arc_from_to(silent, sink, copy)
    return copy, first, last


class _Rewriting:
    """Says a process in the words that pm4py's converter knows."""

    def __init__(self, process: Any, decisions: dict[str, list[str]]) -> None:
        self.process, self.decisions = process, decisions
        self.inner: dict[str, Any] = {}
        self.steps: dict[str, frozenset[str]] = {}
        self.said: Counter[str] = Counter()

    def rewrite(self, *, by_lines: bool) -> None:
        """Rewrite the process in place."""
        for call in [*self.process.iter(f"{MODEL}callActivity")]:
            call.tag = f"{MODEL}task"
            self.said["call activities"] += 1
        for step in _steps(self.process):
            step.set("name", _step_of(step))
        for step, labels in self.decisions.items():
            self._say_outcomes(step, labels)
        for timer in [*self.process.iter(f"{MODEL}boundaryEvent")]:
            self._choose(timer)
            self.said["timers"] += 1
        several = [*self.process.iter(f"{MODEL}multiInstanceLoopCharacteristics")]
        if by_lines:
            if {element.getparent().tag for element in several} & {f"{MODEL}subProcess"}:
                raise NotImplementedError("rows in a sub-process, beside rows that none can hold")
            self.said["multi-instance activities"] += len(several)
            for element in several:
                element.getparent().remove(element)
            return
        for activity in [element.getparent() for element in several][::-1]:  # the innermost first
            self._take_out(activity)
            self.said["multi-instance activities"] += 1

    def _say_outcomes(self, step: str, labels: list[str]) -> None:
        for flow in self._flows("sourceRef", f"decision_{step}"):
            label = flow.get("name")
            if label not in labels:
                raise ValueError(f"{step} has no outcome {label!r}")
            self._between(flow, f"outcome_{flow.get('id')}", outcome_label(step, label))

    def _between(self, flow: Any, id_: str, name: str) -> None:
        task = etree.SubElement(flow.getparent(), f"{MODEL}task", id=id_, name=name)
        self._connect(flow.getparent(), id_, flow.get("targetRef"))
        flow.set("targetRef", task.get("id"))

    def _choose(self, timer: Any) -> None:
        task, id_, around = timer.get("attachedToRef"), timer.get("id"), timer.getparent()
        step = next(element for element in _steps(self.process) if element.get("id") == task)
        choice = etree.SubElement(around, f"{MODEL}exclusiveGateway", id=f"choice_{id_}")
        for flow in self._flows("targetRef", task):
            flow.set("targetRef", choice.get("id"))
        self._connect(around, choice.get("id"), task)
        self._connect(around, choice.get("id"), id_)
        late = etree.SubElement(around, f"{MODEL}task", id=id_, name=_step_of(step) + LATE)
        around.replace(timer, late)

    def _take_out(self, activity: Any) -> None:
        """Put two tasks in the place of a multi-instance activity, and what each instance does into a process of its own."""
        around, id_ = activity.getparent(), activity.get("id")
        maker = id_.removeprefix("rows_").removeprefix("step_")
        inner = etree.Element(f"{MODEL}process", id=f"process_of_{id_}")
        if activity.tag == f"{MODEL}subProcess":
            inner.extend([*activity])
        else:
            inner.append(etree.Element(f"{MODEL}startEvent", id=f"start_of_{id_}"))
            inner.append(etree.Element(f"{MODEL}task", id=f"inner_{id_}", name=maker))
            inner.append(etree.Element(f"{MODEL}endEvent", id=f"end_of_{id_}"))
            self._connect(inner, f"start_of_{id_}", f"inner_{id_}")
            self._connect(inner, f"inner_{id_}", f"end_of_{id_}")
        around.remove(activity)
        within = {name for other in self.inner if other in _names(inner) for name in self.steps[other]}
        self.inner[maker], self.steps[maker] = inner, frozenset(_names(inner)) | within
        etree.SubElement(around, f"{MODEL}task", id=id_, name=BEGINS + maker)
        etree.SubElement(around, f"{MODEL}task", id=f"{id_}_end", name=ENDS + maker)
        for flow in around.findall(f"{MODEL}sequenceFlow"):
            if flow.get("sourceRef") == id_:
                flow.set("sourceRef", f"{id_}_end")
        self._connect(around, id_, f"{id_}_end")

    def _flows(self, end: str, id_: str) -> list[Any]:
        return [flow for flow in self.process.iter(f"{MODEL}sequenceFlow") if flow.get(end) == id_]

    def _connect(self, around: Any, source: str, target: str) -> None:
        id_ = f"added_{source}_{target}"
        etree.SubElement(around, f"{MODEL}sequenceFlow", id=id_, sourceRef=source, targetRef=target)


def _steps(process: Any) -> Iterator[Any]:
    return (element for element in process.iter() if str(element.get("id", "")).startswith("step_"))


def _step_of(task: Any) -> str:
    return str(task.get("id")).removeprefix("step_")


def _names(process: Any) -> set[str]:
    """Return the steps of a process, and those that make rows in it."""
    names = {str(element.get("name", "")) for element in process.iter(f"{MODEL}task", *_KINDS)}
    return {name.removeprefix(BEGINS) for name in names if name and not name.startswith(ENDS)}


_KINDS = [f"{MODEL}{kind}" for kind in ("userTask", "serviceTask", "sendTask")]


def _net(process: Any) -> Net:
    definitions = etree.Element(f"{MODEL}definitions")
    definitions.append(process)
    graph = import_from_string(etree.tostring(definitions))
    net, first, last = pm4py.convert_to_petri_net(graph)
    _join_ends(net, next(iter(last)))
    return net, first, last


def _join_ends(net: PetriNet, sink: PetriNet.Place) -> None:
    """Let several tokens that reach the end become one."""
    ends = list(sink.in_arcs)
    if len(ends) < 2:
        return
    for number, arc in enumerate(ends):
        place = PetriNet.Place(f"end-{number}")
        net.places.add(place)
        transition = arc.source
        remove_arc(net, arc)
        add_arc_from_to(transition, place, net)
        for name, more in ((f"first-end-{number}", False), (f"further-end-{number}", True)):
            silent = PetriNet.Transition(name, None)
            net.transitions.add(silent)
            add_arc_from_to(place, silent, net)
            if more:
                add_arc_from_to(sink, silent, net)
            add_arc_from_to(silent, sink, net)
