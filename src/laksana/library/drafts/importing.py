"""A draft out of a file: YAML and BPMN give a definition, a spreadsheet gives the rows of the table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from django.utils.translation import gettext

from laksana.sop.bpmn import BpmnError, from_bpmn
from laksana.sop.definition import as_data, as_yaml, load
from laksana.sop.message import Message
from laksana.sop.revising import Data, table_of, with_rows
from laksana.sop.revising.workbook import MOST_ROWS, WorkbookError, from_xlsx
from laksana.sop.source import DefinitionError, read

MOST_BYTES = 2_000_000
"""The largest file taken."""


class NotTaken(ValueError):  # noqa: N818  (a refusal is an answer, not a fault)
    """A file is not taken; `faults` says each reason in the language of whoever asks, with its place in the file."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


@dataclass(frozen=True)
class Taken:
    """The data that a file gives, and what of the file an SOP cannot hold."""

    data: dict[str, Any]
    left_out: tuple[str, ...] = ()


def taken_from(name: str, content: bytes, data: Data) -> Taken:
    """Return what a draft with these data says after a file was taken into it. Raises NotTaken.

    The kind of the file is told by the ending of its name: yaml, yml, bpmn, xml or xlsx.
    """
    reader = _READERS.get(name.rpartition(".")[2].lower())
    if reader is None:
        raise NotTaken([gettext("Choose a file whose name ends in .yaml, .bpmn or .xlsx.")])
    if len(content) > MOST_BYTES:
        raise NotTaken([gettext("The file is larger than 2 MB; no SOP is.")])
    taken = reader(content, data)
    if len(taken.data["steps"]) > MOST_ROWS:
        raise NotTaken([gettext("A table has at most %(most)s rows.") % {"most": MOST_ROWS}])
    return taken


def _yaml(content: bytes, data: Data) -> Taken:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotTaken([gettext("The file is no text in UTF-8.")]) from None
    try:
        read_data = read(text, "").data
    except DefinitionError as error:
        raise NotTaken([_at_line(fault.line, fault.reason) for fault in error.faults]) from None
    try:
        return Taken(_of_this(_plain(as_data(load(text))), data))
    except DefinitionError as error:
        # A draft may lack anything, as long as it has the shape of a table.
        if not _has_shape(read_data):
            raise NotTaken([_at_line(fault.line, fault.reason) for fault in error.faults]) from None
    return Taken(_of_this(_plain(read_data), data))


def _of_this(taken: dict[str, Any], data: Data) -> dict[str, Any]:
    """Return data whose identity stays with the office. Raises NotTaken for those of another procedure."""
    if taken.get("id") != data["id"]:
        told = gettext("The file holds the procedure %(other)s, not %(own)s.")
        raise NotTaken([told % {"other": taken.get("id"), "own": data["id"]}])
    return {**taken, "identity": data["identity"]}


def _has_shape(data: Mapping[str, Any]) -> bool:
    steps, lanes = data.get("steps"), data.get("performers")
    return (
        isinstance(steps, list)
        and all(isinstance(step, dict) and isinstance(step.get("id"), str) for step in steps)
        and len({step["id"] for step in steps}) == len(steps)
        and all(isinstance(step.get("outcomes", {}), dict) for step in steps)
        and isinstance(lanes, dict)
        and all(isinstance(lane, dict) for lane in lanes.values())
    )


def _plain(value: Any) -> Any:  # noqa: PLR0911  (one return for each kind of value)
    """Return data that every database can keep as JSON."""
    match value:
        case Mapping():
            return {_plain(str(key)): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case str():
            return value.replace("\x00", "").encode("utf-8", "replace").decode()
        case date():
            return value.isoformat()
        case None | bool() | int():
            return value
        case float() if isfinite(value):
            return value
    return str(value)


def _at_line(line: int, reason: Message | str) -> str:
    said = reason.in_language(gettext) if isinstance(reason, Message) else reason
    return gettext("Line %(line)s: %(why)s") % {"line": line, "why": said}


def _bpmn(content: bytes, data: Data) -> Taken:
    try:
        draft = from_bpmn(content)
    except BpmnError as error:
        raise NotTaken([error.message.in_language(gettext)]) from None
    left_out = tuple(
        gettext("Line %(line)s: %(element)s %(id)s: %(why)s")
        % {
            "line": each.line,
            "element": each.element,
            "id": each.id,
            "why": each.why.in_language(gettext),
        }
        for each in draft.untaken
    )
    whole = _plain(draft.data)
    if whole.get("id") == data["id"]:
        return Taken(_of_this(whole, data), left_out)
    # Another program knows nothing of identity, fields and papers: those stay as they are.
    rows = table_of(whole).rows
    return Taken({**with_rows(data, rows), "performers": whole["performers"]}, left_out)


def _xlsx(content: bytes, data: Data) -> Taken:
    try:
        return Taken(with_rows(data, from_xlsx(content, table_of(data))))
    except WorkbookError as error:
        raise NotTaken([_at_cell(fault.cell, fault.text) for fault in error.faults]) from None


def _at_cell(cell: str, text: Message) -> str:
    said = text.in_language(gettext)
    return gettext("Cell %(cell)s: %(why)s") % {"cell": cell, "why": said} if cell else said


_READERS: dict[str, Callable[[bytes, Data], Taken]] = {
    "yaml": _yaml,
    "yml": _yaml,
    "bpmn": _bpmn,
    "xml": _bpmn,
    "xlsx": _xlsx,
}


def exported_yaml(data: Data) -> bytes:
    """Return a draft as YAML, which is taken in again whatever it lacks."""
    return as_yaml(dict(data)).encode()
