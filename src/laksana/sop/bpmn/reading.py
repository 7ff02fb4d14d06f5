"""From BPMN 2.0 XML of any tool to the nodes, flows and lanes of one process, with an account of every element."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from laksana.sop.bpmn import papers, performers
from laksana.sop.bpmn.account import Account
from laksana.sop.bpmn.graph import GATEWAYS, MODEL, TASKS, Flow, Graph, Node
from laksana.sop.bpmn.parsing import (
    BpmnError,
    Element,
    child,
    children,
    kind_of,
    line_of,
    local,
    ours_in,
    parsed,
    text_in,
    words,
)
from laksana.sop.bpmn.reasons import WHY
from laksana.sop.message import Message
from laksana.sop.message import message as _

_MOST_NODES, _MOST_TIES = 1_000, 3_000
_TIES = frozenset({"sequenceFlow", "messageFlow", "association", "lane", "participant"})
_EVENTS = frozenset(
    {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
)
_BLOCKS = ("subProcess", "transaction", "adHocSubProcess")
_NODES = TASKS | GATEWAYS | _EVENTS | set(_BLOCKS)
_QUORUM = re.compile(r"\W*(?:nrOf|numberOf)CompletedInstances\s*(?:>=|==|=)\s*(\d+)\W*")


@dataclass
class Read:
    """A process that was read, and what became of the elements of its file."""

    graph: Graph
    root: Element
    by_id: dict[str, Element]
    """Id -> the element of the whole file that bears it."""
    account: Account = field(default_factory=Account)
    elements: dict[str, Element] = field(default_factory=dict)
    """Node or flow -> the element that it was read from."""
    noted: dict[str, list[Element]] = field(default_factory=dict)
    """Node -> the elements that its notes were read from."""

    def note(self, node: str, text: str, *elements: Element) -> None:
        """Add to the notes of a node."""
        known = self.graph.notes.get(node, "")
        self.graph.notes[node] = "; ".join(filter(None, [known, text]))
        self.noted.setdefault(node, []).extend(elements)

    def hand_notes(self, source: str, target: str) -> None:
        """Let the notes of a node that becomes no step be those of one that does."""
        if source in self.graph.notes:
            self.note(target, self.graph.notes.pop(source), *self.noted.pop(source, []))

    def tell(self, node: Node, why: Message) -> None:
        """Note that a node is taken in another form."""
        if (element := self.elements.get(node.id)) is not None:
            self.account.change(element, why)

    def leave(self, node: Node, why: Message) -> None:
        """Note that a node is left out."""
        if (element := self.elements.get(node.id)) is not None:
            self.account.leave(element, why)

    def triggers(self, node: Node) -> list[Element]:
        """Return the definitions of what an event waits for or sends."""
        element = self.elements.get(node.id)
        return (
            [] if element is None else [part for part in element if kind_of(part).endswith("EventDefinition")]
        )

    def take_trigger(self, node: Node) -> None:
        """Note that what an event waits for or sends is taken, with all that is said of it."""
        for definition in self.triggers(node):
            self.account.take(
                definition, self.named_by(definition), *(part for part in definition.iter() if kind_of(part))
            )

    def named_by(self, definition: Element) -> Element | None:
        """Return the error, escalation, signal or message that the definition of an event names."""
        for key in ("errorRef", "escalationRef", "signalRef", "messageRef"):
            if (meant := self.by_id.get(local(definition.get(key)))) is not None:
                return meant
        return None

    def drop(self, node: Node, why: Message) -> None:
        """Leave a node out, with the flows from it and to it."""
        self.leave(node, why)
        del self.graph.nodes[node.id]
        for flow in [*self.graph.out_of(node.id), *self.graph.into(node.id)]:
            if flow in self.graph.flows:
                self.graph.flows.remove(flow)
            if (element := self.elements.get(flow.id)) is not None:
                self.account.leave(element, not_kept(node.id))


def read(content: bytes, process: str = "") -> Read:
    """Return a process of a BPMN document: the one of that id or name, else the largest. Raises BpmnError."""
    root = parsed(content)
    if sum(kind_of(element) in _NODES for element in root.iter()) > _MOST_NODES:
        raise BpmnError(
            _("The file holds more than %(limit)s activities and events; no SOP does.", limit=_MOST_NODES)
        )
    if sum(kind_of(element) in _TIES for element in root.iter()) > _MOST_TIES:
        raise BpmnError(
            _(
                "The file holds more than %(limit)s flows, lanes and associations; no SOP does.",
                limit=_MOST_TIES,
            )
        )
    main = _chosen(root, process)
    by_id = {str(part.get("id")): part for part in root.iter() if kind_of(part) and part.get("id")}
    result = Read(Graph(main.get("id", ""), _title(root, main)), root, by_id)
    result.account.take(main)
    _Reading(main, result).read()
    return result


def _chosen(root: Element, wanted: str) -> Element:
    processes = list(root.iter(f"{{{MODEL}}}process"))
    if not processes:
        raise BpmnError(_("The file holds no BPMN process."))
    if not wanted:
        return max(processes, key=lambda process: sum(kind_of(part) in _NODES for part in process.iter()))
    named = [process for process in processes if wanted in (process.get("id"), _title(root, process))]
    if not named:
        there = ", ".join(process.get("id") or "?" for process in processes)
        raise BpmnError(
            _("The file holds no process %(wanted)s; it holds %(there)s.", wanted=wanted, there=there)
        )
    return named[0]


def _title(root: Element, process: Element) -> str:
    return words(process.get("name")) or performers.pool(root, process)[1] or words(root.get("name"))


class _Reading:
    def __init__(self, process: Element, result: Read) -> None:
        self.process, self.result, self.graph = process, result, result.graph
        self.account = result.account
        self.lane_of: dict[str, str] = {}
        self.by_id = result.by_id

    def read(self) -> None:
        self.graph.ours = ours_in(self.process)
        self.graph.said = text_in(self.process, "documentation")
        self.account.take(*children(self.process, "documentation"))
        lanes = performers.Lanes(self.process, self.result.root, self.graph, self.by_id, self.account)
        self.lane_of = lanes.read()
        self._inside(self.process, None)
        for element in self._own("sequenceFlow"):
            self._flow(element)
        if not self._is_ours():
            lanes.place_the_rest(self.result.elements)
        self._notes()
        papers.read(self.result.root, self.graph, self.result.elements, self.by_id, self.account)

    def _own(self, kind: str) -> Iterator[Element]:
        """Yield the elements of a kind in the process that were not left out with what they stand in."""
        for element in self.process.iter(f"{{{MODEL}}}{kind}"):
            if not self.account.is_left(element):
                yield element

    # -- nodes ---------------------------------------------------------------------------------------------------------

    def _inside(self, parent: Element, within: str | None) -> None:
        for element in parent:
            kind = kind_of(element)
            if kind in _NODES:
                self._node(element, kind, within)

    def _node(self, element: Element, kind: str, within: str | None) -> None:
        node = Node(
            element.get("id") or f"{kind}-{len(self.graph.nodes) + 1}",
            kind,
            words(element.get("name")),
            within=within,
            default=local(element.get("default")) or None,
            ours=ours_in(element),
            line=line_of(element),
        )
        if node.id in self.graph.nodes:
            self.account.leave(element, _("Another element of the file has this id too."))
            return
        node.lane = self.lane_of.get(node.id)
        if self._is_ours() and node.lane is None and within:
            node.lane = self.graph.nodes[within].lane
        self._trigger(element, node)
        if not self._takes(element, node):
            return
        self.graph.add(node)
        self.result.elements[node.id] = element
        self.account.take(element)
        self._called(element, node)
        self._marks(element, node)
        if documentation := text_in(element, "documentation"):
            self.result.note(node.id, documentation, *children(element, "documentation"))
        if node.kind == "subProcess":
            self._inside(element, node.id)

    def _takes(self, element: Element, node: Node) -> bool:
        """Return whether a node can be taken at all; say why where not."""
        if element.get("isForCompensation") == "true":
            self.account.leave(element, WHY["compensateEventDefinition"])
        elif element.get("triggeredByEvent") == "true":
            self.account.leave(element, _("A sub-process that an event starts cannot be kept."))
        elif node.kind == "boundaryEvent":
            return self._takes_boundary(element, node)
        elif node.kind in _BLOCKS:
            self._block(element, node)
            return True
        else:
            return True
        return False

    def _trigger(self, element: Element, node: Node) -> None:
        """Note what an event waits for or sends."""
        definitions = [part for part in element if kind_of(part).endswith("EventDefinition")]
        for reference in children(element, "eventDefinitionRef"):
            if (meant := self.by_id.get(local(reference.text))) is not None:
                self.account.take(reference)
                definitions.append(meant)
        if not definitions:
            return
        definition = definitions[0]
        node.trigger = (
            kind_of(definition).removesuffix("EventDefinition") if len(definitions) == 1 else "multiple"
        )
        if node.trigger == "link":
            node.link = words(definition.get("name")) or node.name
            self.account.take(definition, *children(definition, "source"), *children(definition, "target"))
        elif node.trigger == "timer":
            parts = [
                part
                for kind in ("timeDuration", "timeDate", "timeCycle")
                for part in children(definition, kind)
            ]
            node.duration = next(
                (text for part in parts if (text := words("".join(map(str, part.itertext()))))), None
            )
        if (caught := self.result.named_by(definition)) is not None:
            node.code = caught.get("errorCode") or caught.get("escalationCode") or caught.get("id") or ""
            node.name = node.name or words(caught.get("name"))

    def _takes_boundary(self, element: Element, node: Node) -> bool:
        """Take an event that ends its activity: a timer as its time-out, another as one of its outcomes."""
        node.attached_to = local(element.get("attachedToRef"))
        if node.trigger == "compensate":
            self.account.leave(element, WHY["compensateEventDefinition"])
        elif element.get("cancelActivity") == "false":
            self.account.leave(
                element,
                _("A timer that does not end its activity cannot be kept.")
                if node.trigger == "timer"
                else _("An event that does not end its activity cannot be kept."),
            )
        else:
            return True
        return False

    def _block(self, element: Element, node: Node) -> None:
        """See what a sub-process holds; one without content becomes a step."""
        holds = any(kind_of(part) in _NODES for part in element)
        if holds and not node.ours and not node.id.startswith("rows_"):
            self.account.change(
                element, _("Its steps were taken into the SOP; the frame around them is not kept.")
            )
        node.is_unordered = node.kind == "adHocSubProcess"
        node.kind = "subProcess" if holds else "task"

    def _called(self, element: Element, node: Node) -> None:
        """Note what a call activity starts: another procedure, or a task that the file shares between processes."""
        called = self.by_id.get(local(element.get("calledElement")))
        if called is not None and kind_of(called).startswith("global"):
            self.account.take(called)
            node.kind, node.name = "task", node.name or words(called.get("name"))
        elif called is not None:
            node.called = words(called.get("name")) or node.name or called.get("id")
        else:
            node.called = local(element.get("calledElement")) or None
        if node.kind == "callActivity" and not self._is_ours():
            self.account.change(
                element,
                _("It starts a procedure of its own and waits for it; see that there is one of that name."),
            )

    def _marks(self, element: Element, node: Node) -> None:
        """Note whether an activity is done for many rows, or again and again."""
        loop = child(element, "multiInstanceLoopCharacteristics")
        if loop is not None:
            count, item = child(loop, "loopCardinality"), child(loop, "inputDataItem")
            node.rows = text_in(loop, "loopCardinality") or "?"
            node.row = words(item.get("name")) if item is not None else ""
            self.account.take(loop, count, item)
            node.row = node.row or self._listed(loop)
            self._completion(loop, node)
            if not self._is_ours():
                ordered = loop.get("isSequential") == "true"
                self.account.change(
                    loop,
                    _(
                        "It runs for_each row of a table that was added; its rows are done side by side, not in order."
                    )
                    if ordered
                    else _("It runs for_each row of a table that was added; say what its rows are."),
                )
        loop = child(element, "standardLoopCharacteristics")
        if loop is not None:
            node.again = text_in(loop, "loopCondition")
            self.account.take(child(loop, "loopCondition"))
            self.account.change(loop, _("It is kept as a decision that leads back."))

    def _listed(self, loop: Element) -> str:
        """Return the name of the data that lists what an activity is done for, "" where the file names none."""
        reference = child(loop, "loopDataInputRef")
        listed = self.by_id.get(local(reference.text)) if reference is not None else None
        if listed is None or not listed.get("name"):
            return ""
        self.account.take(reference)
        return words(listed.get("name"))

    def _completion(self, loop: Element, node: Node) -> None:
        enough = _QUORUM.fullmatch(text_in(loop, "completionCondition"))
        if enough and int(enough[1]):
            node.quorum = int(enough[1])
            self.account.take(child(loop, "completionCondition"))

    def _is_ours(self) -> bool:
        return bool(self.graph.ours)

    # -- flows and notes -----------------------------------------------------------------------------------------------

    def _flow(self, element: Element) -> None:
        source, target = local(element.get("sourceRef")), local(element.get("targetRef"))
        for end in (source, target):
            if end not in self.graph.nodes:
                self.account.leave(element, not_kept(end or "?"))
                return
        condition = text_in(element, "conditionExpression")
        made = Flow(
            element.get("id", ""), source, target, words(element.get("name")), condition, ours_in(element)
        )
        made.line = line_of(element)
        self.graph.flows.append(made)
        self.result.elements.setdefault(made.id, element)
        self.account.take(element)
        written = child(element, "conditionExpression")
        made.is_conditional = written is not None
        if written is None or self._is_ours() or not condition:
            self.account.take(written)
        else:
            self.account.leave(written, _("Say the condition in allowed_if: %(said)s", said=condition[:200]))

    def _notes(self) -> None:
        """Take annotations that are tied to a step; leave the others."""
        notes = {note.get("id"): note for note in self._everywhere("textAnnotation")}
        tied: set[str | None] = set()
        for tie in self._everywhere("association"):
            ends = [local(tie.get("sourceRef")), local(tie.get("targetRef"))]
            note = next((end for end in ends if end in notes), None)
            node = next((end for end in ends if end in self.graph.nodes), None)
            if note is None or node is None:
                continue
            tied.add(note)
            self.result.note(node, text_in(notes[note], "text"), tie, notes[note])
        for name, element in notes.items():
            if name not in tied:
                text = text_in(element, "text")[:200]
                self.account.leave(element, _("It is tied to no step: %(said)s", said=text))

    def _everywhere(self, kind: str) -> Iterator[Element]:
        """Yield the elements of a kind in the process, and those of the drawing around it."""
        yield from self._own(kind)
        for collaboration in self.result.root.iter(f"{{{MODEL}}}collaboration"):
            yield from children(collaboration, kind)


def not_kept(end: str) -> Message:
    """Return why a flow is left whose one end is."""
    return _("It leads from or to %(end)s, which is not kept.", end=end)
