"""What is done again, for many rows, or in any order: loops become decisions that lead back, blocks of rows are gathered."""

from laksana.sop.bpmn.graph import Node
from laksana.sop.bpmn.reading import Read


def shape(read: Read) -> None:
    """Change the graph so that every repeating activity and every sub-process with rows is said by steps."""
    _Repeats(read).shape()


class _Repeats:
    def __init__(self, read: Read) -> None:
        self.graph = read.graph

    def shape(self) -> None:
        nodes = list(self.graph.nodes.values())
        for node in [node for node in nodes if node.kind == "subProcess"]:
            self._side_by_side(node)
            if node.rows:
                self._gather(node)
        for node in [node for node in nodes if node.again is not None]:
            self._lead_back(node)

    def _lead_back(self, node: Node) -> None:
        gateway = self.graph.decide_after(node, "Lanjut")
        self.graph.connect(gateway.id, node.id, node.again or "Ulangi")

    def _side_by_side(self, block: Node) -> None:
        """Let branches that a sub-process begins and ends without saying so begin and end together."""
        inner = [node for node in self.graph.inside(block.id) if node.attached_to is None]
        first = [node for node in inner if not self.graph.into(node.id)]
        if len(first) < 2 or any(node.kind == "startEvent" for node in inner):
            return
        last = [node for node in inner if not self.graph.out_of(node.id)]
        fork = self._in_block(block, "parallelGateway")
        for node in first:
            self.graph.connect(fork.id, node.id)
        if len(last) > 1:
            join = self._in_block(block, "parallelGateway")
            for node in last:
                node.kind = "intermediateThrowEvent" if node.kind == "endEvent" else node.kind
                self.graph.connect(node.id, join.id)
            self.graph.connect(join.id, self._in_block(block, "endEvent").id)

    def _gather(self, block: Node) -> None:
        """Give a sub-process with rows one first step, which makes them, and a step after it, which waits for them."""
        maker = self._only_first(block)
        maker.rows, maker.row, maker.quorum = block.rows, block.row or block.name, block.quorum
        gatherer = self.graph.add_beside(block, "task", f"Menghimpun hasil {block.name}".strip())
        gatherer.gathers = maker.id
        for flow in self.graph.out_of(block.id):
            flow.source = gatherer.id
        self.graph.connect(block.id, gatherer.id)

    def _only_first(self, block: Node) -> Node:
        """Return the task that a sub-process begins with; one is added where it does not begin with a task of its own."""
        inner = [node for node in self.graph.inside(block.id) if node.attached_to is None]
        starts = [node for node in inner if node.kind == "startEvent"]
        ways = [flow for start in starts for flow in self.graph.out_of(start.id)]
        first = [self.graph.nodes[flow.target] for flow in ways] or [
            node for node in inner if not self.graph.into(node.id)
        ]
        if (
            len(first) == 1
            and first[0].is_task
            and not first[0].rows
            and len(self.graph.into(first[0].id)) < 2
        ):
            return first[0]
        task = self._in_block(block, "task", f"Memulai {block.name}".strip())
        start = self._in_block(block, "startEvent") if not starts else starts[0]
        for flow in ways:
            flow.source = task.id
        if not ways:
            for node in first:
                self.graph.connect(task.id, node.id)
        self.graph.connect(start.id, task.id)
        return task

    def _in_block(self, block: Node, kind: str, name: str = "") -> Node:
        inner = next((node for node in self.graph.inside(block.id) if node.lane), block)
        node = self.graph.add_beside(inner, kind, name)
        node.within = block.id
        return node
