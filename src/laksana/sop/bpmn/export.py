"""A procedure as a BPMN process: tasks, gateways, timers and sub-processes in place of steps.

A step becomes a task; before it stands a parallel gateway where it joins, after it an exclusive gateway where it decides, and
a parallel gateway wherever a way forks. Rows that form a block become a multi-instance sub-process (`regions`).
"""

from typing import Any

from laksana.sop.bpmn.graph import Flow, Graph, Lane, Node
from laksana.sop.bpmn.regions import regions
from laksana.sop.definition import END, Procedure, Step, as_data
from laksana.sop.duration import Duration, Unit
from laksana.sop.expression import outcome_name
from laksana.sop.performer import Kind

_OF_STEPS = ("steps", "performers", "title")
_OF_FLOW = ("does", "decides", "then", "outcomes", "timeout", "joins")
"""Keys of a step that nodes and flows say."""


def graph_of(procedure: Procedure) -> Graph:
    """Return the process of a procedure."""
    return _Export(procedure).graph()


def step_id(step: str) -> str:
    """Return the id of a step's task."""
    return f"step_{step}"


class _Export:
    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        data = as_data(procedure)
        ours = {key: value for key, value in data.items() if key not in _OF_STEPS}
        self.result = Graph(f"process_{procedure.id}", procedure.title, ours=ours)
        self.steps: list[dict[str, Any]] = data["steps"]
        self.performers: dict[str, dict[str, Any]] = data["performers"]
        self.blocks = regions(procedure)
        self.gatherers = {step.gathers.of: step.id for step in procedure.steps if step.gathers}

    def graph(self) -> Graph:
        for lane, performer in self.performers.items():
            ours = {key: value for key, value in performer.items() if key != "title"}
            self.result.lanes.append(Lane(f"lane_{lane}", performer["title"], ours))
        self._blocks()
        start = self._node(Node("start", "startEvent", ""), self.procedure.steps[0])
        for row, step in enumerate(self.procedure.steps):
            self._step(step, row)
        self._flow(start.id, self._entry(self.procedure.steps[0].id, None))
        for step in self.procedure.steps:
            self._ways(step)
        return self.result

    # -- where things stand --------------------------------------------------------------------------------------------

    def _within(self, step: str) -> str | None:
        """Return the innermost block that a step stands in, as the id of its sub-process."""
        around = [maker for maker, block in self.blocks.items() if step in block]
        inner = min(around, key=lambda maker: len(self.blocks[maker]), default=None)
        return None if inner is None else _block_id(inner)

    def _node(self, node: Node, step: Step, within: str | None = None) -> Node:
        node.lane = f"lane_{step.by[0]}"
        node.within = within
        return self.result.add(node)

    def _blocks(self) -> None:
        for maker, block in sorted(self.blocks.items(), key=lambda item: -len(item[1])):
            step = self.procedure.step(maker)
            around = [other for other, steps in self.blocks.items() if block < steps]
            outer = min(around, key=lambda other: len(self.blocks[other]), default=None)
            node = Node(_block_id(maker), "subProcess", f"Untuk setiap {self._label(step)}")
            node.rows, node.quorum = self._rows(step), step.for_each.quorum if step.for_each else None
            self._node(node, step, _block_id(outer) if outer else None)
            inner = self._node(Node(f"start_{maker}", "startEvent"), step, node.id)
            self._flow(inner.id, self._before(step))

    def _label(self, step: Step) -> str:
        field = step.for_each.field if step.for_each else ""
        return self.procedure.fields[field].label if field in self.procedure.fields else field

    def _rows(self, step: Step) -> str | None:
        return f"len({step.for_each.field})" if step.for_each else None

    # -- nodes ---------------------------------------------------------------------------------------------------------

    def _step(self, step: Step, row: int) -> None:
        within = self._within(step.id)
        if step.joins:
            self._node(Node(f"join_{step.id}", "parallelGateway"), step, within)
        task = self._node(Node(step_id(step.id), self._kind(step), step.activity), step, within)
        task.called = step.starts.procedures[0] if step.starts and task.kind == "callActivity" else None
        task.ours = {key: value for key, value in self.steps[row].items() if key not in _OF_FLOW}
        task.ours |= {"row": row + 1, "next_row": step.then is None and not step.is_decision}
        if step.for_each and step.id not in self.blocks:
            task.rows, task.quorum = self._rows(step), step.for_each.quorum
        if step.joins:
            self._flow(f"join_{step.id}", task.id)
        if step.is_decision:
            self._node(Node(f"decision_{step.id}", "exclusiveGateway"), step, within)
            self._flow(task.id, f"decision_{step.id}")
        if step.timeout:
            timer = self._node(
                Node(f"timeout_{step.id}", "boundaryEvent", f"lewat {step.timeout.after}"), step, within
            )
            timer.attached_to, timer.duration = task.id, iso(step.timeout.after)
            timer.ours = {"after": str(step.timeout.after)}

    def _kind(self, step: Step) -> str:
        if step.starts:
            return "callActivity" if step.waits else "sendTask"
        system = {self.procedure.performers[lane].holder.kind for lane in step.by} == {Kind.SYSTEM}
        return "serviceTask" if step.unattended or system else "userTask"

    # -- flows ---------------------------------------------------------------------------------------------------------

    def _flow(self, source: str, target: str, name: str = "", condition: str = "", **ours: Any) -> None:
        number = len(self.result.flows) + 1
        self.result.flows.append(Flow(f"flow_{number}", source, target, name, condition, ours))

    def _before(self, step: Step) -> str:
        """Return the first node of a step: its join, or its task."""
        return f"join_{step.id}" if step.joins else step_id(step.id)

    def _entry(self, target: str, source: str | None) -> str:
        """Return the node that a way to `target` leads to, seen from the block that it comes from."""
        within = self._within(source) if source else None
        if target == END:
            return self._end(f"end_{source}", within, source, row_ends=within is not None)
        maker = next((maker for maker in self.blocks if _block_id(maker) == within), None)
        if maker is not None and self.gatherers[maker] == target:
            return self._end(f"gathered_{source}", within, source)
        if target in self.blocks and target != maker:
            return _block_id(target)
        if source is not None and self.procedure.step(target).joins and self._exits_to(source, target) > 1:
            return self._merge(source, target)
        return self._before(self.procedure.step(target))

    def _exits_to(self, source: str, target: str) -> int:
        step = self.procedure.step(source)
        late = step.timeout.then if step.timeout else ()
        return sum(target in then for then in (*self.procedure.successors(step).values(), late))

    def _merge(self, source: str, target: str) -> str:
        """Bring the exits of one step together before a join, which waits for one token from every step."""
        name = f"merge_{target}_{source}"
        if name not in self.result.nodes:
            step = self.procedure.step(target)
            self._node(Node(name, "exclusiveGateway"), step, self._within(target))
            self._flow(name, self._before(step))
        return name

    def _end(self, node: str, within: str | None, source: str | None, *, row_ends: bool = False) -> str:
        if node not in self.result.nodes:
            made = self._node(Node(node, "endEvent"), self.procedure.step(str(source)), within)
            made.ours = {"row_ends": True} if row_ends else {}
        return node

    def _ways(self, step: Step) -> None:
        task = step_id(step.id)
        if step.is_decision:
            for number, (label, exit_) in enumerate(step.outcomes.items(), 1):
                condition = f"{outcome_name(step.id)} == {label!r}"
                guard = {"allowed_if": exit_.allowed_if.text} if exit_.allowed_if else {}
                self._way(f"decision_{step.id}", exit_.then, step, f"{number}", label, condition, **guard)
        else:
            self._way(task, self.procedure.successors(step)[None], step, "")
        if step.timeout:
            self._way(f"timeout_{step.id}", step.timeout.then, step, "late")
        if step.id in self.blocks:
            self._flow(_block_id(step.id), self._entry(self.gatherers[step.id], self._outside(step)))

    def _outside(self, maker: Step) -> str | None:
        """Return a step beside the block of a maker, to tell where its way on leads from; None in the process itself."""
        around = [other for other, block in self.blocks.items() if self.blocks[maker.id] < block]
        return min(around, key=lambda other: len(self.blocks[other]), default=None)

    def _way(
        self,
        source: str,
        then: tuple[str, ...],
        step: Step,
        number: str,
        label: str = "",
        condition: str = "",
        **ours: Any,
    ) -> None:
        if len(then) == 1:
            self._flow(source, self._entry(then[0], step.id), label, condition, **ours)
            return
        fork = self._node(
            Node(f"fork_{step.id}{number and '_' + number}", "parallelGateway"), step, self._within(step.id)
        )
        self._flow(source, fork.id, label, condition, **ours)
        for target in then:
            self._flow(fork.id, self._entry(target, step.id))


def _block_id(maker: str) -> str:
    return f"rows_{maker}"


_ISO = {
    Unit.MINUTE: "PT{}M",
    Unit.RUNNING_MINUTE: "PT{}M",
    Unit.HOUR: "PT{}H",
    Unit.RUNNING_HOUR: "PT{}H",
    Unit.WORKDAY: "P{}D",
    Unit.DAY: "P{}D",
    Unit.WEEK: "P{}W",
    Unit.MONTH: "P{}M",
    Unit.YEAR: "P{}Y",
}


def iso(duration: Duration) -> str:
    """Return the nearest ISO 8601 duration; working time has none of its own, so its days and hours run by the clock."""
    if duration.unit in (Unit.HOUR, Unit.RUNNING_HOUR) and duration.amount % 1:
        return f"PT{duration.amount * 60:.0f}M"
    return _ISO[duration.unit].format(f"{duration.amount.normalize():f}")
