"""The tree of a case's instances: whom a step that runs for each row reached, and how far each has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.models import Instance, WorkItem
from laksana.cases.services import CaseView
from laksana.people.services import desk_titles
from laksana.sop.definition import FieldSpec, Step
from laksana.sop.values import from_json_of
from laksana.web.values import Shown, shown_values


@dataclass(frozen=True)
class Work:
    """A step of an instance, done or open."""

    step: Step
    item: WorkItem
    late: bool


@dataclass
class Node:
    """One instance: for whom it is, what its row says, what was done, and the instances it made in turn."""

    instance: Instance
    title: str
    values: list[Shown]
    work: list[Work]
    children: list["Node"] = field(default_factory=list)

    @property
    def late(self) -> bool:
        """Return whether an open step of it is late."""
        return any(work.late for work in self.work)


def tree_of(view: CaseView, at: datetime) -> list[Node]:
    """Return the topmost nodes; empty for a case without instances."""
    rows = sorted(view.case.instances.all(), key=lambda row: _path(row.path))
    if not rows:
        return []
    work, titles = _work(view, at), _titles(view, rows)
    nodes: dict[tuple[int, ...], Node] = {}
    top: list[Node] = []
    for row in rows:
        columns = {name: spec for name, spec in _columns(view, row).items() if spec.type != "assignee"}
        path = _path(row.path)
        nodes[path] = Node(
            row, titles[row.pk], shown_values(columns, _typed(columns, row.row)), work.get(row.path, [])
        )
        (nodes[path[:-1]].children if path[:-1] in nodes else top).append(nodes[path])
    return top


def _path(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def _columns(view: CaseView, row: Instance) -> Mapping[str, FieldSpec]:
    spec = view.procedure.step(row.made_by).for_each
    return (view.procedure.fields[spec.field].columns or {}) if spec else {}


def _typed(columns: Mapping[str, FieldSpec], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells of a row, typed; boxes without a tick say nothing and are left out."""
    return {
        name: from_json_of(columns, name, value)
        for name, value in row.items()
        if name in columns and value is not False
    }


def _titles(view: CaseView, rows: list[Instance]) -> dict[int, str]:
    """Return instance -> whom it is for: the desk its row names, or its number."""
    desks: dict[int, str] = {}
    for row in rows:
        named = [name for name, spec in _columns(view, row).items() if spec.type == "assignee"]
        if named and row.row.get(named[0]):
            desks[row.pk] = str(row.row[named[0]])
    titles = desk_titles(set(desks.values())) if desks else {}
    return {
        row.pk: titles.get(desks.get(row.pk, ""), _("Row %(number)s") % {"number": row.path}) for row in rows
    }


def _work(view: CaseView, at: datetime) -> dict[str, list[Work]]:
    items = view.case.work_items.exclude(instance="").exclude(state=WorkItem.State.WAITING)
    work: dict[str, list[Work]] = {}
    for item in items.select_related("done_by", "claimed_by").order_by("opened_at", "id"):
        late = item.state == WorkItem.State.OPEN and item.due_at is not None and item.due_at < at
        work.setdefault(item.instance, []).append(Work(view.procedure.step(item.step), item, late))
    return work
