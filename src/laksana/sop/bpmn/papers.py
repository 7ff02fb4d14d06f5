"""What is handed on: data objects, books and messages become what steps need and give; other pools the outside parties."""

from laksana.sop.bpmn.account import Account
from laksana.sop.bpmn.graph import MODEL, Graph, Lane, Node
from laksana.sop.bpmn.parsing import Element, child, children, kind_of, local, words
from laksana.sop.message import message as _

_PAPERS = ("dataObject", "dataObjectReference", "dataStoreReference", "dataInput", "dataOutput", "property")


def read(
    root: Element, graph: Graph, elements: dict[str, Element], by_id: dict[str, Element], account: Account
) -> None:
    """Note at the nodes of a graph the papers and messages that come in and go out.

    `elements` are what nodes were read from, `by_id` those of the whole file.
    """
    _Papers(root, graph, elements, by_id, account).read()
    _Messages(root, graph, elements, by_id, account).read()


def _add(names: list[str], name: str) -> None:
    if name and name not in names:
        names.append(name)


class _Side:
    """What both readings look at: the file, the graph that came of it, and the account of its elements."""

    def __init__(
        self,
        root: Element,
        graph: Graph,
        elements: dict[str, Element],
        by_id: dict[str, Element],
        account: Account,
    ) -> None:
        self.root, self.graph, self.account = root, graph, account
        self.elements, self.by_id = elements, by_id
        self.flows = {flow.id: flow for flow in graph.flows}


class _Papers(_Side):
    def read(self) -> None:
        for node in self.graph.nodes.values():
            element = self.elements[node.id]
            self._associated(element, node)
            self._specified(element, node)
        for tie in self.root.iter(f"{{{MODEL}}}association"):
            if not self.account.is_left(tie):
                self._tied(tie)

    def _paper(self, reference: str | None) -> str:
        """Return the name of a paper and note it as taken, "" where the reference names none."""
        element = self.by_id.get(local(reference))
        if element is None or kind_of(element) not in _PAPERS:
            return ""
        meant = self.by_id.get(local(element.get("dataObjectRef") or element.get("dataStoreRef")))
        state = child(element, "dataState")
        name = words(element.get("name")) or (words(meant.get("name")) if meant is not None else "")
        status = words(state.get("name")) if state is not None else ""
        if not name:
            return ""
        self.account.take(element, meant, state)
        return f"{name} [{status}]" if status else name

    def _associated(self, element: Element, node: Node) -> None:
        """Take what data associations bring to an activity or event and take from it."""
        if node.kind == "subProcess":
            return
        for kind, key, names in (
            ("dataInputAssociation", "sourceRef", node.needs),
            ("dataOutputAssociation", "targetRef", node.gives),
        ):
            for association in children(element, kind):
                found = [name for ref in children(association, key) if (name := self._paper(ref.text))]
                for name in found:
                    _add(names, name)
                if found:
                    ends = [*children(association, "sourceRef"), *children(association, "targetRef")]
                    self.account.take(association, *ends)
                    self._own_ends(element, ends)

    def _own_ends(self, element: Element, ends: list[Element]) -> None:
        """Note the inputs and outputs of an activity that an association speaks of."""
        for end in ends:
            own = self.by_id.get(local(end.text))
            if own is not None and element in own.iterancestors():
                self.account.take(own)

    def _specified(self, element: Element, node: Node) -> None:
        """Take the inputs and outputs that an activity names itself and no association speaks of."""
        specification = child(element, "ioSpecification")
        if specification is None or node.kind == "subProcess":
            return
        for kind, names in (("dataInput", node.needs), ("dataOutput", node.gives)):
            for part in children(specification, kind):
                if not self.account.is_taken(part) and words(part.get("name")):
                    _add(names, words(part.get("name")))
                    self.account.take(part)
        if any(self.account.is_taken(part) for part in specification):
            sets = [*children(specification, "inputSet"), *children(specification, "outputSet")]
            self.account.take(specification, *sets, *(part for each in sets for part in each))

    def _tied(self, tie: Element) -> None:
        """Take a paper that a plain association ties to a step, or to the flow between two."""
        source, target = local(tie.get("sourceRef")), local(tie.get("targetRef"))
        for paper, other, comes_in in (
            (source, target, True),
            (target, source, tie.get("associationDirection") == "None"),
        ):
            if other in self.graph.nodes and (name := self._paper(paper)):
                node = self.graph.nodes[other]
                _add(node.needs if comes_in else node.gives, name)
                self.account.take(tie)
            elif other in self.flows and (name := self._paper(paper)):
                _add(self.graph.nodes[self.flows[other].source].gives, name)
                _add(self.graph.nodes[self.flows[other].target].needs, name)
                self.account.take(tie)


class _Messages(_Side):
    def read(self) -> None:
        for flow in self.root.iter(f"{{{MODEL}}}messageFlow"):
            self._between_pools(flow)
        for node in self.graph.nodes.values():
            element = self.elements[node.id]
            for part in (element, *children(element, "messageEventDefinition")):
                self._named(node, part)

    def _between_pools(self, flow: Element) -> None:
        source, target = local(flow.get("sourceRef")), local(flow.get("targetRef"))
        for own, other, comes_in in ((target, source, True), (source, target, False)):
            node = self.graph.nodes.get(own)
            pool = self._pool(other)
            if node is None or pool is None or node.kind == "subProcess":
                continue
            message = self.by_id.get(local(flow.get("messageRef")))
            said = words(flow.get("name")) or (words(message.get("name")) if message is not None else "")
            party = words(pool.get("name"))
            name = said or (f"Pesan dari {party}" if comes_in else f"Pesan untuk {party}")
            _add(node.needs if comes_in else node.gives, name)
            self.account.take(message)
            self.account.change(flow, _("What is handed over stands in needs or gives: %(said)s", said=name))
            self._outside(pool, party)

    def _pool(self, end: str) -> Element | None:
        """Return the pool that an end of a message flow is, or stands in."""
        element = self.by_id.get(end)
        if element is None or kind_of(element) == "participant":
            return element
        process = next((part for part in element.iterancestors() if kind_of(part) == "process"), None)
        for participant in self.root.iter(f"{{{MODEL}}}participant"):
            if process is not None and local(participant.get("processRef")) == process.get("id"):
                return participant
        return None

    def _outside(self, pool: Element, title: str) -> None:
        lane = f"pool {pool.get('id')}"
        if title and lane not in {known.id for known in self.graph.lanes}:
            self.graph.lanes.append(Lane(lane, title, is_outside=True))
            self.account.change(
                pool,
                _("It is kept as an outside party; see who records for it, and which steps are its own."),
            )

    def _named(self, node: Node, part: Element) -> None:
        """Take the message that an activity or event names, where no flow between pools said it already."""
        message = self.by_id.get(local(part.get("messageRef")))
        if message is None or kind_of(message) != "message":
            return
        comes_in = node.kind in ("startEvent", "intermediateCatchEvent", "receiveTask", "boundaryEvent")
        names = node.needs if comes_in else node.gives
        _add(names, words(message.get("name")))
        self.account.take(message)
