"""Ending an action: what runs by itself, cases of other procedures that start or come back, four eyes, and writing it all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from laksana.cases.definitions import in_force, parsed
from laksana.cases.engine.desk import SYSTEM
from laksana.cases.engine.doing import finish, leave
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.moving import open_first
from laksana.cases.engine.run import Run
from laksana.cases.engine.writing import save
from laksana.cases.errors import Refused
from laksana.cases.models import Case, WorkItem
from laksana.cases.rights import escalate
from laksana.cases.subject import level_of
from laksana.numbering.services import next_number
from laksana.people.models import Person
from laksana.sop.definition import Start, Step
from laksana.sop.flow import Instance
from laksana.sop.form import to_json
from laksana.worktime.zone import local_day

_MOST_UNATTENDED = 200
"""Automatic steps in one action; more means that a flow turns in a circle without anybody."""


def settle(run: Run, *, back: bool = True) -> None:
    """End an action: run what runs by itself, see to four eyes, write everything, and go back to a case that waits for this."""
    turns = 0
    while run.to_start or run.to_run:
        turns += 1
        if turns > _MOST_UNATTENDED:
            raise Refused("the procedure turns in a circle of automatic steps; its definition must be mended")
        if run.to_start:
            _start_other(run, run.to_start.pop(0))
        else:
            _run_unattended(run, *run.to_run.pop(0))
    for item in run.opened_items:
        if item.state == WorkItem.State.OPEN:
            escalate(run, run.procedure.step(item.step), item)
    save(run)
    if back and run.case.state != Case.State.RUNNING and run.case.starter_id is not None:
        _come_back(run)


def _run_unattended(run: Run, step_id: str, instance: Instance) -> None:
    for item in run.items_at(step_id, instance):
        if item.desk == SYSTEM:
            actor, run.actor = run.actor, None
            try:
                finish(run, item, {}, None)
            finally:
                run.actor = actor


def new_case(
    procedure_id: str,
    at: datetime,
    *,
    initiator: Person | None,
    data: Mapping[str, Any],
    starter: WorkItem | None = None,
    key: UUID | None = None,
    by_system: bool = False,
) -> Run:
    """Return a new case with its first step open; the caller settles it. Raises NotFound for a procedure not in force.

    `by_system`: the system opens it for its initiator, who has done nothing yet.
    """
    day = local_day(at)
    sop = in_force(procedure_id, day)
    procedure = parsed(sop.pk).procedure
    number = next_number(f"case:{procedure_id}", day.year)
    case = Case.objects.create(
        number=f"{procedure.number_prefix}/{day.year}/{number:04d}",
        sop=sop,
        procedure=procedure_id,
        level=level_of(procedure, data),
        initiator=initiator,
        starter=starter,
        data=to_json(data),
        opened_at=at,
    )
    run = Run.new(case, at, None if by_system else initiator, key)
    run.describes_anew = True
    run.record("started", data={"values": to_json(data)} if data else {})
    open_first(run)
    return run


def _start_other(run: Run, item: WorkItem) -> None:
    """Start the case that a done step starts; the step is left when it does not wait for it, or it has ended already."""
    step, instance = run.procedure.step(item.step), path_of(item.instance)
    values = run.values(instance)
    procedure_id = _chosen(step.starts, values)
    if step.starts is None or procedure_id is None:
        leave(run, item)
        return
    if item.pk is None:  # the new case names the item that started it
        run.new_items.remove(item)
        item.save(force_insert=True)
    data = {name: expression.value(values) for name, expression in step.starts.hand_over.items()}
    other = new_case(procedure_id, run.at, initiator=run.actor or run.case.initiator, data=data, starter=item)
    settle(other, back=False)
    run.record("started-other", step=step.id, item=item, data={"case": other.case.number})
    running = other.case.state == Case.State.RUNNING
    if step.waits and running:
        return
    if not running:
        _hand_back(run, step, instance, other)
    leave(run, item)


def _chosen(starts: Start | None, values: Mapping[str, Any]) -> str | None:
    if starts is None:
        return None
    return starts.procedure or starts.choose.get(str(values.get(starts.by or "")))


def _come_back(run: Run) -> None:
    """Go on in the case that waited for this one, with what it hands back."""
    starter = run.case.starter
    if starter is None:
        return
    parent = Run.open(starter.case_id, run.at, run.actor)
    item = next((i for i in parent.items if i.pk == starter.pk), None)
    if item is None:
        return  # it did not wait
    step, instance = parent.procedure.step(item.step), path_of(item.instance)
    _hand_back(parent, step, instance, run)
    parent.record(
        "other-ended", step=step.id, item=item, data={"case": run.case.number, "state": run.case.state}
    )
    leave(parent, item)
    settle(parent)


def _hand_back(run: Run, step: Step, instance: Instance, ended: Run) -> None:
    """Keep what an ended case hands back; one that was cancelled hands back nothing."""
    if step.starts and step.starts.hand_back and ended.case.state == Case.State.ENDED:
        values = ended.values()
        run.keep({mine: values.get(theirs) for mine, theirs in step.starts.hand_back.items()}, instance)
