"""The form that steps can say: a decision right after a task of its own, a join right before one.

Every way into a join then comes from a step of its own. Tasks are added where a file has none.
"""

from laksana.sop.bpmn import events, meeting, repeats
from laksana.sop.bpmn.graph import CHOOSING, GATEWAYS, Flow, Node
from laksana.sop.bpmn.reading import Read
from laksana.sop.message import message as _


def shape(read: Read) -> None:
    """Bring a graph into the form that steps can say."""
    if not read.graph.ours:
        events.shape(read)
        repeats.shape(read)
        meeting.shape(read)
    _Shaping(read).shape()


class _Shaping:
    """Adds tasks where steps need them."""

    def __init__(self, read: Read) -> None:
        self.read, self.graph = read, read.graph

    def shape(self) -> None:
        for node in [node for node in self.graph.nodes.values() if node.is_task]:
            self._split_conditional(node)
        gateways = [node for node in self.graph.nodes.values() if node.kind in GATEWAYS]
        for node in gateways:
            if node.kind in CHOOSING and len(self.graph.out_of(node.id)) > 1:
                self._give_task(node)
        for node in gateways:
            if node.kind == "parallelGateway" and len(self.graph.into(node.id)) > 1:
                self._give_joining_task(node)
            elif node.kind == "parallelGateway" or len(self.graph.out_of(node.id)) < 2:
                self._unname(node)

    def _split_conditional(self, task: Node) -> None:
        """Put a gateway after a task whose flows have conditions."""
        flows = self.graph.out_of(task.id)
        if len(flows) > 1 and any(flow.is_conditional for flow in flows):
            gateway = self.graph.add_beside(task, "exclusiveGateway")
            gateway.default = task.default
            for flow in flows:
                flow.source = gateway.id
            self._flow(task.id, gateway.id)

    def _give_task(self, gateway: Node) -> None:
        """See that a decision stands right after a task that leads nowhere else."""
        before = self.graph.into(gateway.id)
        source = self.graph.nodes[before[0].source] if len(before) == 1 else None
        if source is not None and self._can_decide(source):
            if gateway.name not in ("", source.name) and not self.graph.ours:
                self.read.note(source.id, f"Keputusan: {gateway.name}")
            self.read.hand_notes(gateway.id, source.id)
            return
        task = self.graph.add_beside(gateway, "task", gateway.name or "Memutuskan kelanjutan")
        self.read.hand_notes(gateway.id, task.id)
        for flow in before:
            flow.target = task.id
        self._flow(task.id, gateway.id)

    def _can_decide(self, source: Node) -> bool:
        """Return whether a task can be left by the outcomes of a decision after it: once, and not once for each row."""
        return (
            source.is_task
            and len(self.graph.out_of(source.id)) == 1
            and (source.rows is None or bool(self.graph.ours))
        )

    def _can_join(self, target: Node | None) -> bool:
        """Return whether a join can be said of a task: it waits for branches only, and nothing else leads to it."""
        return (
            target is not None
            and target.is_task
            and len(self.graph.into(target.id)) == 1
            and (bool(self.graph.ours) or (target.rows is None and target.gathers is None))
        )

    def _unname(self, gateway: Node) -> None:
        if gateway.name:
            self.read.tell(
                gateway,
                _("Forks and places where ways meet have no names in an SOP; this one's is not kept."),
            )

    def _give_joining_task(self, gateway: Node) -> None:
        """See that a join leads to one task that nothing else leads to, and that each way in comes from a step of its own."""
        after = self.graph.out_of(gateway.id)
        target = self.graph.nodes[after[0].target] if len(after) == 1 else None
        if self._can_join(target):
            self._unname(gateway)
        else:
            task = self.graph.add_beside(gateway, "task", gateway.name or "Menggabungkan hasil")
            for flow in after:
                flow.source = task.id
            self._flow(gateway.id, task.id)
        seen: set[str] = set()
        for flow in self.graph.into(gateway.id):
            origin = self._origin(flow)
            if origin is None or origin in seen:
                task = self.graph.add_beside(gateway, "task", "Meneruskan hasil")
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

    def _flow(self, source: str, target: str, like: Flow | None = None) -> None:
        flow = self.graph.connect(source, target)
        if like is not None:
            flow.name, flow.condition, flow.ours = like.name, like.condition, like.ours
            self.graph.flows.insert(self.graph.flows.index(like), self.graph.flows.pop())
