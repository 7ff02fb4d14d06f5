"""Hold every export against the OMG's schema of BPMN 2.0, and against what a schema cannot say: `python judge.py FOLDER`.

The schema is the one that SpiffWorkflow brings with it (BPMN20.xsd and what it includes). Beyond it: no id twice, every
reference names an element of the kind that the standard asks for, flows are told at both their ends, stay on one level and
neither come into a start nor leave an end, every node stands in one lane, and everything has its place in the diagram.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

Element = etree._Element  # noqa: SLF001  (lxml gives its element type no other name)
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DIAGRAM = "{http://www.omg.org/spec/BPMN/20100524/DI}"
TASKS = {"userTask", "serviceTask", "sendTask", "callActivity", "task"}
ACTIVITIES = TASKS | {"subProcess"}
GATEWAYS = {"exclusiveGateway", "parallelGateway"}
EVENTS = {"startEvent", "endEvent", "boundaryEvent"}
NODES = ACTIVITIES | GATEWAYS | EVENTS


def schema() -> etree.XMLSchema:
    """Return the OMG's schema of BPMN 2.0."""
    spiff = find_spec("SpiffWorkflow")
    if spiff is None or not spiff.submodule_search_locations:
        raise SystemExit("SpiffWorkflow, which brings the schema, is not installed")
    folder = Path(spiff.submodule_search_locations[0])
    return etree.XMLSchema(etree.parse(folder / "bpmn" / "parser" / "schema" / "BPMN20.xsd"))


def kind_of(element: Element | None) -> str:
    """Return an element's name without its namespace."""
    return "" if element is None else etree.QName(element).localname


class Document:
    """One export."""

    def __init__(self, file: Path) -> None:
        self.tree = etree.parse(file)
        self.root = self.tree.getroot()
        with_ids = [element for element in self.root.iter() if element.get("id")]
        self.ids = Counter(str(element.get("id")) for element in with_ids)
        self.by_id = {str(element.get("id")): element for element in with_ids}

    def faults(self, of_omg: etree.XMLSchema) -> Iterator[str]:
        """Yield what is wrong."""
        if not of_omg.validate(self.tree):
            yield from (f"line {error.line}: {error.message}" for error in list(of_omg.error_log))  # type: ignore[call-overload]
        yield from (f"id {name} stands {count} times" for name, count in self.ids.items() if count > 1)
        yield from self._references()
        yield from self._flows()
        yield from self._lanes()
        yield from self._diagram()

    def _all(self, kinds: set[str]) -> Iterator[Element]:
        return (e for e in self.root.iter(f"{MODEL}*") if kind_of(e) in kinds)

    def _names(self, element: Element, reference: str | None, kinds: set[str]) -> Iterator[str]:
        if kind_of(self.by_id.get((reference or "").strip())) not in kinds:
            yield f"line {element.sourceline}: {kind_of(element)} names {reference}, which is none of {sorted(kinds)}"

    def _references(self) -> Iterator[str]:
        for flow in self._all({"sequenceFlow"}):
            yield from self._names(flow, flow.get("sourceRef"), NODES)
            yield from self._names(flow, flow.get("targetRef"), NODES)
        for event in self._all({"boundaryEvent"}):
            yield from self._names(event, event.get("attachedToRef"), ACTIVITIES)
        for pool in self._all({"participant"}):
            yield from self._names(pool, pool.get("processRef"), {"process"})
        for end in self._all({"incoming", "outgoing"}):
            yield from self._names(end, end.text, {"sequenceFlow"})
        for part in self._all({"flowNodeRef"}):
            yield from self._names(part, part.text, NODES)

    def _flows(self) -> Iterator[str]:
        for flow in self._all({"sequenceFlow"}):
            name = flow.get("id")
            source, target = (self.by_id.get(str(flow.get(key))) for key in ("sourceRef", "targetRef"))
            if source is None or target is None:
                continue
            if not flow.getparent() is source.getparent() is target.getparent():
                yield f"{name} leads from one level to another"
            if kind_of(source) == "endEvent" or kind_of(target) in ("startEvent", "boundaryEvent"):
                yield f"{name} leaves an end, or comes into a start or a boundary event"
            for node, key in ((source, "outgoing"), (target, "incoming")):
                if [end.text for end in node.findall(MODEL + key)].count(name) != 1:
                    yield f"{name} is not told once as {key} of {node.get('id')}"
            condition = flow.find(MODEL + "conditionExpression") is not None
            if condition and kind_of(source) not in ACTIVITIES | {"exclusiveGateway"}:
                yield f"{name} has a condition, but does not leave an activity or an exclusive gateway"
        told = Counter(str(end.text) for end in self._all({"incoming", "outgoing"}))
        yield from (f"{name} is told {count} times" for name, count in told.items() if count != 2)

    def _lanes(self) -> Iterator[str]:
        placed = Counter(str(part.text) for part in self._all({"flowNodeRef"}))
        for node in self._all(NODES):
            if placed[str(node.get("id"))] != 1:
                yield f"{node.get('id')} stands in {placed[str(node.get('id'))]} lanes"

    def _diagram(self) -> Iterator[str]:
        for shape, kinds in (("BPMNShape", NODES | {"participant", "lane"}), ("BPMNEdge", {"sequenceFlow"})):
            drawn = Counter(str(e.get("bpmnElement")) for e in self.root.iter(DIAGRAM + shape))
            wanted = Counter(str(e.get("id")) for e in self._all(kinds))
            if drawn != wanted:
                yield f"{shape}: {dict(wanted - drawn)} are not drawn, {dict(drawn - wanted)} are too many"
        for plane in self.root.iter(DIAGRAM + "BPMNPlane"):
            yield from self._names(plane, plane.get("bpmnElement"), {"collaboration"})


def main(folder: Path) -> int:
    """Judge all exports of a folder; return how many have faults."""
    of_omg = schema()
    count: Counter[str] = Counter()
    for file in sorted(folder.glob("*.bpmn")):
        where = "random flows" if file.stem.startswith("random-") else "procedures"
        faults = list(Document(file).faults(of_omg))
        count[where] += 1
        count["wrong"] += bool(faults)
        for fault in faults:
            print(f"{file.stem}: {fault}")
    print(
        f"{count['procedures']} procedures and {count['random flows']} random flows, {count['wrong']} of them not valid BPMN 2.0"
    )
    return count["wrong"] or not count["procedures"]


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
