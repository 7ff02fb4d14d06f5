"""How a case moves on: what the net's firing opens, closes and waits for becomes work items, instances and their desks."""

from collections.abc import Iterator
from typing import Any

from laksana.cases.engine import ticking
from laksana.cases.engine.desk import SYSTEM, is_unattended
from laksana.cases.engine.marking import path_of, text_of
from laksana.cases.engine.rows import is_optional
from laksana.cases.engine.run import Run
from laksana.cases.models import Instance as InstanceRow
from laksana.cases.models import WorkItem
from laksana.sop import flow
from laksana.sop.definition import Step
from laksana.sop.flow import Change, Instance
from laksana.sop.form import to_json


def open_first(run: Run) -> None:
    """Open the first step of a new case."""
    run.marking, change = flow.begin(run.net, _counting(run))
    _apply(run, change)


def advance(
    run: Run, step: str, instance: Instance, targets: tuple[str, ...], *, conclude: bool = False
) -> None:
    """Fire an enabled step and open what follows."""
    _apply(run, flow.fire(run.net, run.marking, step, instance, targets, _counting(run), conclude=conclude))


def go_on_without(run: Run, instance: Instance, maker: Step, outcome: str | None, *, conclude: bool) -> None:
    """Gather what is left beside an instance just withdrawn, if nothing else is waited for."""
    targets = run.procedure.successors(maker).get(outcome, ())
    change = flow.go_on_without(
        run.net, run.marking, maker.id, instance[:-1], targets, _counting(run), conclude=conclude
    )
    _apply(run, change)


def reopen(run: Run, step: Step, instance: Instance) -> None:
    """Open a step again for an instance that stands nowhere else."""
    _apply(run, flow.reopen(run.net, run.marking, step.id, instance))


def withdraw(run: Run, instance: Instance) -> None:
    """End an instance, and everything below it, as taken back by its giver."""
    for item in [item for item in run.items if path_of(item.instance)[: len(instance)] == instance]:
        run.close(item, WorkItem.State.RECALLED)
    for path in flow.withdraw(run.marking, instance).finished:
        _set_instance(run, path, InstanceRow.State.WITHDRAWN)


def _counting(run: Run) -> flow.Rows:
    return lambda step, instance: len(_rows_of(run, step, instance))


def _rows_of(run: Run, step_id: str, instance: Instance) -> list[dict[str, Any]]:
    """Return the rows that a `for_each` step runs over, those left out by `where` removed."""
    spec = run.procedure.step(step_id).for_each
    if spec is None:
        return []
    given = run.values(instance).get(spec.field) or []
    rows = [dict(row) if isinstance(row, dict) else {spec.field: row, "value": row} for row in given]
    return [row for row in rows if spec.where is None or spec.where.holds(row)]


def _apply(run: Run, change: Change) -> None:
    _make_instances(run, change)
    for path in change.finished:
        _set_instance(run, path, InstanceRow.State.FINISHED)
    for path in run.marking.gathered:
        _set_instance(run, path, InstanceRow.State.GATHERED)
    for step_id, instance in change.closed:
        for item in run.items_at(step_id, instance):
            run.close(item, WorkItem.State.WITHDRAWN)
    for step_id, instance in change.waiting:
        _wait(run, run.procedure.step(step_id), instance)
    for step_id, instance in change.opened:
        _open(run, run.procedure.step(step_id), instance)


def _make_instances(run: Run, change: Change) -> None:
    rows: dict[tuple[str, Instance], Iterator[dict[str, Any]]] = {}
    for path, maker in change.made:
        parent = path[:-1]
        if (maker, parent) not in rows:
            rows[maker, parent] = iter(_rows_of(run, maker, parent))
        row = InstanceRow(
            case=run.case,
            path=text_of(path),
            made_by=maker,
            row=to_json(next(rows[maker, parent])),
            made_at=run.at,
        )
        run.instances[path] = row
        if is_optional(run.procedure, maker, row.row):
            run.marking.optional.add(path)
        run.touch(row)


def _set_instance(run: Run, path: Instance, state: str) -> None:
    row = run.instances[path]
    if row.state != state:
        row.state = state
        run.touch(row)


def _wait(run: Run, step: Step, instance: Instance) -> None:
    """Let a join wait for its other branches: one item for the step, on nobody's desk."""
    waiting = run.items_at(step.id, instance)
    if not waiting:
        item = run.new_item(step, step.by[0], instance, "")
        item.state = WorkItem.State.WAITING
        return
    waiting[0].arrived = run.marking.arrived[step.id, instance]
    run.change(waiting[0])


def _open(run: Run, step: Step, instance: Instance) -> None:
    values = run.values(instance)
    if step.skip_if and step.skip_if.when.holds(values):
        _skip(run, step, instance)
    elif is_unattended(run.procedure, step):
        _item(run, step, step.by[0], instance, SYSTEM)
        run.to_run.append((step.id, instance))
    else:
        resolver, due_at = run.resolver(instance, values), run.due(step, instance, values, run.at)
        for lane in step.by:
            item = _item(run, step, lane, instance, resolver.desk(lane))
            item.due_at = due_at
            if step.timeout:
                item.timeout_at = run.calendar.deadline(run.at, step.timeout.after)
            run.opened_items.append(item)
        ticking.pause_at(run, step)


def _item(run: Run, step: Step, lane: str, instance: Instance, desk: str) -> WorkItem:
    """Return the item of a lane that is open now: that of the join which had been waiting, or a new one."""
    waiting = (item for item in run.items_at(step.id, instance) if item.state == WorkItem.State.WAITING)
    item = next(waiting, None)
    if item is None:
        return run.new_item(step, lane, instance, desk)
    item.state, item.lane, item.desk = WorkItem.State.OPEN, lane, desk
    item.arrived = run.marking.arrived[step.id, instance]
    item.opened_at, item.cause = run.at, run.case.last_event
    run.change(item)
    return item


def _skip(run: Run, step: Step, instance: Instance) -> None:
    item = _item(run, step, step.by[0], instance, SYSTEM)
    outcome = step.skip_if.outcome if step.skip_if else None
    if outcome is not None:
        item.outcome = outcome
        run.keep_outcome(step, instance, outcome)
    run.record("passed", step=step.id, item=item, data={"outcome": outcome} if outcome else {})
    run.close(item, WorkItem.State.PASSED)
    advance(run, step.id, instance, run.procedure.successors(step)[outcome])
