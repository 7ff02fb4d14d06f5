"""What a book says of steps and tables that no field holds: who did a step and when, what the rows of a table say."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case, WorkItem
from laksana.cases.services import text_of
from laksana.documents.services import Names
from laksana.registers.cells import Cell, cell, words
from laksana.sop.definition import FieldSpec, Procedure
from laksana.sop.performer import Kind
from laksana.sop.sources import Doing, InRows
from laksana.worktime.zone import local, local_day

_NOT_OF_THE_OFFICE = (Kind.OUTSIDE, Kind.PUBLIC, Kind.SYSTEM)


class Doings:
    """The steps of a case that are done, read when a column first asks for one."""

    def __init__(self, case: Case) -> None:
        self._case = case

    @cached_property
    def _done(self) -> list[WorkItem]:
        done = WorkItem.objects.filter(case=self._case, state=WorkItem.State.DONE)
        return list(done.select_related("done_by").order_by("done_at", "pk"))

    def cell(self, asked: Doing, situation: Situation, names: Names) -> Cell:
        """Return what a column says of the last doing of a step, as an instance sees it; None while it is not done."""
        if asked.after_the_row and asked.step != situation.step.id:
            return None
        items = self._last(asked, text_of(situation.instance))
        if not items:
            return None
        if asked.asked == "by":
            return ", ".join(dict.fromkeys(_who(item, situation.procedure) for item in items))
        at = items[-1].done_at or items[-1].opened_at
        return cell(local(at) if asked.asked == "at" else local_day(at), None, names)

    def _last(self, asked: Doing, instance: str) -> list[WorkItem]:
        """Return the items of the last doing; those that several did together have one cause."""
        items = [
            item
            for item in self._done
            if item.step == asked.step
            and asked.lane in (None, item.lane)
            and (not instance or item.instance in ("", instance))
        ]
        return [item for item in items if item.cause == items[-1].cause]


def _who(item: WorkItem, procedure: Procedure) -> str:
    lane = procedure.performers[item.lane]
    if item.done_by is None or lane.holder.kind in _NOT_OF_THE_OFFICE:
        return item.done_as or lane.title
    return str(item.done_by)


def in_rows(asked: InRows, situation: Situation, specs: Mapping[str, FieldSpec], names: Names) -> Cell:
    """Return what stands in one column of a table; a single value keeps its type."""
    spec = (specs[asked.table].columns or {})[asked.column]
    held = _filled(
        cell(row.get(asked.column), spec, names) for row in situation.values.get(asked.table) or ()
    )
    if len(held) < 2:
        return held[0] if held else None
    return "; ".join(dict.fromkeys(words(each) for each in held))


def _filled(cells: Iterable[Cell]) -> list[Cell]:
    return [each for each in cells if each is not None]
