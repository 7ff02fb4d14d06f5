"""What a definition says must agree with itself: limits with the type of their field, a step's keys with each other."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from laksana.sop import values
from laksana.sop.message import Message
from laksana.sop.message import message as _
from laksana.sop.performer import Kind
from laksana.sop.source import Path

if TYPE_CHECKING:
    from laksana.sop.definition import FieldSpec, Procedure, Step
    from laksana.sop.references import Check, Found

_TEXTS = {"text", "longtext", "prose", "email", "phone", "url", "nip", "nik", "npwp"}
_APPLIES: dict[str, set[str]] = {
    "min": {"number", "money"},
    "max": {"number", "money"},
    "min_length": _TEXTS,
    "max_length": _TEXTS,
    "min_words": {"text", "longtext", "prose"},
    "max_words": {"text", "longtext", "prose"},
    "min_rows": {"table"},
    "max_rows": {"table"},
    "min_files": {"files"},
    "max_files": {"files"},
    "max_size": {"file", "files"},
    "accept": {"file", "files"},
    "pattern": _TEXTS,
}
"""Key of a field -> the types that it means something for."""
_PAIRS = [("min", "max"), *((f"min_{what}", f"max_{what}") for what in ("length", "words", "rows", "files"))]
_COLUMN = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_FEWEST_ROWS, _MOST_ROWS = 3, 40
"""How many rows the flowchart of an SOP has (R3 of the office's checks)."""


def _each_field(procedure: "Procedure") -> Iterator[tuple[Path, "FieldSpec"]]:
    for name, spec in procedure.fields.items():
        yield ("fields", name), spec
        for column, inner in (spec.columns or {}).items():
            yield ("fields", name, "columns", column), inner


def _limits(procedure: "Procedure") -> "Found":
    for path, spec in _each_field(procedure):
        for key, types in _APPLIES.items():
            if getattr(spec, key) is not None and spec.type not in types:
                yield (
                    (*path, key),
                    _("%(key)s means nothing for a field of type %(type)s.", key=key, type=spec.type),
                )
        for least, most in _PAIRS:
            low, high = getattr(spec, least), getattr(spec, most)
            if low is not None and high is not None and low > high:
                yield (*path, least), _("%(least)s is greater than %(most)s.", least=least, most=most)
        for key in ("default", "must_be"):
            yield from _readable((*path, key), spec, getattr(spec, key))
        yield from _well_written(path, spec)


def _readable(path: Path, spec: "FieldSpec", value: Any) -> "Found":
    if value is None or spec.type == "table":
        return
    try:
        values.parse(spec, value)
    except values.Invalid as invalid:
        yield path, invalid.message


def _well_written(path: Path, spec: "FieldSpec") -> "Found":
    if spec.pattern is not None:
        try:
            re.compile(spec.pattern)
        except re.error as error:
            yield (*path, "pattern"), _("This is no regular expression: %(why)s.", why=error)
    if spec.max_size is not None and values.size(spec.max_size) is None:
        yield (*path, "max_size"), _("Write a size such as 10 MB or 500 KB.")


def _bodies(procedure: "Procedure") -> "Found":
    """Refuse a body of a document that there is not, or that is no formatted text."""
    documents = {document.id for document in procedure.documents}
    for path, spec in _each_field(procedure):
        for name in spec.body_of:
            if spec.type != "prose":
                yield (
                    (*path, "body_of"),
                    _("%(key)s means nothing for a field of type %(type)s.", key="body_of", type=spec.type),
                )
            elif name not in documents:
                yield (*path, "body_of"), _("There is no document %(name)s.", name=name)


def _names(procedure: "Procedure") -> "Found":
    from laksana.sop.form import OUTCOME

    for name, spec in procedure.fields.items():
        if name == OUTCOME:
            yield (
                ("fields", name),
                _("%(name)s is the name of a form's decision; the field needs another.", name=name),
            )
        for column, inner in (spec.columns or {}).items():
            path: Path = ("fields", name, "columns", column)
            if not _COLUMN.fullmatch(column):
                yield (
                    path,
                    _("A column's name is made of letters, digits and _; the words go into its label."),
                )
            if inner.type == "table":
                yield path, _("A table cannot stand in a column of a table.")


def _shown(procedure: "Procedure") -> "Found":
    """Refuse fields whose showing depends on itself."""
    needs = {
        name: spec.shown_if.names if spec.shown_if else frozenset() for name, spec in procedure.fields.items()
    }
    for name in procedure.fields:
        seen: set[str] = set()
        todo = set(needs[name])
        while todo:
            other = todo.pop()
            if other not in seen:
                seen.add(other)
                todo |= needs.get(other, frozenset())
        if name in seen:
            yield ("fields", name, "shown_if"), _("Whether this field is shown depends on itself.")


def _steps(procedure: "Procedure") -> "Found":
    for place, step in enumerate(procedure.steps):
        for key, message in (*_doing(step, procedure), *_waiting(step)):
            yield ("steps", place, key), message
    if procedure.steps[0].joins:
        yield ("steps", 0, "joins"), _("The first step has nothing to wait for.")


def _waiting(step: "Step") -> Iterator[tuple[str, Message]]:
    if step.joins and step.gathers:
        yield "joins", _("A step waits for rows or for branches, not for both; put a step between.")
    if step.joins and step.for_each:
        yield "joins", _("A step that waits for branches cannot run for_each row; put a step between.")
    if step.agree != "all" and not (step.is_decision and len(step.by) > 1):
        yield "agree", _("agree belongs to a decision of several performers.")
    if step.starts and step.starts.hand_back and not step.waits:
        yield "starts", _("Without waits: true nothing comes back from the case that is started.")


def _doing(step: "Step", procedure: "Procedure") -> Iterator[tuple[str, Message]]:
    if step.attended is not None and step.auto is None:
        yield "attended", _("attended belongs to a step that has auto.")
    asked = [n for n in step.asks if n in procedure.fields and not procedure.fields[n].computed]
    if step.attended is False and asked:
        yield "attended", _("Nobody is there to fill in what this step asks.")
    if step.journal and step.unattended:
        yield "journal", _("Nobody is there to keep this journal.")
    if not step.by:
        yield "by", _("Name the performer.")
    kinds = {procedure.performers[lane].holder.kind for lane in step.by if lane in procedure.performers}
    by_itself = step.auto is not None and (step.unattended or step.attended is None)
    if Kind.SYSTEM in kinds and not (kinds == {Kind.SYSTEM} and (by_itself or step.starts)):
        yield "by", _("The system does only what is auto or starts a case, and nobody beside it.")
    if kinds == {Kind.SYSTEM} and asked:
        yield "asks", _("Nobody is there to fill in what this step asks.")


def _rows(procedure: "Procedure") -> "Found":
    count = len(procedure.steps)
    if not _FEWEST_ROWS <= count <= _MOST_ROWS:
        text = _(
            "An SOP has %(least)s to %(most)s steps; these are %(count)s (R3).",
            least=_FEWEST_ROWS,
            most=_MOST_ROWS,
            count=count,
        )
        yield ("steps",), text


CHECKS: tuple["Check", ...] = (_limits, _bodies, _names, _shown, _steps, _rows)
