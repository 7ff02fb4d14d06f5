"""The parts of a BPMN process that both ways, out and in, speak of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
WAYPOINTS = "http://www.omg.org/spec/DD/20100524/DI"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
OURS = "urn:laksana:sop:1"

TASKS = frozenset(
    {
        "task", "userTask", "manualTask", "serviceTask", "scriptTask", "sendTask", "receiveTask",
        "businessRuleTask", "callActivity",
    }
)  # fmt: skip
GATEWAYS = frozenset(
    {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
)
CHOOSING = GATEWAYS - {"parallelGateway"}


@dataclass
class Node:
    """An activity, gateway or event; a subProcess holds others, which name it as their `within`."""

    id: str
    kind: str
    name: str = ""
    lane: str | None = None
    within: str | None = None
    attached_to: str | None = None
    """Of a boundary event: the activity it is attached to."""
    called: str | None = None
    """Of a callActivity: the process that it starts."""
    link: str | None = None
    """Of a link event: the name that its two ends share."""
    duration: str | None = None
    """Of a timer: its ISO 8601 duration, or what else it says of its time."""
    trigger: str = ""
    """Of an event: what it waits for or sends: "message", "timer", "error" ...; "" for none."""
    code: str = ""
    """Of an error or escalation: the name by which who catches it knows it."""
    is_unordered: bool = False
    """Of a subProcess: whether its activities are done in any order, all of them."""
    default: str | None = None
    """Of an activity or gateway: the flow that is taken where no condition of the others holds."""
    rows: str | None = None
    """Of a multi-instance activity: the expression that counts the instances."""
    row: str = ""
    """Of a multi-instance activity: what one of its rows is called."""
    quorum: int | None = None
    again: str | None = None
    """Of an activity that repeats: the condition under which it does, "" where it says none."""
    gathers: str | None = None
    """Of a task: the one whose rows it waits for."""
    needs: list[str] = field(default_factory=list)
    """The papers and messages that come in."""
    gives: list[str] = field(default_factory=list)
    """The papers and messages that go out."""
    ours: dict[str, Any] = field(default_factory=dict)
    """What only this format knows."""
    line: int = 0

    @property
    def is_task(self) -> bool:
        """Return whether it becomes a step."""
        return self.kind in TASKS


@dataclass
class Flow:
    """A sequence flow; `condition` is the expression under which it is taken."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    ours: dict[str, Any] = field(default_factory=dict)
    line: int = 0
    is_conditional: bool = False
    """Whether it has a condition, even one that the file does not say."""


@dataclass
class Lane:
    """A lane: who does what stands in it."""

    id: str
    title: str
    ours: dict[str, Any] = field(default_factory=dict)
    is_outside: bool = False
    """Whether it is another pool: a party that the process hands something to or gets something from."""


@dataclass
class Graph:
    """One process. Nodes and flows stand in the order of the file, which for flows is the order of branches and outcomes."""

    id: str
    name: str
    lanes: list[Lane] = field(default_factory=list)
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    """Documentation and annotations: node -> text."""
    pool: str = ""
    """The name of its pool, which does what stands in no lane."""
    said: str = ""
    """The documentation of the process."""
    ours: dict[str, Any] = field(default_factory=dict)

    def add(self, node: Node) -> Node:
        """Add a node and return it."""
        self.nodes[node.id] = node
        return node

    def out_of(self, node: str) -> list[Flow]:
        """Return the flows that leave a node."""
        return [flow for flow in self.flows if flow.source == node]

    def into(self, node: str) -> list[Flow]:
        """Return the flows that come to a node."""
        return [flow for flow in self.flows if flow.target == node]

    def attached_to(self, node: str) -> Iterator[Node]:
        """Yield the boundary events of an activity."""
        return (event for event in self.nodes.values() if event.attached_to == node)

    def inside(self, sub_process: str | None) -> Iterator[Node]:
        """Yield the nodes directly in a sub-process, or in the process itself."""
        return (node for node in self.nodes.values() if node.within == sub_process)

    def sources(self) -> list[Node]:
        """Return what stands at the beginning of a process without a start event."""
        return [
            node
            for node in self.inside(None)
            if node.attached_to is None
            and node.kind != "endEvent"
            and not self.into(node.id)
            and (node.link is None or node.kind != "intermediateCatchEvent")
        ]

    def add_beside(self, node: Node, kind: str, name: str = "") -> Node:
        """Add a node of a kind in the lane and the sub-process of another, and return it."""
        number = len(self.nodes) + 1
        while f"{node.id}-{number}" in self.nodes:
            number += 1
        return self.add(Node(f"{node.id}-{number}", kind, name, node.lane, node.within, line=node.line))

    def connect(self, source: str, target: str, name: str = "") -> Flow:
        """Add a flow and return it."""
        flow = Flow(f"added-{len(self.flows) + 1}", source, target, name)
        self.flows.append(flow)
        return flow

    def decide_after(self, node: Node, done: str) -> Node:
        """Return an exclusive gateway that a node leads to, and to it alone; what it led to before is reached by `done`."""
        ways = self.out_of(node.id)
        target = self.nodes[ways[0].target] if len(ways) == 1 else None
        if (
            target is not None
            and target.kind == "exclusiveGateway"
            and len(self.out_of(target.id)) > 1
            and len(self.into(target.id)) == 1
        ):
            return target
        gateway = self.add_beside(node, "exclusiveGateway")
        if not ways:
            self.connect(gateway.id, self.add_beside(node, "endEvent").id, done)
        source = gateway
        if len(ways) > 1 and not any(way.is_conditional for way in ways):
            source = self.add_beside(node, "parallelGateway")
            self.connect(gateway.id, source.id, done)
        for way in ways:
            way.source = source.id
        if len(ways) == 1:
            ways[0].name = ways[0].name or done
        self.connect(node.id, gateway.id)
        return gateway

    def lead_to(self, flows: list[Flow], target: Node) -> None:
        """Let flows end at another node."""
        for flow in flows:
            flow.target = target.id
