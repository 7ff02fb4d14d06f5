"""Who does it: the lanes of a process, the resources that its activities name, and its pool."""

from laksana.sop.bpmn.account import Account
from laksana.sop.bpmn.graph import MODEL, Graph, Lane
from laksana.sop.bpmn.parsing import Element, child, children, local, ours_in, words
from laksana.sop.message import message as _

_OWNERS = ("potentialOwner", "humanPerformer", "performer", "resourceRole")


def pool(root: Element, process: Element) -> tuple[Element | None, str]:
    """Return the pool of a process and its name."""
    for participant in root.iter(f"{{{MODEL}}}participant"):
        if process.get("id") and local(participant.get("processRef")) == process.get("id"):
            return participant, words(participant.get("name"))
    return None, ""


class Lanes:
    """Reads who does what in one process."""

    def __init__(
        self, process: Element, root: Element, graph: Graph, by_id: dict[str, Element], account: Account
    ) -> None:
        self.process, self.root, self.graph = process, root, graph
        self.by_id, self.account = by_id, account

    def read(self) -> dict[str, str]:
        """Add the lanes to the graph; return which node stands in which."""
        pool_element, self.graph.pool = pool(self.root, self.process)
        self.account.take(pool_element)
        lane_of: dict[str, str] = {}
        for lane in self.process.iter(f"{{{MODEL}}}lane"):
            inner = {
                words(ref.text)
                for part in lane.iter(f"{{{MODEL}}}lane")
                if part is not lane
                for ref in _refs(part)
            }
            own = [ref for ref in _refs(lane) if words(ref.text) not in inner]
            if lane.find(f".//{{{MODEL}}}lane") is not None and not own:
                self.account.change(
                    lane, _("Lanes within lanes become lanes of their own; this outer one is not kept.")
                )
                continue
            self.account.take(lane)
            lane_id = lane.get("id") or f"lane-{len(self.graph.lanes) + 1}"
            self.graph.lanes.append(Lane(lane_id, words(lane.get("name")) or self.graph.pool, ours_in(lane)))
            for ref in own:
                lane_of.setdefault(local(ref.text), lane_id)
        return lane_of

    def place_the_rest(self, elements: dict[str, Element]) -> None:
        """Give the nodes that stand in no lane to whom the file names for them, or to whom what they stand beside belongs."""
        for node in self.graph.nodes.values():
            host = self.graph.nodes.get(node.attached_to or node.within or "")
            node.lane = node.lane or self._owner(elements[node.id]) or (host.lane if host else None)
        for flow in self.graph.flows:
            source, target = self.graph.nodes[flow.source], self.graph.nodes[flow.target]
            for node, other in ((source, target), (target, source)):
                if not node.is_task:
                    node.lane = node.lane or other.lane

    def _owner(self, element: Element) -> str | None:
        """Return the lane of the resource that an activity names, None where it names none."""
        for owner in (part for kind in _OWNERS for part in children(element, kind)):
            reference = child(owner, "resourceRef")
            resource = self.by_id.get(local(reference.text)) if reference is not None else None
            if resource is None:
                continue
            self.account.take(owner, reference, resource)
            lane = f"resource {resource.get('id')}"
            if lane not in {known.id for known in self.graph.lanes}:
                title = words(resource.get("name")) or words(owner.get("name")) or str(resource.get("id"))
                self.graph.lanes.append(Lane(lane, title))
            return lane
        return None


def _refs(lane: Element) -> list[Element]:
    return children(lane, "flowNodeRef")
