"""Every name that a definition uses must be defined in it: steps, lanes, fields, columns, outcomes.

Each check yields where a name stands and why it leads nowhere; `dangling` gives them their lines. What must
fit between two procedures (`related`, `starts`) is in `laksana.sop.book`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from laksana.sop.expression import Expression, outcome_name
from laksana.sop.message import Message
from laksana.sop.message import message as _
from laksana.sop.performer import Binding, Kind
from laksana.sop.source import Fault, Path, Source
from laksana.sop.sources import Doing, InRows, sources_of
from laksana.sop.sources import Source as ColumnSource

if TYPE_CHECKING:
    from laksana.sop.definition import Document, FieldSpec, Opening, Procedure, Register, Step

Found = Iterator[tuple[Path, Message]]
"""Where something is wrong, and what."""

END = "selesai"
_BY_ENGINE = {"instance_depth"}
"""Names that the engine adds to the data of a case."""
_HOLDERS = ("person", "unit", "assignee")
_NUMBERS = ("number", "money")
_LISTS = ("table", "multichoice", "files")


def dangling(procedure: "Procedure", source: Source) -> Iterator[Fault]:
    """Yield a fault for every reference that leads nowhere, in the order of the lines."""
    from laksana.sop.coherence import CHECKS

    found = [source.fault(path, reason) for check in (*_CHECKS, *CHECKS) for path, reason in check(procedure)]
    yield from sorted(dict.fromkeys(found), key=lambda fault: fault.line)


def expressions(procedure: "Procedure") -> Iterator[tuple[Path, Expression, bool]]:
    """Yield every expression with its place, and whether it speaks of one row of a table only."""
    for name, spec in procedure.fields.items():
        yield from _of_field(("fields", name), spec)
        for column, inner in (spec.columns or {}).items():
            yield from _of_field(("fields", name, "columns", column), inner)
    for place, step in enumerate(procedure.steps):
        yield from _of_step(("steps", place), step)
    for place, clock in enumerate(procedure.clocks):
        yield from _given(("clocks", place, "if"), clock.if_)
    for place, document in enumerate(procedure.documents):
        yield from _given(("documents", place, "when"), document.when)
    for place, register in enumerate(procedure.registers):
        yield from _given(("registers", place, "when"), register.when)


def _of_field(path: Path, spec: "FieldSpec") -> Iterator[tuple[Path, Expression, bool]]:
    in_row = "columns" in path
    yield from _given((*path, "required_if"), spec.required_if, in_row=in_row)
    yield from _given((*path, "shown_if"), spec.shown_if, in_row=in_row)


def _of_step(path: Path, step: "Step") -> Iterator[tuple[Path, Expression, bool]]:
    for label, exit_ in step.outcomes.items():
        yield from _given((*path, "outcomes", label, "allowed_if"), exit_.allowed_if)
    if step.skip_if:
        yield from _given((*path, "skip_if"), step.skip_if.when)
    if step.for_each:
        yield from _given((*path, "for_each", "where"), step.for_each.where, in_row=True)
        yield from _given((*path, "for_each", "waits_for"), step.for_each.waits_for, in_row=True)
    if step.starts:
        for name, expression in step.starts.hand_over.items():
            yield from _given((*path, "starts", "hand_over", name), expression)


def _given(
    path: Path, expression: Expression | None, *, in_row: bool = False
) -> Iterator[tuple[Path, Expression, bool]]:
    if expression is not None:
        yield path, expression, in_row


# -- steps -----------------------------------------------------------------------------------------------------------


def _step_ids(procedure: "Procedure") -> Found:
    for place, step_id in _repeated(step.id for step in procedure.steps):
        yield ("steps", place, "id"), _("A second step is called %(id)s.", id=step_id)
    for place, step in enumerate(procedure.steps):
        if step.id == END:
            yield ("steps", place, "id"), _("%(id)s is the name of the end; a step needs another.", id=END)


def _targets(procedure: "Procedure") -> Found:
    known = {step.id for step in procedure.steps} | {END}
    for place, step in enumerate(procedure.steps):
        path: Path = ("steps", place)
        yield from _led_to((*path, "then"), step.then, known)
        for label, exit_ in step.outcomes.items():
            yield from _led_to((*path, "outcomes", label), exit_.then, known)
        yield from _led_to((*path, "timeout", "then"), step.timeout.then if step.timeout else None, known)


def _led_to(path: Path, targets: tuple[str, ...] | None, known: Collection[str]) -> Found:
    if targets is None:
        return
    if not targets:
        yield path, _("This leads nowhere; name a step, or %(end)s.", end=END)
    for target in targets:
        if target not in known:
            yield path, unknown("step", target, known)
    for _place, target in _repeated(targets):
        yield path, _("%(step)s stands here twice.", step=target)
    if END in targets and len(targets) > 1:
        yield path, _("A branch cannot lead to %(end)s while another goes on.", end=END)


def _gathers(procedure: "Procedure") -> Found:
    makers = {step.id for step in procedure.steps if step.for_each}
    taken: dict[str, str] = {}
    for place, step in enumerate(procedure.steps):
        if step.gathers is None:
            continue
        path: Path = ("steps", place, "gathers")
        if step.gathers.of not in makers:
            yield (
                path,
                _(
                    "%(step)s is no step that runs for_each row, so there is nothing to gather.",
                    step=step.gathers.of,
                ),
            )
        if step.gathers.of == step.id:
            yield (
                path,
                _("A step cannot gather what it makes itself; without gathers it waits for them anyway."),
            )
        if (other := taken.setdefault(step.gathers.of, step.id)) != step.id:
            yield (
                path,
                _(
                    "The rows of %(step)s are gathered at %(other)s already.",
                    step=step.gathers.of,
                    other=other,
                ),
            )


# -- lanes -----------------------------------------------------------------------------------------------------------


def _lanes(procedure: "Procedure") -> Found:
    lanes = procedure.performers
    for place, step in enumerate(procedure.steps):
        for key, names in (("by", step.by), ("not_by", step.not_by)):
            yield from (
                (("steps", place, key), unknown("performer", n, lanes)) for n in names if n not in lanes
            )
            yield from (
                (("steps", place, key), _("%(name)s stands here twice.", name=n))
                for _i, n in _repeated(names)
            )
    readers = procedure.data.access.readers if procedure.data.access else ()
    yield from (
        (("data", "access", "readers"), unknown("performer", n, lanes)) for n in readers if n not in lanes
    )
    for name, spec in procedure.fields.items():
        yield from (
            (("fields", name, "seen_by"), unknown("performer", n, lanes))
            for n in spec.seen_by
            if n not in lanes
        )


def _bindings(procedure: "Procedure") -> Found:
    for lane, performer in procedure.performers.items():
        path: Path = ("performers", lane)
        yield from _binding((*path, "is"), performer.holder, lane, procedure)
        if performer.recorded_by:
            yield from _binding((*path, "recorded_by"), performer.recorded_by, lane, procedure)
            if performer.recorded_by.kind in (Kind.OUTSIDE, Kind.PUBLIC, Kind.SYSTEM):
                yield (*path, "recorded_by"), _("Who records must be somebody of the office.")
        if performer.above_recorded_by:
            yield from _binding((*path, "above_recorded_by"), performer.above_recorded_by, lane, procedure)
            if performer.above_recorded_by.kind is not Kind.POSITION:
                yield (*path, "above_recorded_by"), _("Who records must be somebody of the office.")
        if _stands_on_itself(lane, procedure):
            yield (*path, "is"), _("This lane is held by way of itself.")
    for level, known_to in procedure.data.access.known_to.items() if procedure.data.access else ():
        if any(binding.kind not in (Kind.POSITION, Kind.UNIT, Kind.GROUP) for binding in known_to):
            yield ("data", "access", "known_to", level), _("Name positions, units or groups.")
    if procedure.identity.approved_by.kind is not Kind.POSITION:
        yield (
            ("identity", "approved_by"),
            _("Name the position that approves, such as position kepala-dinas."),
        )


def _binding(path: Path, binding: Binding, lane: str, procedure: "Procedure") -> Found:
    of = binding.of
    match binding.kind:
        case Kind.SUPERIOR | Kind.HEAD if of != "initiator" and of not in procedure.performers:
            yield path, unknown("performer", of, procedure.performers)
        case Kind.DOER if of not in (steps := {step.id for step in procedure.steps}):
            yield path, unknown("step", of, steps)
        case Kind.FIELD:
            yield from _held_by_field(path, of, procedure)
        case Kind.EACH:
            yield from _held_by_row(path, of, lane, procedure)


def _held_by_field(path: Path, name: str, procedure: "Procedure") -> Found:
    if name not in procedure.fields:
        yield path, unknown("field", name, procedure.fields)
    elif procedure.fields[name].type not in _HOLDERS:
        yield path, _("The field %(field)s names nobody; it must be a person, unit or assignee.", field=name)


def _held_by_row(path: Path, column: str, lane: str, procedure: "Procedure") -> Found:
    listed = [procedure.fields[f] for f in _row_fields(procedure) if f in procedure.fields]
    columns = [spec.columns[column] for spec in listed if spec.columns and column in spec.columns]
    if not columns:
        yield path, _("No step runs for_each row of a table that has the column %(column)s.", column=column)
    elif all(spec.type not in _HOLDERS for spec in columns):
        yield (
            path,
            _("The column %(column)s names nobody; it must be a person, unit or assignee.", column=column),
        )
    inside = _within_rows(procedure)
    for place, step in enumerate(procedure.steps):
        if lane in step.by and step.id not in inside:
            text = _("%(lane)s is held by a row, but no row has been chosen at this step.", lane=lane)
            yield ("steps", place, "by"), text


def _within_rows(procedure: "Procedure") -> set[str]:
    """Return the steps that can run for a row: the makers of rows, and what follows until their rows are gathered."""
    makers = [step for step in procedure.steps if step.for_each]
    gathered = {step.gathers.of for step in procedure.steps if step.gathers}
    inside = {step.id for step in makers}
    for maker in makers:
        inside |= _until_gathered(maker, procedure) if maker.id in gathered else set()
    return inside


def _until_gathered(maker: "Step", procedure: "Procedure") -> set[str]:
    known = {step.id: step for step in procedure.steps}
    seen, todo = {maker.id}, [maker]
    while todo:
        step = todo.pop()
        exits = (*procedure.successors(step).values(), step.timeout.then if step.timeout else ())
        for target in {target for targets in exits for target in targets} & known.keys() - seen:
            gathers = known[target].gathers
            if gathers is None or gathers.of != maker.id or gathers.each_level:
                seen.add(target)
                todo.append(known[target])
    return seen


def _stands_on_itself(lane: str, procedure: "Procedure") -> bool:
    seen: set[str] = set()
    while lane in procedure.performers and lane not in seen:
        seen.add(lane)
        holder = procedure.performers[lane].holder
        if holder.kind not in (Kind.SUPERIOR, Kind.HEAD):
            return False
        lane = holder.of
    return lane in seen


# -- fields ----------------------------------------------------------------------------------------------------------


def _row_fields(procedure: "Procedure") -> set[str]:
    return {step.for_each.field for step in procedure.steps if step.for_each}


def _fields(procedure: "Procedure") -> Found:
    fields = procedure.fields
    for place, step in enumerate(procedure.steps):
        path: Path = ("steps", place)
        yield from (((*path, "asks"), unknown("field", n, fields)) for n in step.asks if n not in fields)
        yield from (
            ((*path, "asks"), _("%(name)s stands here twice.", name=n)) for _i, n in _repeated(step.asks)
        )
        if step.for_each:
            yield from _of_type((*path, "for_each"), step.for_each.field, _LISTS, procedure)
            if step.for_each.recall and not any(step.for_each.field in s.asks for s in procedure.steps):
                text = _("No step asks for %(field)s: nobody gives its rows.", field=step.for_each.field)
                yield (*path, "for_each", "recall"), text
        if step.journal:
            yield from _of_type((*path, "journal"), step.journal, ("table",), procedure)
        if step.starts and step.starts.by:
            yield from _chosen_by((*path, "starts"), step.starts.by, step.starts.choose, procedure)
        for name in step.starts.hand_back if step.starts else ():
            if name not in fields:
                yield (*path, "starts", "hand_back", name), unknown("field", name, fields)
    yield from (
        (("data", "personal"), unknown("field", n, fields))
        for n in procedure.data.personal
        if n not in fields
    )
    if access := procedure.data.access:
        yield from _chosen_by(("data", "access"), access.by, access.levels, procedure, key="levels")


def _of_type(path: Path, name: str, types: tuple[str, ...], procedure: "Procedure") -> Found:
    if name not in procedure.fields:
        yield path, unknown("field", name, procedure.fields)
    elif procedure.fields[name].type not in types:
        yield path, _("The field %(field)s must be of type %(types)s.", field=name, types=" / ".join(types))


def _chosen_by(
    path: Path, name: str, mapped: Collection[str], procedure: "Procedure", key: str = "choose"
) -> Found:
    """Check that a mapping by a field's value has every choice of the field, and no other."""
    yield from _of_type((*path, "by"), name, ("choice",), procedure)
    choices = procedure.fields[name].choices if name in procedure.fields else None
    if choices is None:
        return
    if missing := [choice for choice in choices if choice not in mapped]:
        yield (*path, key), _("Nothing is said for %(choices)s.", choices=", ".join(missing))
    for choice in mapped:
        if choice not in choices:
            yield (*path, key, choice), unknown("choice", choice, choices)


def _asked(procedure: "Procedure") -> Found:
    steps = procedure.steps
    asked = {name for step in steps for name in step.asks} | {step.journal for step in steps}
    asked |= {name for step in steps if step.starts for name in step.starts.hand_back}
    for name, spec in procedure.fields.items():
        if name not in asked and not spec.computed:
            text = _(
                "No step asks for this field. Ask for it, or say computed: true where the system fills it."
            )
            yield ("fields", name), text


# -- papers, books, clocks -------------------------------------------------------------------------------------------


def _signing(path: Path, document: "Document", procedure: "Procedure") -> Found:
    steps = {step.id for step in procedure.steps}
    for step in document.signed_at:
        if step not in steps:
            yield (*path, "signed_at"), unknown("step", step, steps)
    for performer in document.signed_with:
        if performer not in procedure.performers:
            yield (*path, "signed_with"), unknown("performer", performer, procedure.performers)


def _papers(procedure: "Procedure") -> Found:
    steps = {step.id for step in procedure.steps}
    for place, document in enumerate(procedure.documents):
        yield from _kept(("documents", place), document.at, document.for_each, procedure)
        yield from _signing(("documents", place), document, procedure)
    for place, register in enumerate(procedure.registers):
        path: Path = ("registers", place)
        yield from _kept(path, register.at, register.for_each, procedure)
        yield from _filled_later(path, register, steps)
        yield from _told_of(path, register, procedure)
    for key in ("documents", "registers", "clocks"):
        for place, name in _repeated(part.id for part in getattr(procedure, key)):
            yield (key, place, "id"), _("%(name)s stands here twice.", name=name)


def _filled_later(path: Path, register: "Register", steps: set[str]) -> Found:
    for step in register.filled_at:
        if step not in steps:
            yield (*path, "filled_at"), unknown("step", step, steps)
    for column in register.follows:
        if column not in register.columns:
            yield (*path, "follows"), unknown("column", column, set(register.columns))


def _told_of(path: Path, register: "Register", procedure: "Procedure") -> Found:
    """Yield where a column asks who did a step that is not there, or for a column of rows that no table has."""
    for column, text in register.columns.items():
        for source in sources_of(text):
            yield from _told_by((*path, "columns", column), source, procedure)


def _told_by(path: Path, source: ColumnSource, procedure: "Procedure") -> Found:
    steps = {step.id: step for step in procedure.steps}
    match source:
        case Doing(step=step, lane=lane):
            if step not in steps:
                yield path, unknown("step", step, steps)
            elif lane is not None and lane not in steps[step].by:
                yield path, unknown("performer", lane, steps[step].by)
        case InRows(table=table, column=inner):
            tables = {name: spec.columns for name, spec in procedure.fields.items() if spec.columns}
            if table not in tables:
                yield path, unknown("table", table, tables)
            elif inner not in tables[table]:
                yield path, unknown("column", inner, tables[table])


def _kept(path: Path, at: str, for_each: str | None, procedure: "Procedure") -> Found:
    steps = {step.id for step in procedure.steps}
    if at not in steps:
        yield (*path, "at"), unknown("step", at, steps)
    if for_each is not None:
        yield from _of_type((*path, "for_each"), for_each, (*_LISTS, "person"), procedure)


def _clocks(procedure: "Procedure") -> Found:
    from laksana.sop.definition import Limit, Moment

    steps = {step.id for step in procedure.steps}
    for place, clock in enumerate(procedure.clocks):
        path: Path = ("clocks", place)
        if isinstance(clock.from_, Moment):
            if clock.from_.field:
                yield from _of_type((*path, "from"), clock.from_.field, ("date", "datetime"), procedure)
        elif clock.from_ not in steps:
            yield (*path, "from"), unknown("step", clock.from_, steps)
        if clock.to not in steps | {END}:
            yield (*path, "to"), unknown("step", clock.to, steps | {END})
        yield from (
            ((*path, "pauses_at"), unknown("step", n, steps)) for n in clock.pauses_at if n not in steps
        )
        if isinstance(clock.limit, Limit) and clock.limit.by:
            yield from _chosen_by((*path, "limit"), clock.limit.by, clock.limit.choose, procedure)


# -- what the calendar opens -----------------------------------------------------------------------------------------

PERIOD = frozenset(
    {"tahun", "bulan", "triwulan", "semester", "bulan_tahun", "hari_pertama", "hari_terakhir", "saat"}
)
"""What a period tells of itself to the values of `known`."""


def _openings(procedure: "Procedure") -> Found:
    asked = set(procedure.steps[0].asks)
    for place, _id in _repeated(opening.id for opening in procedure.opens):
        yield ("opens", place, "id"), _("A second opening is called %(id)s.", id=_id)
    for place, opening in enumerate(procedure.opens):
        path: Path = ("opens", place)
        if opening.follows:
            yield from _of_type((*path, "follows"), opening.follows, ("date", "datetime"), procedure)
        yield from (
            ((*path, "of"), unknown("field", name, procedure.fields))
            for name in opening.of
            if name not in procedure.fields
        )
        told = procedure.fields.keys() if opening.follows else PERIOD if opening.each else frozenset()
        for name, value in opening.known.items():
            if name not in asked:
                yield (*path, "known", name), unknown("field of the first step", name, asked)
            for used in sorted(value.names - told):
                yield (*path, "known", name), unknown("value told here", used, told)
        for name in opening.same:
            if opening.known and name not in opening.known:
                yield (*path, "same"), unknown("value told here", name, opening.known)
        yield from _opened_for(path, opening, procedure)


def _opened_for(path: Path, opening: "Opening", procedure: "Procedure") -> Found:
    """Yield whom a case cannot be opened for; what is found in Python may bring the person along."""
    own = any(procedure.performers[lane].holder.kind is Kind.INITIATOR for lane in procedure.steps[0].by)
    if own and opening.for_ is None and opening.found is None:
        yield path, _("The first step is done by whoever starts the case; say for whom it opens.")
    if opening.for_ is not None and not own:
        yield (*path, "for"), _("The first step says already whose desk it lies on.")


# -- expressions -----------------------------------------------------------------------------------------------------


def _names(procedure: "Procedure") -> Found:
    decisions = {outcome_name(step.id): step for step in procedure.steps if step.is_decision}
    everywhere = {*procedure.fields, *decisions, *_row_names(procedure), *_BY_ENGINE}
    for path, expression, in_row in expressions(procedure):
        known = everywhere | (_columns_at(path, procedure).keys() if in_row else set())
        for name in sorted(expression.names - known):
            text = unknown("field, nor the id (with _) of a decision", name, known)
            yield path, text
        for name in sorted(expression.names & decisions.keys() & procedure.fields.keys()):
            text = _(
                "%(name)s is both a field and a decision; rename one, so that this can be read one way.",
                name=name,
            )
            yield path, text


def _row_names(procedure: "Procedure") -> set[str]:
    """Return the columns that rows of `for_each` bring into a case's data."""
    listed = [procedure.fields[f] for f in _row_fields(procedure) if f in procedure.fields]
    return {column for spec in listed for column in spec.columns or {}} | ({"value"} if listed else set())


def _columns_at(path: Path, procedure: "Procedure") -> Mapping[str, "FieldSpec"]:
    """Return the columns of the table whose row an expression at this place speaks of."""
    field = path[1]
    if path[0] == "steps" and isinstance(field, int):
        step = procedure.steps[field]
        field = step.for_each.field if step.for_each else ""
    spec = procedure.fields.get(str(field))
    return (spec.columns or {}) if spec else {}


def _literals(procedure: "Procedure") -> Found:
    """Check that a name is compared only with what it can be: a choice of the field, an outcome of the decision."""
    outcomes = {outcome_name(s.id): s.outcomes for s in procedure.steps if s.is_decision}
    for path, expression, in_row in expressions(procedure):
        columns = _columns_at(path, procedure) if in_row else {}
        for name, literal in expression.comparisons():
            if name in columns or literal is None or literal == "":
                continue
            spec = procedure.fields.get(name)
            possible: Collection[str] | None = spec.choices if spec else outcomes.get(name)
            if possible is not None and literal not in possible:
                yield path, unknown("value of " + name, str(literal), possible)


def _sums(procedure: "Procedure") -> Found:
    """Check that only numbers are reckoned with: of anything else a sum is nothing, and nobody would be told."""
    for path, expression, in_row in expressions(procedure):
        specs = {**procedure.fields, **(_columns_at(path, procedure) if in_row else {})}
        for name in expression.reckoned():
            if name in specs and specs[name].type not in _NUMBERS:
                text = _(
                    "Only numbers are added, subtracted, multiplied or divided; %(name)s is of type %(type)s.",
                    name=name,
                    type=specs[name].type,
                )
                yield path, text


def _outcomes(procedure: "Procedure") -> Found:
    for place, step in enumerate(procedure.steps):
        outcome = step.skip_if.outcome if step.skip_if else None
        if outcome is not None and outcome not in step.outcomes:
            yield ("steps", place, "skip_if", "outcome"), unknown("outcome", outcome, step.outcomes)


def _related(procedure: "Procedure") -> Found:
    if procedure.id in procedure.related:
        yield ("related", procedure.related.index(procedure.id)), _("A procedure is not related to itself.")
    for place, other in _repeated(procedure.related):
        yield ("related", place), _("%(name)s stands here twice.", name=other)


def _repeated(names: Iterable[str]) -> Iterator[tuple[int, str]]:
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        if seen[name]:
            yield place, name
        seen[name] += 1


def unknown(kind: str, name: str, known: Collection[str]) -> Message:
    """Say that a name is unknown, and which known one is nearest to it."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=0.7)
    if near:
        return _("%(name)s is no %(kind)s here; is %(near)s meant?", name=name, kind=kind, near=near[0])
    return _("%(name)s is no %(kind)s here.", name=name, kind=kind)


Check = Callable[["Procedure"], Found]
_CHECKS: tuple[Check, ...] = (
    _step_ids,
    _targets,
    _gathers,
    _lanes,
    _bindings,
    _fields,
    _asked,
    _papers,
    _clocks,
    _openings,
    _names,
    _literals,
    _sums,
    _outcomes,
    _related,
)
