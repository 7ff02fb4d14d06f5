"""Where everything stands in the diagram: lanes as columns and steps as rows, as in the flowchart of the SOP.

The parts of one step (join, task, decision, forks, ends) stand under each other in its lane. Lines run in the gutters beside
them and in the bands between rows, so that none crosses a shape.
"""

from collections import Counter
from dataclasses import dataclass, field

from laksana.sop.bpmn.export import step_id
from laksana.sop.bpmn.graph import GATEWAYS, Flow, Graph, Node
from laksana.sop.bpmn.regions import regions
from laksana.sop.definition import Procedure

LANE, HEAD, BAND, GAP, PAD = 270, 30, 80, 24, 16
_SIZE = {"task": (180, 100), "gateway": (50, 50), "event": (36, 36)}
Point = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """A rectangle, in the diagram's units."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        """Return the centre."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass
class Diagram:
    """Boxes of the pool, its lanes and its nodes, and the way of every flow."""

    pool: Box
    lanes: dict[str, Box] = field(default_factory=dict)
    nodes: dict[str, Box] = field(default_factory=dict)
    ways: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)


def place(procedure: Procedure, graph: Graph) -> Diagram:
    """Return the diagram of a procedure's process."""
    return _Placing(procedure, graph).diagram()


class _Placing:
    def __init__(self, procedure: Procedure, graph: Graph) -> None:
        self.procedure, self.graph = procedure, graph
        self.columns = {lane.id: number for number, lane in enumerate(graph.lanes)}
        self.nodes: dict[str, Box] = {}
        self.bands: dict[str, int] = {}
        """The middle of the band above the row that a node stands in."""
        self.heads: set[str] = set()
        """Nodes that stand first in their row."""
        self.used: Counter[tuple[str, int]] = Counter()
        self.labels: dict[tuple[str, str], Box] = {}

    def diagram(self) -> Diagram:
        bottom = self._rows()
        self._blocks()
        width = LANE * len(self.columns)
        result = Diagram(Box(0, 0, width, bottom), nodes=self.nodes)
        for lane, column in self.columns.items():
            result.lanes[lane] = Box(column * LANE, HEAD, LANE, bottom - HEAD)
        for flow in self.graph.flows:
            result.ways[flow.id] = way = self._way(flow)
            if flow.name:
                result.labels[flow.id] = self._label(flow, way)
        return result

    # -- shapes --------------------------------------------------------------------------------------------------------

    def _rows(self) -> int:
        y = 2 * HEAD
        for step in self._order():
            y = self._row(step, y + BAND)
        return y + BAND

    def _order(self) -> list[str]:
        """Return the steps in the order of the rows, those of a block together."""
        blocks = regions(self.procedure)
        order: list[str] = []

        def put(steps: list[str]) -> None:
            for step in steps:
                if step not in order:
                    order.append(step)
                    around = [maker for maker in blocks if step in blocks[maker]]
                    for maker in sorted(around, key=lambda maker: len(blocks[maker])):
                        put([s.id for s in self.procedure.steps if s.id in blocks[maker]])

        put([step.id for step in self.procedure.steps])
        return order

    def _row(self, step: str, y: int) -> int:
        """Place the nodes of a step from `y` down; return where they end."""
        stack = [node for node in self.graph.nodes.values() if _belongs_to(node, step, self.procedure)]
        stack.sort(key=lambda node: not node.id.startswith("merge_"))
        band = y - BAND // 2
        self.heads.add(stack[0].id)
        for node in stack:
            width, height = _size(node)
            centre = self.columns[str(node.lane)] * LANE + LANE // 2
            self.nodes[node.id] = Box(centre - width // 2, y, width, height)
            self.bands[node.id] = band
            y += height + GAP
        for event in self.graph.attached_to(step_id(step)):
            task, (width, height) = self.nodes[step_id(step)], _size(event)
            x = task.x + task.width - width // 2 - 18
            self.nodes[event.id] = Box(x, task.y + task.height - height // 2, width, height)
            self.bands[event.id] = band
        return y - GAP

    def _blocks(self) -> None:
        """Draw every sub-process around what it holds, the innermost first."""
        blocks = [node for node in self.graph.nodes.values() if node.kind == "subProcess"]
        for block in reversed(blocks):
            inner = [self.nodes[node.id] for node in self.graph.inside(block.id) if node.id in self.nodes]
            left, top = min(box.x for box in inner) - 2 * PAD, min(box.y for box in inner) - 2 * PAD
            right = max(box.x + box.width for box in inner) + 2 * PAD
            bottom = max(box.y + box.height for box in inner) + PAD
            self.nodes[block.id] = Box(left, top, right - left, bottom - top)
            self.bands[block.id] = top - PAD
            self.heads.add(block.id)

    # -- lines ---------------------------------------------------------------------------------------------------------

    def _way(self, flow: Flow) -> list[Point]:
        source, target = self.nodes[flow.source], self.nodes[flow.target]
        if 0 < target.y - (source.y + source.height) <= GAP and source.middle[0] == target.middle[0]:
            return [(source.middle[0], source.y + source.height), (target.middle[0], target.y)]
        right = target.middle[0] >= source.middle[0]
        gutter = self._gutter(source, right=right)
        start = (source.x + source.width if right else source.x, source.middle[1])
        if self.graph.nodes[flow.source].attached_to:
            start = (source.middle[0], source.y + source.height)
            start_on = [(start[0], start[1] + 8), (gutter, start[1] + 8)]
        else:
            start_on = [(gutter, start[1])]
        if flow.target not in self.heads:
            side = target.x + target.width if right else target.x
            return [start, *start_on, (gutter, target.middle[1]), (side, target.middle[1])]
        band = self.bands[flow.target] + self._next(("band", self.bands[flow.target])) * 4
        return [start, *start_on, (gutter, band), (target.middle[0], band), (target.middle[0], target.y)]

    def _label(self, flow: Flow, way: list[Point]) -> Box:
        """Return the place of a flow's name: at its exit, above the names of those that leave at the same side."""
        (x, y), right = way[0], way[1][0] >= way[0][0]
        length = 7 * len(flow.name)
        above = sum(
            1 for other, box in self.labels.items() if other[0] == flow.source and (box.x >= x) == right
        )
        box = Box(x + 6 if right else x - 6 - length, y - 18 - 15 * above, length, 14)
        self.labels[flow.source, flow.id] = box
        return box

    def _gutter(self, source: Box, *, right: bool) -> int:
        """Return the x of a free vertical line beside a shape, at its lane's right or left edge."""
        column = source.middle[0] // LANE + (1 if right else 0)
        offset = 6 + self._next(("right" if right else "left", column)) * 6
        return column * LANE + (-offset if right else offset)

    def _next(self, key: tuple[str, int]) -> int:
        self.used[key] += 1
        return (self.used[key] - 1) % 5


def _size(node: Node) -> tuple[int, int]:
    if node.is_task:
        return _SIZE["task"]
    return _SIZE["gateway"] if node.kind in GATEWAYS else _SIZE["event"]


def _belongs_to(node: Node, step: str, procedure: Procedure) -> bool:
    """Return whether a node stands in the row of a step."""
    if node.attached_to or node.kind == "subProcess":
        return False
    if node.id == "start":
        return procedure.steps[0].id == step
    return node.id.split("_")[1] == step
