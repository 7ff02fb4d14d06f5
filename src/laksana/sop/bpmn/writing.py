"""Writing a process and its diagram as BPMN 2.0 XML."""

import json
from typing import Any, cast

from lxml import etree

from laksana.sop.bpmn.diagram import Box, Diagram, place
from laksana.sop.bpmn.export import graph_of
from laksana.sop.bpmn.graph import BOUNDS, DIAGRAM, INSTANCE, MODEL, OURS, WAYPOINTS, Flow, Graph, Node
from laksana.sop.definition import Procedure

_NAMES = {None: MODEL, "bpmndi": DIAGRAM, "dc": BOUNDS, "di": WAYPOINTS, "xsi": INSTANCE, "laksana": OURS}
_EXPRESSIONS = "urn:laksana:expression"
Element = etree._Element  # noqa: SLF001  (lxml gives its element type no other name)


def to_bpmn(procedure: Procedure) -> str:
    """Return a procedure as a BPMN 2.0 document with lanes and diagram interchange."""
    graph = graph_of(procedure)
    root = etree.Element(f"{{{MODEL}}}definitions", nsmap=cast("dict[str, str]", _NAMES))
    root.set("id", f"definitions_{procedure.id}")
    root.set("targetNamespace", OURS)
    root.set("expressionLanguage", _EXPRESSIONS)
    root.set("exporter", "Laksana")
    collaboration = _add(root, "collaboration", id="collaboration")
    _add(collaboration, "participant", id="pool", name=procedure.title, processRef=graph.id)
    _process(root, graph)
    _drawing(root, graph, place(procedure, graph))
    return etree.tostring(root, encoding="unicode", pretty_print=True)


def _add(
    parent: Element, tag: str, text: str = "", /, *, namespace: str = MODEL, **attributes: str
) -> Element:
    """Append an element and return it; attributes without a value are left out."""
    element = etree.SubElement(parent, f"{{{namespace}}}{tag}")
    for key, value in attributes.items():
        if value:
            element.set(key, value)
    if text:
        element.text = text
    return element


def _process(root: Element, graph: Graph) -> None:
    process = _add(root, "process", id=graph.id, name=graph.name, isExecutable="true")
    _extend(process, "procedure", graph.ours)
    lanes = _add(process, "laneSet", id="lanes")
    for lane in graph.lanes:
        element = _add(lanes, "lane", id=lane.id, name=lane.title)
        _extend(element, "performer", lane.ours)
        for node in graph.nodes.values():
            if node.lane == lane.id:
                _add(element, "flowNodeRef", node.id)
    _fill(process, graph, None)


def _fill(parent: Element, graph: Graph, within: str | None) -> None:
    """Put the nodes of a process or sub-process into it, and the flows that begin there."""
    for node in graph.inside(within):
        element = _node(parent, graph, node)
        if node.kind == "subProcess":
            _fill(element, graph, node.id)
    for flow in graph.flows:
        if graph.nodes[flow.source].within == within:
            _flow(parent, flow)


def _node(parent: Element, graph: Graph, node: Node) -> Element:
    element = _add(
        parent,
        node.kind,
        id=node.id,
        name=node.name,
        calledElement=f"process_{node.called}" if node.called else "",
        attachedToRef=node.attached_to or "",
    )
    if node.ours:
        _extend(element, "step" if node.is_task else "node", node.ours)
    for flow in graph.into(node.id):
        _add(element, "incoming", flow.id)
    for flow in graph.out_of(node.id):
        _add(element, "outgoing", flow.id)
    if node.duration:
        timer = _add(element, "timerEventDefinition", id=f"{node.id}_timer")
        _formal(timer, "timeDuration", node.duration)
    if node.rows:
        loop = _add(element, "multiInstanceLoopCharacteristics", id=f"{node.id}_rows")
        _formal(loop, "loopCardinality", node.rows)
        if node.quorum is not None:
            _formal(loop, "completionCondition", f"numberOfCompletedInstances >= {node.quorum}")
    return element


def _flow(parent: Element, flow: Flow) -> None:
    element = _add(
        parent, "sequenceFlow", id=flow.id, name=flow.name, sourceRef=flow.source, targetRef=flow.target
    )
    if flow.ours:
        _extend(element, "exit", flow.ours)
    if flow.condition:
        _formal(element, "conditionExpression", flow.condition)


def _formal(parent: Element, name: str, text: str) -> None:
    _add(parent, name, text).set(f"{{{INSTANCE}}}type", "tFormalExpression")


def _extend(parent: Element, name: str, data: dict[str, Any]) -> None:
    _add(_add(parent, "extensionElements"), name, json.dumps(data, ensure_ascii=False), namespace=OURS)


def _drawing(root: Element, graph: Graph, diagram: Diagram) -> None:
    drawing = _add(root, "BPMNDiagram", namespace=DIAGRAM, id="diagram", name=graph.name)
    plane = _add(drawing, "BPMNPlane", namespace=DIAGRAM, id="plane", bpmnElement="collaboration")
    _shape(plane, "pool", diagram.pool, isHorizontal="false")
    for lane, box in diagram.lanes.items():
        _shape(plane, lane, box, isHorizontal="false")
    marks = {"subProcess": {"isExpanded": "true"}, "exclusiveGateway": {"isMarkerVisible": "true"}}
    for node in graph.nodes.values():
        _shape(plane, node.id, diagram.nodes[node.id], **marks.get(node.kind, {}))
    for flow, way in diagram.ways.items():
        edge = _add(plane, "BPMNEdge", namespace=DIAGRAM, id=f"{flow}_di", bpmnElement=flow)
        for x, y in way:
            _add(edge, "waypoint", namespace=WAYPOINTS, x=str(x), y=str(y))
        if flow in diagram.labels:
            _bounds(_add(edge, "BPMNLabel", namespace=DIAGRAM), diagram.labels[flow])


def _shape(plane: Element, element: str, box: Box, **marks: str) -> None:
    _bounds(
        _add(plane, "BPMNShape", namespace=DIAGRAM, id=f"{element}_di", bpmnElement=element, **marks), box
    )


def _bounds(parent: Element, box: Box) -> None:
    sizes = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    _add(parent, "Bounds", namespace=BOUNDS, **{key: str(value) for key, value in sizes.items()})
