"""The form of a step: which fields it shows, and whether what was given for them will do.

`clean` takes what a person typed into a page or a program sent, and gives typed values and an error for each
field that will not do. Whether a person, a unit or a file exists is asked of the caller. What was given is
kept as it came.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laksana.sop import values as typed
from laksana.sop.definition import FieldSpec, Procedure, Step
from laksana.sop.expression import outcome_name
from laksana.sop.message import Message
from laksana.sop.message import message as _
from laksana.sop.prose import Prose
from laksana.sop.values import Invalid, is_empty, number_of

OUTCOME = "outcome"
"""The key under which an error about the decision itself stands; no field may have this name."""
MAX_ROWS = 2_000
"""More rows than any table of an office's form, so that a request cannot make the check run for minutes."""

Exists = Callable[[FieldSpec, int | str], bool]
"""Says whether a person, unit, assignee or file that was chosen exists and may be used in this field."""
Given = Mapping[str, Any]
Specs = Mapping[str, FieldSpec]
Checked = tuple[dict[str, Any], dict[str, Message]]
"""Values without error, and errors."""


def _anything(_spec: FieldSpec, _reference: int | str) -> bool:
    return True


@dataclass(frozen=True)
class Cleaned:
    """The result of a check."""

    values: dict[str, Any]
    """Typed values of the fields without error; None for a field that was emptied or is no longer shown."""
    errors: dict[str, Message]
    """Field -> what is wrong; `table.row.column` in a table, rows counted from 0 as they were given."""
    raw: Given
    """What was given, untouched."""

    @property
    def ok(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.errors


@dataclass(frozen=True)
class Ask:
    """A field as a form shows it now."""

    name: str
    spec: FieldSpec
    shown: bool
    required: bool


def clean(
    procedure: Procedure,
    step: Step,
    raw: Given,
    known: Given,
    *,
    outcome: str | None = None,
    exists: Exists = _anything,
) -> Cleaned:
    """Check what was given at a step.

    `known` holds the case's typed values, and the outcomes of earlier decisions by `outcome_name`. A field
    that `raw` does not mention keeps its known value, else takes its default; one that is mentioned and empty
    is emptied. Computed fields are never taken from `raw`.
    """
    specs = {name: procedure.fields[name] for name in step.asks}
    before = {**known, outcome_name(step.id): outcome} if step.is_decision else known
    values, errors = _check({n: s for n, s in specs.items() if not s.computed}, raw, before, exists)
    errors |= {name: _("This step does not ask for this.") for name in raw if name not in specs}
    if fault := _outcome_fault(step, outcome, {**before, **values}):
        errors[OUTCOME] = fault
    return Cleaned(values, errors, raw)


def clean_row(
    procedure: Procedure, table: str, raw: Given, known: Given, *, exists: Exists = _anything
) -> Cleaned:
    """Check one row that is added to a table, as a journal does; values and errors are by column."""
    columns = procedure.fields[table].columns or {}
    values, errors = _check_row(columns, raw, known, exists)
    if not errors and _is_blank(columns, raw):
        errors[""] = _("The row is empty.")
    return Cleaned(values, errors, raw)


def clean_fields(specs: Specs, raw: Given, *, exists: Exists = _anything) -> Cleaned:
    """Check what was given for fields that belong to no procedure; one that `raw` does not mention is empty."""
    values, errors = _check(specs, {name: raw.get(name, "") for name in specs}, {}, exists)
    return Cleaned(values, errors, raw)


def asks(procedure: Procedure, step: Step, data: Given) -> list[Ask]:
    """Return the fields of a step as its form shows them, given the typed values and outcomes so far."""
    specs = {name: procedure.fields[name] for name in step.asks}
    hidden = _hidden(specs, data)
    seen = {**data, **dict.fromkeys(hidden)}
    return [
        Ask(name, spec, name not in hidden, name not in hidden and _is_required(spec, seen))
        for name, spec in specs.items()
    ]


def initial(procedure: Procedure, step: Step, known: Given) -> dict[str, Any]:
    """Return the typed values with which the form of a step opens: what is known, else defaults."""
    return {
        name: known[name] if known.get(name) is not None else _default(procedure.fields[name])
        for name in step.asks
    }


def from_pairs(procedure: Procedure, step: Step, pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return `raw` for `clean` from the names and values of a sent HTML form.

    Cells of a table are named `table.row.column`. Every field of the step is mentioned, so that one left out
    by the browser (a box without a tick, a list without a choice) counts as emptied. Names that are not the
    step's are left.
    """
    sent: dict[str, list[Any]] = {}
    for name, value in pairs:
        sent.setdefault(name, []).append(value)
    specs = {name: procedure.fields[name] for name in step.asks if not procedure.fields[name].computed}
    return {
        name: _rows_sent(name, spec.columns, sent) if spec.columns else _as_sent(spec, sent.get(name, []))
        for name, spec in specs.items()
    }


def to_json(values: Given) -> dict[str, Any]:
    """Return typed values as JSON-able data."""
    return {name: typed.to_json(value) for name, value in values.items()}


def from_json(procedure: Procedure, data: Given) -> dict[str, Any]:
    """Return the typed values that `to_json` wrote; names that are no fields (outcomes) keep their data."""
    return {name: typed.from_json_of(procedure.fields, name, value) for name, value in data.items()}


_ROW = re.compile(r"[0-9]{1,9}")


def _as_sent(spec: FieldSpec, sent: list[Any]) -> Any:
    if spec.type in ("multichoice", "files"):
        return sent
    return sent[-1] if sent else ""


def _rows_sent(table: str, columns: Specs, sent: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    rows: dict[int, dict[str, Any]] = {}
    for name, cells in sent.items():
        match name.split("."):
            case [field, row, column] if field == table and column in columns and _ROW.fullmatch(row):
                rows.setdefault(int(row), {})[column] = _as_sent(columns[column], cells)
    return [rows[number] for number in sorted(rows)]


def _check(specs: Specs, raw: Given, known: Given, exists: Exists) -> Checked:
    values, unreadable = _read(specs, raw, known)
    hidden = _hidden(specs, {**known, **values})
    data = {**known, **values, **dict.fromkeys(hidden)}
    result: dict[str, Any] = {name: None for name in hidden if known.get(name) is not None}
    errors: dict[str, Message] = {}
    for name in [name for name in specs if name not in hidden]:
        if name in unreadable:
            errors[name] = unreadable[name]
            continue
        value, faults = _complete(name, specs[name], values[name], data, exists)
        errors |= faults
        if not faults:
            result[name] = value
    return result, errors


def _read(specs: Specs, raw: Given, known: Given) -> Checked:
    """Type everything that was given; the rows of tables stay as they came."""
    values: dict[str, Any] = {}
    errors: dict[str, Message] = {}
    for name, spec in specs.items():
        given = raw[name] if name in raw else known.get(name)
        if name not in raw and given is None:
            given = spec.default
        try:
            values[name] = _table(spec, given) if spec.columns else typed.parse(spec, given)
        except Invalid as invalid:
            errors[name] = invalid.message
    return values, errors


def _table(spec: FieldSpec, given: Any) -> list[Any]:
    rows = [] if is_empty(given) else given
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        raise Invalid(_("Fill in the rows of the table."))
    if len(rows) > (most := max(MAX_ROWS, spec.max_rows or 0)):
        raise Invalid(_("At most %(limit)s rows; these are %(count)s.", limit=most, count=len(rows)))
    return list(rows)


def _hidden(specs: Specs, data: Given) -> set[str]:
    """Return the fields not shown; one of them counts as empty where another depends on it."""
    hidden: set[str] = set()
    for _turn in specs:
        seen = {**data, **dict.fromkeys(hidden)}
        now = {name for name, spec in specs.items() if spec.shown_if and not spec.shown_if.holds(seen)}
        if now == hidden:
            break
        hidden = now
    return hidden


def _is_required(spec: FieldSpec, data: Given) -> bool:
    if spec.required or spec.must_be is not None:
        return True
    return spec.required_if is not None and spec.required_if.holds(data)


def _complete(
    name: str, spec: FieldSpec, value: Any, data: Given, exists: Exists
) -> tuple[Any, dict[str, Message]]:
    """Check a shown field's typed value against what the definition demands."""
    faults: dict[str, Message] = {}
    if spec.columns:
        value, faults = _check_rows(name, spec.columns, value, data, exists)
    if spec.type == "bool" and value is None and not (spec.required or spec.required_if):
        value = False
    if is_empty(value):
        return value or None, {name: _missing(spec)} if not faults and _is_required(spec, data) else faults
    if fault := next(_faults(spec, value, exists), None):
        faults[name] = fault
    return value, faults


def _check_rows(
    name: str, columns: Specs, rows: list[Any], data: Given, exists: Exists
) -> tuple[list[dict[str, Any]], dict[str, Message]]:
    kept: list[dict[str, Any]] = []
    errors: dict[str, Message] = {}
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            errors[f"{name}.{number}"] = _("A row is made of columns.")
        elif not _is_blank(columns, row):
            values, faults = _check_row(columns, row, data, exists)
            kept.append(values)
            errors |= {f"{name}.{number}.{column}": fault for column, fault in faults.items()}
    return kept, errors


def _check_row(columns: Specs, row: Given, data: Given, exists: Exists) -> Checked:
    """Check one row; its conditions may speak of its own columns and of the case's fields."""
    given = {column: spec for column, spec in columns.items() if not spec.computed}
    around = {name: value for name, value in data.items() if name not in columns}
    values, errors = _check(given, row, around, exists)
    errors |= {name: _("The table has no such column.") for name in row if name not in columns}
    return values, errors


def _is_blank(columns: Specs, row: Given) -> bool:
    """Return whether nobody wrote anything into a row: no cell differs from the row as it was opened."""
    return all(_is_untouched(columns.get(column), cell) for column, cell in row.items())


def _is_untouched(spec: FieldSpec | None, cell: Any) -> bool:
    if is_empty(cell) or spec is None:
        return is_empty(cell)
    if spec.type == "bool":  # a page sends "true" for what the definition writes as true
        return str(cell).lower() in ("false", "0", str(spec.default).lower())
    return str(cell) == str(spec.default)


def _default(spec: FieldSpec) -> Any:
    try:
        return None if spec.columns else typed.parse(spec, spec.default)
    except Invalid:
        return None


def _missing(spec: FieldSpec) -> Message:
    match spec.type:
        case "choice" | "multichoice" | "person" | "unit" | "assignee":
            return _("Choose one.")
        case "bool":
            return _("Tick this to go on.") if spec.must_be is True else _("Choose yes or no.")
        case "file" | "files":
            return _("Attach a file.")
        case "table":
            return _("Fill in at least one row.")
    return _("Fill this in.")


def _faults(spec: FieldSpec, value: Any, exists: Exists) -> Iterator[Message]:
    """Yield what is wrong with a value that is not empty."""
    match value:
        case bool():
            pass
        case list():
            yield from _count_faults(spec, len(value))
        case str() | Prose():
            yield from _text_faults(spec, str(value))
        case _ if spec.type in ("number", "money"):
            yield from _range_faults(spec, value)
    yield from _demand_faults(spec, value)
    if spec.type in ("person", "unit", "assignee", "file", "files"):
        listed = value if isinstance(value, list) else [value]
        if not all(exists(spec, reference) for reference in listed):
            yield _("What was chosen is not there, or may not be used here. Choose again.")


def _demand_faults(spec: FieldSpec, value: Any) -> Iterator[Message]:
    if spec.must_be is None:
        return
    if spec.type == "bool":
        if value is not spec.must_be:
            yield _("Tick this to go on.") if spec.must_be else _("This must not be ticked.")
    elif value != typed.parse(spec, spec.must_be):
        yield _("This must be %(value)s.", value=spec.must_be)


def _range_faults(spec: FieldSpec, value: Any) -> Iterator[Message]:
    if spec.min is not None and value < spec.min:
        yield _("At least %(limit)s.", limit=number_of(spec, spec.min))
    if spec.max is not None and value > spec.max:
        yield _("At most %(limit)s.", limit=number_of(spec, spec.max))


def _text_faults(spec: FieldSpec, value: str) -> Iterator[Message]:
    length, words = len(value), len(value.split())
    if spec.min_length is not None and length < spec.min_length:
        yield _("At least %(limit)s characters; these are %(count)s.", limit=spec.min_length, count=length)
    if spec.max_length is not None and length > spec.max_length:
        yield _("At most %(limit)s characters; these are %(count)s.", limit=spec.max_length, count=length)
    if spec.min_words is not None and words < spec.min_words:
        yield _("At least %(limit)s words; these are %(count)s.", limit=spec.min_words, count=words)
    if spec.max_words is not None and words > spec.max_words:
        yield _("At most %(limit)s words; these are %(count)s.", limit=spec.max_words, count=words)
    if spec.pattern is not None and re.fullmatch(spec.pattern, value) is None:
        if spec.help:
            yield _("This is not written as asked: %(help)s", help=spec.help)
        else:
            yield _("This is not written as asked. The pattern is %(pattern)s", pattern=spec.pattern)


def _count_faults(spec: FieldSpec, count: int) -> Iterator[Message]:
    if spec.type == "table":
        least, most = spec.min_rows, spec.max_rows
        if least is not None and count < least:
            yield _("At least %(limit)s rows; these are %(count)s.", limit=least, count=count)
        if most is not None and count > most:
            yield _("At most %(limit)s rows; these are %(count)s.", limit=most, count=count)
    if spec.type == "files":
        least, most = spec.min_files, spec.max_files
        if least is not None and count < least:
            yield _("At least %(limit)s files; these are %(count)s.", limit=least, count=count)
        if most is not None and count > most:
            yield _("At most %(limit)s files; these are %(count)s.", limit=most, count=count)


def _outcome_fault(step: Step, outcome: str | None, data: Given) -> Message | None:
    if not step.is_decision:
        return _("There is nothing to decide at this step.") if outcome is not None else None
    if outcome is None:
        return None if step.auto else _("Choose the decision.")
    if outcome not in step.outcomes:
        return _("There is no such decision here: %(outcome)s.", outcome=outcome[:60])
    condition = step.outcomes[outcome].allowed_if
    if condition is not None and not condition.holds(data):
        allowed = condition.text
        return _("%(outcome)s may only be chosen if %(condition)s.", outcome=outcome, condition=allowed)
    return None
