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
    """Of a boundary timer: its ISO 8601 duration."""
    rows: str | None = None
    """Of a multi-instance activity: the expression that counts the instances."""
    quorum: int | None = None
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


@dataclass
class Lane:
    """A lane: who does what stands in it."""

    id: str
    title: str
    ours: dict[str, Any] = field(default_factory=dict)


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
