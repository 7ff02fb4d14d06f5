"""A draft of an SOP made from a BPMN file, and our own files read back whole."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from laksana.sop import references, soundness
from laksana.sop.bpmn.account import Untaken
from laksana.sop.bpmn.folding import fold
from laksana.sop.bpmn.graph import Graph, Lane, Node
from laksana.sop.bpmn.parsing import BpmnError
from laksana.sop.bpmn.reading import Read, read
from laksana.sop.definition import END, Procedure, as_yaml, load
from laksana.sop.message import message as _
from laksana.sop.source import DefinitionError, Fault, Path, Source
from laksana.sop.source import read as read_yaml

TO_FILL = "(diisi)"
"""What stands in a draft where the file said nothing."""
_MOST_WORDS = 5
_MOST_DIGITS = 4
_ISO = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_UNITS = ("tahun", "bulan", "minggu", "hari", "jam berjalan", "menit berjalan", None)


@dataclass(frozen=True)
class Draft:
    """The definition that a file gives, and what became of the file's elements."""

    data: dict[str, Any]
    """The definition as `sop.yaml` would say it; where the file said nothing, TO_FILL."""
    untaken: tuple[Untaken, ...]
    """The elements that are left out."""
    changed: tuple[Untaken, ...]
    """The elements that are taken in another form, which a person should look at."""
    taken: dict[str, int]
    """Kind of element -> how many of the file are taken, those in another form included."""

    def text(self) -> str:
        """Return the definition as YAML."""
        return as_yaml(self.data)

    def procedure(self, file: str = "<draft>") -> Procedure:
        """Return the procedure. Raises DefinitionError, which says what the draft still lacks."""
        return load(self.text(), file)

    def faults(self, file: str = "<draft>") -> list[Fault]:
        """Return what keeps the draft from being an SOP: the faults of its form, and those of its flow."""
        text = self.text()
        source = read_yaml(text, file)
        try:
            return list(soundness.faults(load(text, file), source))
        except DefinitionError as error:
            return [*error.faults, *self._hidden(source, {fault.path for fault in error.faults})]

    def _hidden(self, source: Source, known: set[Path]) -> Iterator[Fault]:
        """Yield the faults that show once the performers are there which most drawings lack."""
        added = {f"cadangan_{n}": {"title": TO_FILL, "is": "position pelaksana"} for n in (1, 2)}
        try:
            procedure = Procedure.model_validate(
                {**self.data, "performers": {**self.data["performers"], **added}}
            )
        except ValidationError:
            return
        dangling = list(references.dangling(procedure, source))
        yield from (fault for fault in dangling if fault.path not in known)
        if all(fault.path == ("steps",) or fault.path[-1] == "then" for fault in dangling):
            yield from soundness.faults(procedure, source)


def from_bpmn(content: bytes, process: str = "") -> Draft:
    """Return the draft that a BPMN document gives; of a document that `to_bpmn` wrote, the whole procedure.

    `process` is the id or name of one of its processes, "" for the largest. Raises BpmnError.
    """
    try:
        found = read(content, process)
        steps = fold(found)
    except RecursionError:
        raise BpmnError(_("The file's parts stand too deeply within each other.")) from None
    if not steps:
        raise BpmnError(_("The process holds no activity that could become a step."))
    return _Drafting(found, steps).draft()


class _Drafting:
    def __init__(self, found: Read, steps: list[dict[str, Any]]) -> None:
        self.found, self.graph, self.steps = found, found.graph, steps
        self.names: dict[str, str] = {}
        self.lanes: dict[str | None, str] = {}
        self.fields: dict[str, Any] = {}

    def draft(self) -> Draft:
        self._name_steps()
        performers = self._performers()
        ours = self.graph.ours
        steps = [self._step(step, place) for place, step in enumerate(self.steps)]
        data = {**_blank(self.graph), **ours, "title": self.graph.name or TO_FILL}
        data |= {"performers": performers, "steps": steps}
        if self.fields and not ours:
            data["fields"] = self.fields
            steps[0]["asks"] = list(self.fields)
        if ours:
            data = {
                key: value
                for key, value in data.items()
                if key in ours or key in ("title", "performers", "steps")
            }
        account = self.found.account
        account.close(self.found.root)
        return Draft(data, tuple(account.untaken), tuple(account.changed), account.taken())

    def _name_steps(self) -> None:
        taken = {END}
        for step in self.steps:
            node = self.graph.nodes[step["id"]]
            wanted = str(node.ours.get("id") or "") or _slug(step["name"]) or "langkah"
            self.names[node.id] = name = _free(wanted, taken, "-")
            taken.add(name)

    def _performers(self) -> dict[str, Any]:
        performers: dict[str, Any] = {}
        lanes = list(self.graph.lanes)
        if any(step["by"] is None for step in self.steps):
            lanes.append(Lane("", self.graph.pool or "Pelaksana"))
        for lane in lanes:
            wanted = lane.id.removeprefix("lane_") if lane.ours else _slug(lane.title, "_") or "pelaksana"
            name = _free(wanted, set(performers), "_")
            self.lanes[lane.id or None] = name
            performers[name] = {
                "title": lane.title or TO_FILL,
                **(
                    lane.ours or ({"is": "outside"} if lane.is_outside else {"is": f"position {_slug(name)}"})
                ),
            }
        self._say_who_records(performers)
        return performers

    def _say_who_records(self, performers: dict[str, Any]) -> None:
        """Let the first performer of the office record for the outside parties of a foreign file."""
        officer = next(
            (who["is"] for who in performers.values() if who.get("is") not in (None, "outside")),
            "position pelaksana",
        )
        for lane in self.graph.lanes:
            if lane.is_outside:
                performers[self.lanes[lane.id]]["recorded_by"] = officer

    def _step(self, step: dict[str, Any], place: int) -> dict[str, Any]:
        node = self.graph.nodes[step["id"]]
        ours = {key: value for key, value in node.ours.items() if key not in ("row", "next_row")}
        lane = self.lanes[step["by"]]
        made: dict[str, Any] = {
            "id": self.names[node.id],
            "decides" if "outcomes" in step else "does": step["name"],
        }
        made["by"] = ours.get("by") if lane in (ours.get("by") or [])[:1] else [lane]
        made |= {
            "needs": node.needs or [TO_FILL],
            "time": self._time(node),
            "gives": "; ".join(node.gives) or TO_FILL,
            "note": step.get("note", ""),
        }
        made |= {key: value for key, value in ours.items() if key not in ("id", "by")}
        made |= self._ways(step, implied=place if node.ours.get("next_row") else None)
        if node.kind == "callActivity" and "starts" not in made:
            made |= {"starts": _slug(node.called or node.name) or "prosedur", "waits": True}
        if not self.graph.ours:
            made |= self._rows(node)
        return {key: value for key, value in made.items() if value not in ("", None)}

    def _rows(self, node: Node) -> dict[str, Any]:
        """Return how a step of a foreign file runs for rows of a table that is added, and which rows it gathers."""
        if node.gathers is not None:
            return {"gathers": self.names[node.gathers]}
        if node.rows is None:
            return {}
        label = node.row or node.name or "Baris"
        field = _free(_slug(label, "_") or "baris", {*self.fields}, "_")
        table: dict[str, Any] = {
            "label": label,
            "type": "table",
            "columns": {"nama": {"label": "Nama", "type": "text"}},
        }
        if node.rows.isascii() and node.rows.isdigit() and len(node.rows) < _MOST_DIGITS:
            table |= {"min_rows": int(node.rows), "max_rows": int(node.rows)}
        self.fields[field] = table
        return {"for_each": {"field": field, "quorum": node.quorum} if node.quorum else field}

    def _time(self, node: Node) -> str:
        """Return how long a step takes: what a timer that became a step waits for, else a day."""
        if not node.duration:
            return "1 hari kerja"
        return _duration(node.duration) or self._no_time(node, "1 hari kerja")

    def _ways(self, step: dict[str, Any], implied: int | None) -> dict[str, Any]:
        """Return where a step leads; left out where that is the next row, in a file of ours that left it out."""
        ways: dict[str, Any] = {"joins": True} if step.get("joins") else {}
        if "outcomes" in step:
            ways["outcomes"] = {
                label: {**exit_, "then": self._named(exit_["then"])}
                for label, exit_ in step["outcomes"].items()
            }
        elif implied is None or step["then"] != [self._row_after(implied)]:
            ways["then"] = self._named(step["then"])
        if "timeout" in step:
            ways["timeout"] = {
                "after": self._after(step["timeout"]),
                "then": self._named(step["timeout"]["then"]),
            }
        return ways

    def _row_after(self, place: int) -> str:
        return self.steps[place + 1]["id"] if place + 1 < len(self.steps) else END

    def _named(self, targets: list[str]) -> list[str]:
        return [self.names.get(target, END) for target in targets]

    def _after(self, timeout: dict[str, Any]) -> str:
        timer = self.graph.nodes[timeout["timer"]]
        return timeout["after"] or _duration(timeout["iso"] or "") or self._no_time(timer, "1 hari")

    def _no_time(self, timer: Node, instead: str) -> str:
        """Note that a timer's time is not kept, and return the one that stands in its place."""
        for definition in self.found.triggers(timer):
            why = _(
                "Its time is not kept, a day stands in its place: %(text)s",
                text=(timer.duration or "?")[:100],
            )
            self.found.account.leave(definition, why)
        return instead


def _blank(graph: Graph) -> dict[str, Any]:
    """Return what a definition needs and a foreign file does not say."""
    return {
        "id": _slug(graph.name) or "prosedur-baru",
        "code": "X.1",
        "page": 1,
        "title": TO_FILL,
        "title_en": TO_FILL,
        "unit": TO_FILL,
        "owner": TO_FILL,
        "kind": "rutin",
        "initiator": "pegawai",
        "public": False,
        "summary": graph.said or TO_FILL,
        "identity": {
            "number": TO_FILL,
            "version": 1,
            "made": "2000-01-01",
            "effective": "2000-01-01",
            "approved_by": "position kepala-dinas",
        },
        "legal_basis": [{"cite": TO_FILL, "about": TO_FILL}],
        **{key: [TO_FILL] for key in ("qualifications", "equipment", "warnings", "records")},
        "related": [],
        "performers": {},
        "fields": {},
        "steps": [],
        "data": {"classification": "terbatas", "retention": TO_FILL},
    }


def _slug(text: str, joint: str = "-") -> str:
    """Return a name of small letters and digits made of the first words of a text, "" where it has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)[:_MOST_WORDS]
    name = joint.join(words)
    return name if not name or name[0].isalpha() else f"n{joint}{name}"


def _free(wanted: str, taken: set[str], joint: str) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}{joint}{number}", number + 1
    return name


def _duration(iso: str) -> str | None:
    """Return a duration that an ISO 8601 text of one unit says."""
    match = _ISO.fullmatch(iso.strip().strip("\"'"))
    parts = (
        [(amount, unit) for amount, unit in zip(match.groups(), _UNITS, strict=True) if amount]
        if match
        else []
    )
    if len(parts) == 1 and parts[0][1] is not None:
        return f"{int(parts[0][0])} {parts[0][1]}"
    return None
