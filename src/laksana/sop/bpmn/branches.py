"""Which nodes belong to the branches of a fork, and whether those branches touch anything else."""

from collections import defaultdict

from laksana.sop.bpmn.graph import Flow, Graph, Node


class Branches:
    """The ways through a graph as it stood when this was made."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.after: defaultdict[str, list[str]] = defaultdict(list)
        self.before: defaultdict[str, list[str]] = defaultdict(list)
        for flow in graph.flows:
            self._lead(flow.source, flow.target)
        for node in graph.nodes.values():
            if node.attached_to is not None:
                self._lead(node.attached_to, node.id)
        self._links()

    def _lead(self, source: str, target: str) -> None:
        self.after[source].append(target)
        self.before[target].append(source)

    def _links(self) -> None:
        caught = {
            n.link: n.id for n in self.graph.nodes.values() if n.link and n.kind == "intermediateCatchEvent"
        }
        for node in self.graph.nodes.values():
            if node.link in caught and node.kind == "intermediateThrowEvent":
                self._lead(node.id, caught[node.link])

    def of(self, flow: Flow, until: str | None) -> dict[str, int]:
        """Return the nodes that a flow leads to without passing the node `until`, each with how far away it is."""
        found: dict[str, int] = {} if flow.target == until else {flow.target: 0}
        todo = list(found)
        for name in todo:  # grows while one goes along
            for target in self.after[name]:
                if target not in found and target != until:
                    found[target] = found[name] + 1
                    todo.append(target)
        return found

    def apart(self, fork: Node, until: str | None) -> list[set[str]] | None:
        """Return the nodes of each branch of a fork; None where branches share a node, or something else leads into one."""
        branches: list[set[str]] = []
        region: set[str] = set()
        for flow in self.graph.out_of(fork.id):
            branch = set(self.of(flow, until))
            if fork.id in branch or branch & region or self._touches(branch, fork):
                return None
            branches.append(branch)
            region |= branch
        return branches

    def _touches(self, branch: set[str], fork: Node) -> bool:
        """Return whether something else than the fork leads into a branch, or it leaves the level of the fork."""
        return any(
            self.graph.nodes[name].within != fork.within
            or any(source not in branch and source != fork.id for source in self.before[name])
            for name in branch
        )

    def ends(self, branch: set[str]) -> list[str]:
        """Return the nodes of a branch that lead nowhere."""
        return sorted(name for name in branch if not self.after[name])
