"""Writing the books, inside the transaction of the step that owes a row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from laksana.cases.behaviour import Situation, behaviour
from laksana.cases.models import WorkItem
from laksana.cases.services import instance_values, path_of
from laksana.documents.services import OfficeNames, each_row, others_still_at_it, specs_over
from laksana.numbering.services import next_number
from laksana.prepared import Insert, Select
from laksana.registers.cells import Cell, cell
from laksana.registers.doings import Doings, in_rows
from laksana.registers.models import Entry
from laksana.sop.definition import FieldSpec, Register
from laksana.sop.sources import Doing, InRows, Named, Source, sources_of
from laksana.worktime.zone import local

_insert = Insert(Entry)
_entries = Select(Entry, "case_id = %s AND register = %s")
_Filler = Callable[[Situation, int], Any]
FILLED_BY_THE_BOOK: dict[str, _Filler] = {
    "no": lambda _situation, number: number,
    "nomor": lambda _situation, number: number,
    "tanggal": lambda situation, _number: local(situation.at).date(),
    "jam": lambda situation, _number: local(situation.at).time().replace(second=0, microsecond=0),
    "tahun": lambda situation, _number: str(local(situation.at).year),
    "petugas": lambda situation, _number: situation.actor.name if situation.actor else None,
    "berkas": lambda situation, _number: situation.case.number,
}
"""What a column is filled with where neither a field nor the procedure gives its value: the row's number, the date,
time and year of the entry, who made it, and the number of its case."""


def step_done(situation: Situation, item: WorkItem) -> None:
    """Write what a finished step owes to the books. A step that several do together owes it when the last has done it."""
    registers = situation.procedure.registers
    at_step = [
        r
        for r in registers
        if r.at == situation.step.id and (r.when is None or r.when.holds(situation.values))
    ]
    later = [r for r in registers if situation.step.id in r.filled_at or situation.step.id in r.tells_of]
    if not (at_step or later) or others_still_at_it(situation, item):
        return
    doings = Doings(situation.case)
    for register in at_step:
        _enter(register, situation, item, doings)
    for register in later:
        _fill(register, situation, item, doings)


def _enter(register: Register, situation: Situation, item: WorkItem, doings: Doings) -> None:
    """Write the rows of a register; done again, correct those that are there."""
    there = {} if register.each_time else _rows_of(register, situation)
    for row, seen in enumerate(each_row(situation, register.for_each)):
        if (found := there.get((item.instance, row))) is not None:
            entry, before = found
            after = row_values(register, seen, entry.number, doings)
            _add(entry, Entry.Kind.CORRECTION, _differences(before, after), item, situation.at)
            continue
        year = local(situation.at).year
        number = next_number(f"book:{situation.procedure.id}:{register.id}", year)
        _insert(
            Entry(
                procedure=situation.procedure.id,
                register=register.id,
                year=year,
                number=number,
                case=situation.case,
                work_item=item,
                instance=item.instance,
                row=row,
                values=row_values(register, seen, number, doings),
                by=situation.actor,
                at=situation.at,
            )
        )


def _fill(register: Register, situation: Situation, item: WorkItem, doings: Doings) -> None:
    """Fill in the empty columns of the case's rows, and renew those that follow the case; what else stands already stays."""
    seen: dict[str, list[Situation]] = {}
    for entry, before in _rows_of(register, situation).values():
        of = "" if item.instance else entry.instance
        if of not in seen:
            seen[of] = list(each_row(_of_instance(situation, of), register.for_each))
        if entry.row >= len(seen[of]):
            continue
        after = row_values(register, seen[of][entry.row], entry.number, doings)
        found = {
            column: held
            for column, held in after.items()
            if held is not None
            and (before.get(column) is None or (column in register.follows and held != before[column]))
        }
        _add(entry, Entry.Kind.ADDITION, found, item, situation.at)


def _of_instance(situation: Situation, path: str) -> Situation:
    """Return what a step of the whole case sees over the data of one instance, whose row it is to fill."""
    if not path:
        return situation
    return replace(situation, instance=path_of(path), values=instance_values(situation.case, path))


def _add(entry: Entry, kind: str, values: Mapping[str, Cell], item: WorkItem, at: datetime) -> None:
    if values:
        _insert(
            Entry(
                procedure=entry.procedure,
                register=entry.register,
                year=entry.year,
                number=entry.number,
                kind=kind,
                changes=entry,
                case_id=entry.case_id,
                work_item=item,
                instance=entry.instance,
                row=entry.row,
                values=values,
                by=item.done_by,
                at=at,
            )
        )


def current(entry: Entry) -> dict[str, Cell]:
    """Return a row's cells as they stand after everything added to it."""
    return _with(entry, entry.later.all())


def _with(entry: Entry, changes: Iterable[Entry]) -> dict[str, Cell]:
    values = dict(entry.values)
    for change in changes:
        values |= change.values
    return values


def row_values(register: Register, situation: Situation, number: int, doings: Doings) -> dict[str, Cell]:
    """Return the cells of a row: from what the procedure computes for it, else a field, else what the book fills by itself."""
    own = behaviour(situation.procedure.id).rows.get(register.id)
    computed = own(situation) if own else {}
    specs, names = specs_over(situation.procedure, register.for_each), OfficeNames()
    values: dict[str, Cell] = {}
    for column, text in register.columns.items():
        told = (
            _told(source, computed, situation, number, specs, names, doings) for source in sources_of(text)
        )
        values[column] = next((held for held in told if held is not None), None)
    return values


def _told(
    source: Source,
    computed: Mapping[str, Any],
    situation: Situation,
    number: int,
    specs: Mapping[str, FieldSpec],
    names: OfficeNames,
    doings: Doings,
) -> Cell:
    """Return what a source tells; None for a name that nothing fills."""
    match source:
        case Doing():
            return doings.cell(source, situation, names)
        case InRows():
            return in_rows(source, situation, specs, names)
        case Named(name):
            for known in (computed, situation.values):
                if name in known:
                    return cell(known[name], specs.get(name), names)
            fill = FILLED_BY_THE_BOOK.get(name)
            return None if fill is None else cell(fill(situation, number), None, names)


def _differences(before: Mapping[str, Cell], after: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return the columns that differ; one that the step no longer fills keeps what stands."""
    return {column: held for column, held in after.items() if held is not None and held != before.get(column)}


def _rows_of(
    register: Register, situation: Situation
) -> dict[tuple[str, int], tuple[Entry, dict[str, Cell]]]:
    """Return the rows of a case in a book, by instance and row, with their cells as they stand."""
    entries = _entries(situation.case.pk, register.id)
    changes: defaultdict[int | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        changes[entry.changes_id].append(entry)
    return {(row.instance, row.row): (row, _with(row, changes[row.pk])) for row in changes[None]}
