"""Events of other tools' files in the form that steps can say: someone awaits or sends it, a step ends by it, or time runs out.

An event between activities becomes a step, one that ends an activity an outcome of it, and a gateway that waits for
several a step that someone leaves by what happened first.
"""

from laksana.sop.bpmn.graph import Node
from laksana.sop.bpmn.reading import Read
from laksana.sop.bpmn.reasons import WHY
from laksana.sop.message import message as _

_HAPPENED = {
    "message": "Pesan diterima",
    "timer": "Waktu habis",
    "signal": "Isyarat diterima",
    "conditional": "Syarat terpenuhi",
    "error": "Terjadi kesalahan",
    "escalation": "Dinaikkan ke atasan",
    "cancel": "Dibatalkan",
}
"""What an outcome is called whose event has no name."""
_SENDING = {"message": "Mengirim pesan", "signal": "Memberi isyarat", "escalation": "Menaikkan ke atasan"}
_AWAITING = {
    "message": "Menerima pesan",
    "timer": "Menunggu waktunya",
    "conditional": "Menunggu syarat terpenuhi",
}
_DONE = "Selesai dikerjakan"
_PASSED = "intermediateThrowEvent"
"""The kind of a node that is passed over."""


def shape(read: Read) -> None:
    """Change the graph so that it holds no events but one start, ends, time-outs and what is passed over."""
    _Events(read).shape()


class _Events:
    def __init__(self, read: Read) -> None:
        self.read, self.graph = read, read.graph
        self.over: set[str] = set()
        """Events that are passed over, since what they wait for is said already."""

    def shape(self) -> None:
        for node in list(self.graph.nodes.values()):
            if node.kind == "eventBasedGateway":
                self._await(node)
        for node in list(self.graph.nodes.values()):
            if node.kind == "boundaryEvent" and node.id in self.read.elements and node.id not in self.over:
                self._at_activity(node)
        for node in list(self.graph.nodes.values()):
            if node.kind.startswith("intermediate") and node.link is None and node.id not in self.over:
                self._between(node)
            elif node.kind == "endEvent":
                self._end(node)
        self._starts()

    # -- waiting for the first of several ------------------------------------------------------------------------------

    def _await(self, gateway: Node) -> None:
        """Let a step wait: what may happen are its outcomes, the time is its time-out."""
        self.read.tell(gateway, _("It is kept as a decision; who sees what happened first decides."))
        if len(self.graph.out_of(gateway.id)) < 2:
            return
        task = self.graph.add_beside(gateway, "task", gateway.name or "Menunggu yang terjadi lebih dahulu")
        self.graph.lead_to(self.graph.into(gateway.id), task)
        self.graph.connect(task.id, gateway.id)
        timers = 0
        for flow in self.graph.out_of(gateway.id):
            event = self.graph.nodes[flow.target]
            if event.kind != "intermediateCatchEvent" or event.link is not None:
                continue
            self.over.add(event.id)
            if event.trigger == "timer" and not timers:
                timers += 1
                event.kind, event.attached_to, event.lane = "boundaryEvent", task.id, task.lane
                self.graph.flows.remove(flow)
                continue
            self.read.take_trigger(event)
            flow.name = flow.name or event.name or _HAPPENED.get(event.trigger, "")
            event.kind = _PASSED
            task.needs += [name for name in event.needs if name not in task.needs]
        self._only_one(gateway, task)

    def _only_one(self, gateway: Node, task: Node) -> None:
        """Name a step that awaits one thing alone by what it awaits."""
        ways = self.graph.out_of(gateway.id)
        if len(ways) == 1 and ways[0].name:
            task.name = "; ".join(filter(None, [gateway.name, ways[0].name]))
            ways[0].name = ""

    # -- at an activity ------------------------------------------------------------------------------------------------

    def _at_activity(self, event: Node) -> None:
        host = self.graph.nodes.get(event.attached_to or "")
        if host is None:
            self.read.drop(event, _("The activity at which it stands is not kept."))
        elif host.kind == "subProcess":
            self._at_block(event, host)
        elif event.trigger != "timer":
            gateway = self.graph.decide_after(host, _DONE)
            self.graph.connect(gateway.id, event.id, event.name or _HAPPENED.get(event.trigger, "Terhenti"))
            self._pass(event)
            host.needs += [name for name in event.needs if name not in host.needs]
            self.read.tell(event, _("It ends its activity; it is kept as an outcome of the step."))

    def _at_block(self, event: Node, block: Node) -> None:
        """Lead on what a sub-process itself raises; a timer can stay only where there is one step inside."""
        inside = self._within(block)
        raised = [node for node in inside if node.kind == "endEvent" and _is_caught(node, event)]
        tasks = [node for node in inside if node.is_task]
        if raised:
            for end in raised:
                self._pass(end)
                self.graph.connect(end.id, event.id)
            self._pass(event)
        elif event.trigger == "timer" and len(tasks) == 1:
            event.attached_to = tasks[0].id
        else:
            why = _(
                "It stands at a sub-process whose steps were taken one by one; say at which of them it can happen."
            )
            self.read.drop(event, why)

    def _within(self, block: Node) -> list[Node]:
        direct = list(self.graph.inside(block.id))
        return [
            *direct,
            *(node for inner in direct if inner.kind == "subProcess" for node in self._within(inner)),
        ]

    def _pass(self, event: Node) -> None:
        self.over.add(event.id)
        self.read.take_trigger(event)
        event.kind, event.attached_to = _PASSED, None

    # -- between activities, and at the end ----------------------------------------------------------------------------

    def _between(self, event: Node) -> None:
        if event.trigger in ("", "compensate"):
            why = WHY.get(f"{event.trigger}EventDefinition")
            self.read.leave(
                event, why or _("An SOP has no events between its steps; this one was passed over.")
            )
            return
        sends = event.kind == "intermediateThrowEvent"
        event.kind = "task"
        if not event.name:
            event.name = (_SENDING if sends else _AWAITING).get(event.trigger, "Menunggu kejadian")
        self.read.take_trigger(event)
        self.read.tell(event, _("It is kept as a step, in which somebody awaits or sends what it says."))

    def _end(self, event: Node) -> None:
        if event.trigger == "message":
            event.kind, event.name = "task", event.name or "Mengirim pesan"
            self.graph.connect(event.id, self.graph.add_beside(event, "endEvent").id)
            self.read.take_trigger(event)
            self.read.tell(event, _("It is kept as a step, in which somebody awaits or sends what it says."))
            return
        if event.trigger == "terminate":
            for definition in self.read.triggers(event):
                self.read.account.change(
                    definition,
                    _("An end that stops all branches is kept as an end; see that branches meet before it."),
                )
        if event.name:
            self.read.tell(event, _("An SOP has one end without a name; this one's is not kept."))

    # -- at the start --------------------------------------------------------------------------------------------------

    def _starts(self) -> None:
        starts = [node for node in self.graph.inside(None) if node.kind == "startEvent"]
        if not starts and len(sources := self.graph.sources()) == 1:
            self.graph.connect(self.graph.add_beside(sources[0], "startEvent").id, sources[0].id)
        for start in starts:
            self._hand_in(start)
        leading = [start for start in starts if self.graph.out_of(start.id)]
        targets = {tuple(flow.target for flow in self.graph.out_of(start.id)) for start in leading}
        if len(targets) > 1:
            self._choose(leading)
        for other in leading[1:] if len(targets) == 1 else []:
            self.read.tell(other, _("It leads to the same first step as another start."))
            other.kind = _PASSED

    def _hand_in(self, start: Node) -> None:
        """Let the first step need what the start brings."""
        if start.trigger == "message" and (start.name or start.needs):
            self.read.take_trigger(start)
            brought = start.needs or [start.name]
            firsts = [self.graph.nodes[flow.target] for flow in self.graph.out_of(start.id)]
            for node in firsts:
                node.needs += [name for name in brought if name not in node.needs]
            self.read.tell(
                start,
                _("What it brings stands in needs of the first step: %(said)s", said="; ".join(brought)),
            )
        elif start.name:
            self.read.tell(start, _("An SOP has one start without a name; this one's is not kept."))

    def _choose(self, starts: list[Node]) -> None:
        """Let a first step say by which of several starts a case began."""
        begin = self.graph.add_beside(starts[0], "startEvent")
        gateway = self.graph.add_beside(starts[0], "exclusiveGateway", "Mencatat awal prosedur")
        self.graph.connect(begin.id, gateway.id)
        for start in starts:
            self.graph.connect(gateway.id, start.id, start.name or _HAPPENED.get(start.trigger, ""))
            start.kind = _PASSED
            self.read.tell(
                start, _("An SOP begins in one way; a first step was added that says by which start.")
            )


def _is_caught(end: Node, event: Node) -> bool:
    return (
        end.trigger == event.trigger
        and event.trigger in ("error", "escalation", "cancel")
        and (not event.code or not end.code or event.code == end.code)
    )
