"""Where branches that run side by side meet, if a file does not say it as an SOP must.

An inclusive gateway is a fork of which only some branches are taken, and a join that waits for those. Where the two stand
around branches that touch nothing else, each branch begins with a decision whether it is taken, and a branch that is not goes
straight to the join; so any of them can be taken together and the join still completes. Branches that never meet end one by
one in BPMN; an SOP has one end, so they are brought together before it.
"""

from laksana.sop.bpmn.branches import Branches
from laksana.sop.bpmn.graph import Flow, Node
from laksana.sop.bpmn.reading import Read
from laksana.sop.message import message as _

_FORKS = ("inclusiveGateway", "parallelGateway")
_MOST_JOINS = 5
"""How many joins near a fork are tried."""


def shape(read: Read) -> None:
    """Let the branches of every fork meet where that can be said; tell of other inclusive gateways what they are kept as."""
    _Meeting(read).shape()


class _Meeting:
    def __init__(self, read: Read) -> None:
        self.read, self.graph = read, read.graph
        self.branches = Branches(read.graph)

    def shape(self) -> None:
        for task in [node for node in self.graph.nodes.values() if node.is_task or node.kind == "subProcess"]:
            self._say_fork(task)
        self.branches = Branches(self.graph)
        for fork in self._forks():
            if (join := self._join_of(fork)) is not None:
                self._pair(fork, join)
        for fork in self._forks():
            self._end_together(fork)
        for node in self.graph.nodes.values():
            if node.kind in ("inclusiveGateway", "complexGateway"):
                self._tell(node)

    def _say_fork(self, task: Node) -> None:
        """Put a fork after an activity that leads on to several at once."""
        flows = self.graph.out_of(task.id)
        if len(flows) > 1 and not any(flow.is_conditional for flow in flows):
            fork = self.graph.add_beside(task, "parallelGateway")
            for flow in flows:
                flow.source = fork.id
            self.graph.connect(task.id, fork.id)

    def _forks(self) -> list[Node]:
        """Return the forks, the inner ones first."""
        forks = [
            n for n in self.graph.nodes.values() if n.kind in _FORKS and len(self.graph.out_of(n.id)) > 1
        ]
        size = {
            fork.id: len(set().union(*(self.branches.of(f, None) for f in self.graph.out_of(fork.id))))
            for fork in forks
        }
        return sorted(forks, key=lambda fork: size[fork.id])

    def _tell(self, node: Node) -> None:
        if len(self.graph.out_of(node.id)) > 1 or len(self.graph.into(node.id)) < 2:
            why = _("It is kept as a decision with one outcome at a time; check that this is meant.")
        else:
            why = _(
                "It is kept as a place where ways meet that waits for none of them; check that this is meant."
            )
        self.read.tell(node, why)

    def _join_of(self, fork: Node) -> Node | None:
        """Return the nearest inclusive join at which all branches of a fork meet, and nothing else; None where there is none."""
        reached = [self.branches.of(flow, None) for flow in self.graph.out_of(fork.id)]
        joins = [
            node
            for node in self.graph.nodes.values()
            if node.kind == "inclusiveGateway"
            and len(self.branches.before[node.id]) > 1
            and node.within == fork.within
            and node is not fork
            and all(node.id in branch for branch in reached)
        ]
        joins.sort(key=lambda join: sum(branch[join.id] for branch in reached))
        return next((join for join in joins[:_MOST_JOINS] if self._is_around(fork, join)), None)

    def _is_around(self, fork: Node, join: Node) -> bool:
        branches = self.branches.apart(fork, join.id)
        if branches is None or any(self.branches.ends(branch) for branch in branches):
            return False
        region = set().union(*branches)
        return all(source in region or source == fork.id for source in self.branches.before[join.id])

    # -- what becomes of them ------------------------------------------------------------------------------------------

    def _pair(self, fork: Node, join: Node) -> None:
        for flow in self.graph.out_of(fork.id):
            branch = set(self.branches.of(flow, join.id))
            ways = [way for way in self.graph.into(join.id) if way.source in branch or way is flow]
            self._bring(flow, fork, ways, join)
        self._made(fork, join)

    def _end_together(self, fork: Node) -> None:
        """Let the branches of a fork meet that end one by one."""
        branches = self.branches.apart(fork, None)
        if branches is None or not all(self.branches.ends(branch) for branch in branches):
            return
        join = self.graph.add_beside(fork, "parallelGateway", "Menyelesaikan semua bagian")
        for flow, branch in zip(self.graph.out_of(fork.id), branches, strict=True):
            self._bring(flow, fork, [self._on_from(name) for name in self.branches.ends(branch)], join)
        self.graph.connect(join.id, self.graph.add_beside(fork, "endEvent").id)
        self.read.tell(
            fork, _("Its branches end one by one; a step was added in which they meet before the end.")
        )
        self._made(fork, join)

    def _on_from(self, name: str) -> Flow:
        """Return a new flow from a node that led nowhere."""
        node = self.graph.nodes[name]
        if node.kind == "endEvent":
            node.kind = "intermediateThrowEvent"
        return self.graph.connect(name, name)

    def _bring(self, flow: Flow, fork: Node, ways: list[Flow], join: Node) -> None:
        """Bring the ways of a branch together before a join, past the branch where it may be left out."""
        merge = self.graph.add_beside(join, "exclusiveGateway")
        self.graph.lead_to(ways, merge)
        if fork.kind == "inclusiveGateway" and flow not in ways:
            self._decide(flow, fork, merge)
        self.graph.connect(merge.id, join.id)

    def _made(self, fork: Node, join: Node) -> None:
        if fork.kind == "inclusiveGateway":
            self.read.tell(fork, _("Each of its branches begins with a decision whether it is taken."))
        fork.kind = join.kind = "parallelGateway"
        self.branches = Branches(self.graph)

    def _decide(self, flow: Flow, fork: Node, merge: Node) -> None:
        """Put a decision at the beginning of a branch."""
        said = flow.name or flow.condition or self.graph.nodes[flow.target].name
        task = self.graph.add_beside(fork, "task", f"Memutuskan perlu tidaknya: {said or 'jalur ini'}")
        gateway = self.graph.add_beside(fork, "exclusiveGateway")
        target, flow.target = flow.target, task.id
        flow.name = flow.condition = ""
        self.graph.connect(task.id, gateway.id)
        self.graph.connect(gateway.id, target, "Perlu")
        self.graph.connect(gateway.id, merge.id, "Tidak perlu")
