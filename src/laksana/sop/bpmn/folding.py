"""From nodes and flows back to steps: gateways become decisions, forks and joins; timers become time-outs.

First the graph is brought into the form that steps can say (`_Shaping`): a decision stands right after a task of its own, a
join right before one, and every way into a join comes from a step of its own. Then each task is read as a step.
"""

from collections.abc import Iterator
from typing import Any

from laksana.sop.bpmn.graph import GATEWAYS, Flow, Node
from laksana.sop.bpmn.reading import Read, Untaken
from laksana.sop.definition import END
from laksana.sop.message import message as _

_CHOOSING = ("exclusiveGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway")


def fold(read: Read) -> list[dict[str, Any]]:
    """Return the steps of a process that was read, the first one first; the graph is changed on the way.

    Steps bear the ids of their nodes; `by` names a lane. What cannot be said is added to what the draft leaves out.
    """
    _Shaping(read).shape()
    return _Folding(read).steps()


def _leave(read: Read, node: Node, why: Any) -> None:
    read.untaken.append(Untaken(node.kind, node.id, node.line, why))


class _Shaping:
    """Adds tasks where steps need them."""

    def __init__(self, read: Read) -> None:
        self.read, self.graph = read, read.graph

    def shape(self) -> None:
        for node in [node for node in self.graph.nodes.values() if node.is_task]:
            self._split_conditional(node)
        gateways = [node for node in self.graph.nodes.values() if node.kind in GATEWAYS]
        for node in gateways:
            if node.kind in _CHOOSING and len(self.graph.out_of(node.id)) > 1:
                self._give_task(node)
        for node in gateways:
            if node.kind == "parallelGateway" and len(self.graph.into(node.id)) > 1:
                self._give_joining_task(node)
            if node.kind in ("inclusiveGateway", "complexGateway"):
                _leave(
                    self.read,
                    node,
                    _("It is kept as a decision with one outcome at a time; check that this is meant."),
                )
            if node.kind == "eventBasedGateway":
                _leave(self.read, node, _("It is kept as a decision; who sees what happened first decides."))

    def _split_conditional(self, task: Node) -> None:
        """Put a gateway after a task whose flows have conditions."""
        flows = self.graph.out_of(task.id)
        if len(flows) > 1 and any(flow.condition for flow in flows):
            gateway = self.graph.add(
                Node(f"{task.id}-decision", "exclusiveGateway", lane=task.lane, within=task.within)
            )
            for flow in flows:
                flow.source = gateway.id
            self._flow(task.id, gateway.id)

    def _give_task(self, gateway: Node) -> None:
        """See that a decision stands right after a task that leads nowhere else."""
        before = self.graph.into(gateway.id)
        source = self.graph.nodes[before[0].source] if len(before) == 1 else None
        if source is not None and source.is_task and len(self.graph.out_of(source.id)) == 1:
            return
        task = self._task(gateway, gateway.name or "Memutuskan kelanjutan")
        for flow in before:
            flow.target = task.id
        self._flow(task.id, gateway.id)

    def _give_joining_task(self, gateway: Node) -> None:
        """See that a join leads to one task that nothing else leads to, and that each way in comes from a step of its own."""
        after = self.graph.out_of(gateway.id)
        target = self.graph.nodes[after[0].target] if len(after) == 1 else None
        if target is None or not target.is_task or len(self.graph.into(target.id)) > 1:
            task = self._task(gateway, gateway.name or "Menggabungkan hasil")
            for flow in after:
                flow.source = task.id
            self._flow(gateway.id, task.id)
        seen: set[str] = set()
        for flow in self.graph.into(gateway.id):
            origin = self._origin(flow)
            if origin is None or origin in seen:
                task = self._task(gateway, "Meneruskan hasil")
                self._flow(flow.source, task.id, flow)
                flow.source, flow.name, flow.condition = task.id, "", ""
                origin = task.id
            seen.add(origin)

    def _origin(self, flow: Flow) -> str | None:
        """Return the task that alone leads to a flow, None where several do or it is not sure."""
        found: set[str] = set()
        seen, todo = {flow.source}, [flow.source]
        while todo:
            node = self.graph.nodes[todo.pop()]
            before = self.graph.into(node.id)
            if node.is_task or node.attached_to is not None:
                found.add(node.attached_to or node.id)
            elif (
                not before
                or node.kind == "subProcess"
                or (node.kind == "parallelGateway" and len(before) > 1)
            ):
                return None
            else:
                todo += {earlier.source for earlier in before} - seen
                seen |= {earlier.source for earlier in before}
        return found.pop() if len(found) == 1 else None

    def _task(self, beside: Node, name: str) -> Node:
        number = len(self.graph.nodes) + 1
        return self.graph.add(
            Node(f"{beside.id}-{number}", "task", name, beside.lane, beside.within, line=beside.line)
        )

    def _flow(self, source: str, target: str, like: Flow | None = None) -> None:
        flow = Flow(f"added-{len(self.graph.flows) + 1}", source, target)
        if like is None:
            self.graph.flows.append(flow)
        else:
            flow.name, flow.condition, flow.ours = like.name, like.condition, like.ours
            self.graph.flows.insert(self.graph.flows.index(like), flow)


class _Folding:
    """Reads every task as a step."""

    def __init__(self, read: Read) -> None:
        self.read, self.graph = read, read.graph

    def steps(self) -> list[dict[str, Any]]:
        first = self._first()
        tasks = {node.id: self._step(node) for node in self.graph.nodes.values() if node.is_task}
        order = list(self._in_order(first, tasks)) if first else []
        order += [task for task in tasks if task not in order]
        if all("row" in self.graph.nodes[task].ours for task in order):
            order.sort(key=lambda task: int(self.graph.nodes[task].ours["row"]))
        return [tasks[task] for task in order]

    def _first(self) -> str | None:
        """Return the first step; a task is added where the start does not lead to just one."""
        starts = [node for node in self.graph.inside(None) if node.kind == "startEvent"]
        for other in starts[1:]:
            _leave(self.read, other, _("An SOP begins in one way; this start is not kept."))
        if starts:
            begun = _once(self._after(starts[0].id, set()))
        else:
            begun = [
                node.id for node in self.graph.nodes.values() if node.is_task and not self.graph.into(node.id)
            ]
        if len(begun) == 1 and begun[0] in self.graph.nodes:
            return begun[0]
        if not any(node.is_task for node in self.graph.nodes.values()):
            return None
        lane = next((node.lane for node in self.graph.nodes.values() if node.is_task), None)
        task = self.graph.add(Node("start-step", "task", "Memulai", lane))
        for number, target in enumerate(begun):
            if target in self.graph.nodes:
                self.graph.flows.append(Flow(f"begin-{number}", task.id, target))
        return task.id

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
        if gateway and gateway.kind in _CHOOSING and len(self.graph.out_of(gateway.id)) > 1:
            step["outcomes"] = self._outcomes(gateway)
        else:
            step["then"] = _once(target for flow in flows for target in self._from(flow)) or [END]
        if timeout := self._timeout(task):
            step["timeout"] = timeout
        before = self.graph.into(task.id)
        if len(before) == 1 and self.graph.nodes[before[0].source].kind == "parallelGateway":
            joining = before[0].source
            if len(self.graph.out_of(joining)) == 1:
                step["joins"] = True
        if note := self.graph.notes.get(task.id):
            step["note"] = note
        return step

    def _outcomes(self, gateway: Node) -> dict[str, dict[str, Any]]:
        outcomes: dict[str, dict[str, Any]] = {}
        for number, flow in enumerate(self.graph.out_of(gateway.id), 1):
            label = flow.name or flow.condition or self.graph.nodes[flow.target].name or f"Pilihan {number}"
            while label in outcomes:
                label += f" ({number})"
            guard = {"allowed_if": flow.ours["allowed_if"]} if "allowed_if" in flow.ours else {}
            outcomes[label] = {"then": self._from(flow) or [END], **guard}
        return outcomes

    def _timeout(self, task: Node) -> dict[str, Any] | None:
        timers = list(self.graph.attached_to(task.id))
        for other in timers[1:]:
            _leave(self.read, other, _("A step has one time-out; this one is not kept."))
        if not timers:
            return None
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
