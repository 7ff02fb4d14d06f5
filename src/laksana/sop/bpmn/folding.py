"""From nodes and flows back to steps: gateways become decisions, forks and joins; timers become time-outs.

First the graph is brought into the form that steps can say (`shaping`). Then each task is read as a step.
"""

from collections.abc import Iterator
from typing import Any

from laksana.sop.bpmn.graph import CHOOSING, Flow, Node
from laksana.sop.bpmn.parsing import words
from laksana.sop.bpmn.reading import Read
from laksana.sop.bpmn.shaping import shape
from laksana.sop.definition import END
from laksana.sop.message import message as _


def fold(read: Read) -> list[dict[str, Any]]:
    """Return the steps of a process that was read, the first one first; the graph is changed on the way.

    Steps bear the ids of their nodes; `by` names a lane. What cannot be said is added to what the draft leaves out.
    """
    shape(read)
    return _Folding(read).steps()


class _Folding:
    """Reads every task as a step."""

    def __init__(self, read: Read) -> None:
        self.read, self.graph = read, read.graph
        self.labels: set[str] = set()
        """The flows whose names became those of outcomes."""

    def steps(self) -> list[dict[str, Any]]:
        first = self._first()
        tasks = {node.id: self._step(node) for node in self.graph.nodes.values() if node.is_task}
        self._unname_flows()
        self._leave_notes()
        order = list(self._in_order(first, tasks)) if first else []
        order += [task for task in tasks if task not in order]
        if all("row" in self.graph.nodes[task].ours for task in order):
            order.sort(key=lambda task: int(self.graph.nodes[task].ours["row"]))
        return [tasks[task] for task in order]

    def _unname_flows(self) -> None:
        for flow in self.graph.flows:
            element = self.read.elements.get(flow.id)
            if flow.name and element is not None and flow.id not in self.labels and not self.graph.ours:
                self.read.account.change(
                    element, _("Only the outcomes of a decision have names; this flow's is not kept.")
                )

    def _leave_notes(self) -> None:
        """Leave the notes of what is no step, unless they are a step's too."""
        for element in (part for parts in self.read.noted.values() for part in parts):
            if not self.read.account.is_taken(element):
                said = words("".join(map(str, element.itertext())))[:200]
                self.read.account.leave(
                    element, _("Only the process and its steps have notes: %(said)s", said=said)
                )

    def _first(self) -> str | None:
        """Return the first step; a task is added where the start does not lead to just one."""
        starts = [node for node in self.graph.inside(None) if node.kind == "startEvent"]
        for other in starts[1:]:
            self.read.leave(other, _("An SOP begins in one way; this start is not kept."))
        if starts:
            begun = _once(self._after(starts[0].id, set()))
        else:
            begun = _once(target for node in self.graph.sources() for target in self._entered(node.id, set()))
        if len(begun) == 1 and begun[0] in self.graph.nodes and not self._makes_rows(begun[0]):
            return begun[0]
        if not any(node.is_task for node in self.graph.nodes.values()):
            return None
        lane = next((node.lane for node in self.graph.nodes.values() if node.is_task), None)
        task = self.graph.add(Node("start-step", "task", "Memulai", lane))
        for number, target in enumerate(begun):
            if target in self.graph.nodes:
                self.graph.flows.append(Flow(f"begin-{number}", task.id, target))
        return task.id

    def _makes_rows(self, task: str) -> bool:
        """Return whether a step runs for rows that a step before it must have listed."""
        return self.graph.nodes[task].rows is not None and not self.graph.ours

    def _in_order(self, first: str, tasks: dict[str, dict[str, Any]]) -> Iterator[str]:
        """Yield steps as one meets them, following first exits first."""
        seen: set[str] = set()
        todo = [first]
        while todo:
            task = todo.pop()
            if task in tasks and task not in seen:
                seen.add(task)
                yield task
                todo += reversed(list(_targets(tasks[task])))

    # -- one step ------------------------------------------------------------------------------------------------------

    def _step(self, task: Node) -> dict[str, Any]:
        flows = self.graph.out_of(task.id)
        gateway = self.graph.nodes[flows[0].target] if len(flows) == 1 else None
        step: dict[str, Any] = {"id": task.id, "name": task.name or task.id, "by": task.lane}
        if gateway and gateway.kind in CHOOSING and len(self.graph.out_of(gateway.id)) > 1:
            step["outcomes"] = self._outcomes(gateway)
        else:
            step["then"] = _once(target for flow in flows for target in self._from(flow)) or self._ended(task)
        if timeout := self._timeout(task):
            step["timeout"] = timeout
        before = self.graph.into(task.id)
        if len(before) == 1 and self.graph.nodes[before[0].source].kind == "parallelGateway":
            joining = before[0].source
            if len(self.graph.out_of(joining)) == 1:
                step["joins"] = True
        if note := self.graph.notes.get(task.id):
            step["note"] = note
            self.read.account.take(*self.read.noted.get(task.id, ()))
        return step

    def _ended(self, task: Node) -> list[str]:
        """Return where a task leads that no flow leaves: past the sub-process it ends, or to the end."""
        return _once(self._out_of_block(task, set())) if not self.graph.out_of(task.id) else [END]

    def _outcomes(self, gateway: Node) -> dict[str, dict[str, Any]]:
        outcomes: dict[str, dict[str, Any]] = {}
        for number, flow in enumerate(self.graph.out_of(gateway.id), 1):
            label = self._label(flow, gateway) or f"Pilihan {number}"
            while label in outcomes:
                label += f" ({number})"
            guard = {"allowed_if": flow.ours["allowed_if"]} if "allowed_if" in flow.ours else {}
            outcomes[label] = {"then": self._from(flow) or [END], **guard}
        return outcomes

    def _label(self, flow: Flow, gateway: Node) -> str:
        self.labels.add(flow.id)
        otherwise = "Selain itu" if flow.id == gateway.default else ""
        return flow.name or flow.condition or otherwise or self.graph.nodes[flow.target].name

    def _timeout(self, task: Node) -> dict[str, Any] | None:
        timers = list(self.graph.attached_to(task.id))
        for other in timers[1:]:
            self.read.leave(other, _("A step has one time-out; this one is not kept."))
        if not timers:
            return None
        self.read.take_trigger(timers[0])
        then = _once(target for flow in self.graph.out_of(timers[0].id) for target in self._from(flow))
        return {
            "after": timers[0].ours.get("after"),
            "iso": timers[0].duration,
            "timer": timers[0].id,
            "then": then or [END],
        }

    # -- where a flow leads --------------------------------------------------------------------------------------------

    def _from(self, flow: Flow) -> list[str]:
        return _once(self._entered(flow.target, set()))

    def _after(self, node: str, seen: set[str]) -> list[str]:
        return [target for flow in self.graph.out_of(node) for target in self._entered(flow.target, seen)]

    def _entered(self, name: str, seen: set[str]) -> list[str]:
        """Return the steps that a token coming to a node goes to, END for the end; a circle without steps leads nowhere."""
        node = self.graph.nodes[name]
        if node.is_task:
            return [name]
        if name in seen:
            return []
        seen.add(name)
        if node.kind == "subProcess":
            return self._into_block(node, seen)
        if node.kind == "endEvent" or not self.graph.out_of(name):
            return self._out_of_block(node, seen)
        return self._after(name, seen)

    def _into_block(self, block: Node, seen: set[str]) -> list[str]:
        inner = list(self.graph.inside(block.id))
        starts = [node for node in inner if node.kind == "startEvent"]
        if not starts:
            starts = [node for node in inner if not self.graph.into(node.id) and not node.attached_to]
        return [target for node in starts for target in self._entered(node.id, seen)]

    def _out_of_block(self, node: Node, seen: set[str]) -> list[str]:
        if node.link is not None and (end := self._other_end(node)) is not None:
            return self._after(end.id, seen)
        if node.within is None or node.ours.get("row_ends"):
            return [END]
        return self._after(node.within, seen) or [END]

    def _other_end(self, link: Node) -> Node | None:
        ends = [
            n for n in self.graph.nodes.values() if n.link == link.link and n.kind == "intermediateCatchEvent"
        ]
        return ends[0] if ends else None


def _targets(step: dict[str, Any]) -> Iterator[str]:
    yield from step.get("then", [])
    for exit_ in step.get("outcomes", {}).values():
        yield from exit_["then"]
    yield from step.get("timeout", {}).get("then", [])


def _once(names: Any) -> list[str]:
    return list(dict.fromkeys(names))
