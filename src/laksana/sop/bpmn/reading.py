"""Reading BPMN 2.0 XML of any tool, without trusting it: no entities, no network, a limit on size and depth."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree

from laksana.sop.bpmn.graph import GATEWAYS, MODEL, OURS, TASKS, Flow, Graph, Lane, Node
from laksana.sop.message import Message
from laksana.sop.message import message as _

Element = etree._Element  # noqa: SLF001  (lxml gives its element type no other name)
MOST_BYTES = 5_000_000
_MOST_NODES = 1_000
_EVENTS = frozenset(
    {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
)
_NODES = TASKS | GATEWAYS | _EVENTS | {"subProcess", "transaction", "adHocSubProcess"}
_PLAIN = frozenset(
    {
        "incoming", "outgoing", "flowNodeRef", "laneSet", "lane", "sequenceFlow", "documentation", "text",
        "participant", "collaboration", "process", "definitions", "extensionElements", "conditionExpression",
        "multiInstanceLoopCharacteristics", "standardLoopCharacteristics",
    }
)  # fmt: skip
"""Elements that are read where they belong, or say nothing by themselves."""


class BpmnError(ValueError):
    """The content is no BPMN document that can be read; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Untaken:
    """An element that a draft could not take: what it is, where it stands, and why."""

    element: str
    id: str
    line: int
    why: Message

    def __str__(self) -> str:
        return f"line {self.line}: {self.element} {self.id}: {self.why}".replace(" : ", ": ")


@dataclass
class Read:
    """A process that was read, and what was left out of it."""

    graph: Graph
    untaken: list[Untaken] = field(default_factory=list)

    def leave(self, element: Element, why: Message) -> None:
        """Note an element that is not taken."""
        self.untaken.append(Untaken(_name(element), _id_of(element), line_of(element), why))


def read(content: bytes) -> Read:
    """Return the process of a BPMN document, the largest where there are several. Raises BpmnError."""
    root = _parsed(content)
    processes = list(root.iter(f"{{{MODEL}}}process"))
    if sum(_name(element) in _NODES for element in root.iter()) > _MOST_NODES:
        raise BpmnError(
            _("The file holds more than %(limit)s activities and events; no SOP does.", limit=_MOST_NODES)
        )
    if not processes:
        raise BpmnError(_("The file holds no BPMN process."))
    main = max(processes, key=lambda process: sum(_name(e) in _NODES for e in process.iter()))
    result = Read(Graph(main.get("id", ""), _title(root, main)))
    for process in processes:
        if process is not main:
            result.leave(process, _("An SOP holds one process; this one is beside it."))
    _Reading(main, result).read()
    _leave_collaboration(root, main, result)
    _leave_extensions(main, result)
    result.untaken.sort(key=lambda untaken: untaken.line)
    return result


def _parsed(content: bytes) -> Element:
    if len(content) > MOST_BYTES:
        raise BpmnError(_("The file is larger than %(limit)s MB.", limit=MOST_BYTES // 1_000_000))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BpmnError(_("The file cannot be read as XML: %(why)s", why=error)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise BpmnError(_("A BPMN file has no DOCTYPE; this one is not read."))
    if root.tag != f"{{{MODEL}}}definitions":
        raise BpmnError(_("The file is no BPMN 2.0 document."))
    return root


def _id_of(element: Element) -> str:
    """Return an element's id, or that of the nearest around it that has one."""
    around = (element, *element.iterancestors())
    return next((name for name in (part.get("id") for part in around) if name), "")


def line_of(element: Element) -> int:
    """Return the line of an element's beginning, 0 where it is not known."""
    return cast("int | None", cast("Any", element).sourceline) or 0


def _name(element: Element) -> str:
    """Return an element's name without its namespace, "" for what is no element of BPMN."""
    tag = element.tag
    return tag.removeprefix(f"{{{MODEL}}}") if isinstance(tag, str) and tag.startswith(f"{{{MODEL}}}") else ""


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _title(root: Element, process: Element) -> str:
    names = [
        p.get("name")
        for p in root.iter(f"{{{MODEL}}}participant")
        if _local(p.get("processRef")) == process.get("id")
    ]
    return _words(process.get("name")) or next((_words(name) for name in names if name), "")


def _local(name: str | None) -> str:
    """Return what a QName names, without its prefix."""
    return (name or "").rpartition(":")[2]


def _ours(element: Element) -> dict[str, Any]:
    """Return what this format said in an element's extension."""
    for extension in element.iterfind(f"{{{MODEL}}}extensionElements"):
        for child in extension.iterfind(f"{{{OURS}}}*"):
            try:
                data = json.loads(child.text or "")
            except ValueError:
                continue
            if isinstance(data, dict):
                return data
    return {}


def _child(element: Element, name: str) -> Element | None:
    return element.find(f"{{{MODEL}}}{name}")


def _text(element: Element, name: str) -> str:
    child = _child(element, name)
    return "" if child is None else _words("".join(str(part) for part in child.itertext()))


class _Reading:
    def __init__(self, process: Element, result: Read) -> None:
        self.process, self.result, self.graph = process, result, result.graph
        self.lane_of: dict[str, str] = {}
        self.left: set[Element] = set()

    def read(self) -> None:
        self.graph.ours = _ours(self.process)
        self.graph.said = _text(self.process, "documentation")
        self._lanes()
        self._inside(self.process, None)
        for element in self._own():
            if _name(element) == "sequenceFlow":
                self._flow(element)
        self._notes()

    def _own(self) -> Iterator[Element]:
        """Yield the elements of the process that were not left out with what they stand in."""
        for element in self.process.iter():
            if not any(ancestor in self.left for ancestor in (element, *element.iterancestors())):
                yield element

    def _lanes(self) -> None:
        for lane in self.process.iter(f"{{{MODEL}}}lane"):
            if lane.find(f".//{{{MODEL}}}lane") is not None:
                self.result.leave(
                    lane, _("Lanes within lanes become lanes of their own; this outer one is not kept.")
                )
                continue
            lane_id = lane.get("id") or f"lane-{len(self.graph.lanes) + 1}"
            self.graph.lanes.append(Lane(lane_id, _words(lane.get("name")), _ours(lane)))
            for ref in lane.iterfind(f"{{{MODEL}}}flowNodeRef"):
                self.lane_of[_local(_words(ref.text))] = lane_id

    def _inside(self, parent: Element, within: str | None) -> None:
        for element in parent:
            name = _name(element)
            if name in _NODES:
                self._node(element, name, within)
            elif name and name not in _PLAIN and name not in ("textAnnotation", "association"):
                self._leave(element, _WHY.get(name) or _("An SOP has no place for this."))

    def _leave(self, element: Element, why: Message) -> None:
        self.left.add(element)
        self.result.leave(element, why)

    def _node(self, element: Element, name: str, within: str | None) -> None:
        node = Node(
            element.get("id") or f"{name}-{len(self.graph.nodes) + 1}",
            name,
            _words(element.get("name")),
            within=within,
            ours=_ours(element),
            line=line_of(element),
        )
        node.lane = self.lane_of.get(node.id) or (self.graph.nodes[within].lane if within else None)
        if name == "boundaryEvent" and not self._takes_boundary(element, node):
            return
        if name in ("subProcess", "transaction", "adHocSubProcess") and not self._takes_block(element, node):
            return
        self.graph.add(node)
        node.called = _local(element.get("calledElement")) or None
        if (link := _child(element, "linkEventDefinition")) is not None:
            node.link = _words(link.get("name")) or _words(element.get("name"))
        self._marks(element, node)
        if documentation := _text(element, "documentation"):
            self.graph.notes[node.id] = documentation
        if node.kind == "subProcess":
            self._inside(element, node.id)
        elif node.kind.startswith("intermediate"):
            self._pass_over(element, node)
        else:
            self._leave_parts(element, node)

    def _pass_over(self, element: Element, node: Node) -> None:
        """Note an event in between, unless it is one end of a link."""
        if node.link is None:
            kinds = [_name(child) for child in element if _name(child).endswith("EventDefinition")]
            why = _WHY.get(kinds[0]) if kinds else None
            self.result.leave(
                element, why or _("An SOP has no events between its steps; this one was passed over.")
            )

    def _takes_boundary(self, element: Element, node: Node) -> bool:
        """Take an interrupting timer; leave any other boundary event."""
        timer = _child(element, "timerEventDefinition")
        if timer is None:
            self._leave(element, _("Only a timer at an activity can be kept, as its time-out."))
            return False
        if element.get("cancelActivity") == "false":
            self._leave(element, _("A timer that does not end its activity cannot be kept."))
            return False
        node.attached_to = _local(element.get("attachedToRef"))
        node.duration = _text(timer, "timeDuration") or _text(timer, "timeDate") or _text(timer, "timeCycle")
        return True

    def _takes_block(self, element: Element, node: Node) -> bool:
        """Take what a sub-process holds; one without content becomes a step."""
        if element.get("triggeredByEvent") == "true":
            self._leave(element, _("A sub-process that an event starts cannot be kept."))
            return False
        holds = any(_name(child) in _NODES for child in element)
        node.kind = "subProcess" if holds else "task"
        if holds and not node.ours and not element.get("id", "").startswith("rows_"):
            self.result.leave(
                element, _("Its steps were taken into the SOP; the frame around them is not kept.")
            )
        return True

    def _marks(self, element: Element, node: Node) -> None:
        loop = _child(element, "multiInstanceLoopCharacteristics")
        if loop is not None:
            node.rows = _text(loop, "loopCardinality") or "?"
            if not self._is_ours():
                self.result.leave(loop, _("Say in for_each over which rows this step runs."))
        if (loop := _child(element, "standardLoopCharacteristics")) is not None:
            self.result.leave(loop, _("A step that repeats is drawn with a decision that leads back."))

    def _is_ours(self) -> bool:
        return bool(self.graph.ours)

    def _leave_parts(self, element: Element, node: Node) -> None:
        """Note what an event or a task has beside its name and flows."""
        for child in element:
            name = _name(child)
            is_timeout = node.kind == "boundaryEvent" and name == "timerEventDefinition"
            if name and name not in _PLAIN and not is_timeout:
                self.result.leave(child, _WHY.get(name) or _("An SOP has no place for this."))

    def _flow(self, element: Element) -> None:
        source, target = _local(element.get("sourceRef")), _local(element.get("targetRef"))
        condition = _text(element, "conditionExpression")
        for end in (source, target):
            if end not in self.graph.nodes:
                self.result.leave(
                    element, _("It leads from or to %(end)s, which is not kept.", end=end or "?")
                )
                return
        flow = Flow(
            element.get("id", ""), source, target, _words(element.get("name")), condition, _ours(element)
        )
        flow.line = line_of(element)
        self.graph.flows.append(flow)
        if condition and not self._is_ours():
            written = _child(element, "conditionExpression")
            if written is not None:
                self.result.leave(
                    written, _("Say the condition in allowed_if: %(said)s", said=condition[:200])
                )

    def _notes(self) -> None:
        """Take annotations that are tied to a step; leave the others."""
        notes = {n.get("id"): n for n in self._own() if _name(n) == "textAnnotation"}
        tied: set[str] = set()
        for tie in [e for e in self._own() if _name(e) == "association"]:
            ends = [_local(tie.get("sourceRef")), _local(tie.get("targetRef"))]
            note = next((end for end in ends if end in notes), None)
            node = next((end for end in ends if end in self.graph.nodes), None)
            if note is None or node is None:
                self.result.leave(tie, _("An SOP has no place for this."))
                continue
            tied.add(note)
            text = _text(notes[note], "text")
            self.graph.notes[node] = "; ".join(filter(None, [self.graph.notes.get(node, ""), text]))
        for name, note_element in notes.items():
            if name not in tied:
                text = _text(note_element, "text")[:200]
                self.result.leave(note_element, _("It is tied to no step: %(said)s", said=text))


def _leave_collaboration(root: Element, main: Element, result: Read) -> None:
    """Note what stands beside the process: other pools, messages between them, definitions of its own."""
    for element in root.iter():
        name = _name(element)
        inside = any(_name(ancestor) == "process" for ancestor in element.iterancestors())
        if not name or inside or name in _PLAIN - {"participant"}:
            continue
        if name == "participant" and _local(element.get("processRef")) == main.get("id"):
            continue
        parent = element.getparent()
        if parent is not None and _name(parent) in ("definitions", "collaboration"):
            result.leave(element, _WHY.get(name) or _("An SOP has no place for this."))


def _leave_extensions(process: Element, result: Read) -> None:
    """Note once for every other tool what it kept in the process in words of its own."""
    first: dict[str, Element] = {}
    count: Counter[str] = Counter()
    for extension in process.iter(f"{{{MODEL}}}extensionElements"):
        for child in extension:
            namespace = etree.QName(child).namespace or ""
            if namespace not in (OURS, MODEL):
                first.setdefault(namespace, extension)
                count[namespace] += 1
    for namespace, extension in first.items():
        why = _(
            "What %(tool)s kept in words of its own is left, %(count)s times.",
            tool=namespace,
            count=count[namespace],
        )
        result.leave(extension, why)


_WHY: dict[str, Message] = {
    "participant": _("Another pool; give its part to a lane, outside or public."),
    "messageFlow": _("A message between pools; say in needs and gives what is handed over."),
    "dataObject": _("Papers and data are said in needs, gives and fields."),
    "dataObjectReference": _("Papers and data are said in needs, gives and fields."),
    "dataStoreReference": _("Books are said in registers."),
    "dataStore": _("Books are said in registers."),
    "group": _("A frame around steps has no meaning in an SOP."),
    "potentialOwner": _("Who does it is said by the lane."),
    "messageEventDefinition": _("An SOP neither waits for a message nor sends one; say it as a step."),
    "timerEventDefinition": _("An SOP knows time only as the time-out of a step."),
    "signalEventDefinition": _("An SOP neither waits for a signal nor sends one; say it as a step."),
    "conditionalEventDefinition": _("An SOP does not wait for a condition; say it as a decision."),
    "linkEventDefinition": _("A link is kept where it stands between steps."),
    "errorEventDefinition": _("An error has no meaning in an SOP; say it as an outcome."),
    "escalationEventDefinition": _("An escalation has no meaning in an SOP; say it as a step."),
    "compensateEventDefinition": _("An SOP undoes nothing by itself."),
    "cancelEventDefinition": _("An SOP undoes nothing by itself."),
    "terminateEventDefinition": _(
        "An end that stops all branches is kept as an end; see that branches meet before it."
    ),
    "ioSpecification": _("Papers and data are said in needs, gives and fields."),
    "dataInputAssociation": _("Papers and data are said in needs, gives and fields."),
    "dataOutputAssociation": _("Papers and data are said in needs, gives and fields."),
}
