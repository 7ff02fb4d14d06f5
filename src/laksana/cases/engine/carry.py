"""Carrying a case on: doing a step, running what runs by itself, starting other cases and coming back from them."""

from collections.abc import Collection, Mapping
from typing import Any

from laksana.cases.behaviour import Done
from laksana.cases.definitions import in_force, parsed
from laksana.cases.engine import ticking
from laksana.cases.engine.desk import SYSTEM
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.outcome import combine
from laksana.cases.engine.run import OUTCOMES, Past, Run
from laksana.cases.engine.writing import save
from laksana.cases.errors import Refused
from laksana.cases.models import Case, Reader, WorkItem
from laksana.cases.rights import escalate
from laksana.cases.subject import level_of
from laksana.numbering.services import next_number
from laksana.people.models import Person
from laksana.sop.definition import Step
from laksana.sop.flow import Instance
from laksana.sop.form import to_json
from laksana.worktime.zone import local_day

_MOST_UNATTENDED = 200
"""Automatic steps in one action; more means that a flow turns in a circle without anybody."""


def finish(run: Run, item: WorkItem, given: Mapping[str, Any], outcome: str | None) -> None:
    """Do a step: keep what was given, run its automatic action, start what it starts, and open what follows."""
    step, instance = run.procedure.step(item.step), path_of(item.instance)
    values = {**given, **_computed(run, step, instance, given, outcome)}
    run.keep(values, instance, outcome=(step.id, outcome) if outcome else None)
    done = _automatic(run, step, instance, outcome)
    outcome = done.outcome or outcome
    run.keep(done.values, instance, outcome=(step.id, outcome) if outcome else None)
    values |= done.values
    _name_readers(run, done.readers)
    if step.is_decision and outcome not in step.outcomes:
        raise Refused(f"step {step.id} decided {outcome!r}, which is none of its outcomes")
    item.outcome = outcome or ""
    run.done_now.append(Past(step.id, item.lane, item.instance, run.actor.pk if run.actor else None))
    run.finished_steps.append((run.situation(step, instance, outcome=outcome), item))
    told = _told(values, outcome) | ({"readers": list(done.readers)} if done.readers else {})
    run.record("completed", step=step.id, item=item, data=told)
    ticking.tick(run, step, instance, set(values))
    ticking.recompute(run, step, instance)
    if step.starts and _start_other(run, step, item, instance) and step.waits:
        item.state = WorkItem.State.WAITING
        item.done_by = run.actor
        run.change(item)
        return
    leave(run, item)


def leave(run: Run, item: WorkItem) -> None:
    """Close a done work item and, when nobody else has to do the step, fire it."""
    step, instance = run.procedure.step(item.step), path_of(item.instance)
    item.done_by = item.done_by or run.actor
    item.minutes = run.calendar.minutes_between(item.opened_at, run.at)
    run.close(item, WorkItem.State.DONE)
    outcome: str | None = item.outcome or None
    others = run.items_at(step.id, instance)
    if others:
        outcome = _decided(run, step, instance, len(step.by))
        if outcome is None:
            return
        for other in others:
            run.close(other, WorkItem.State.WITHDRAWN)
    elif step.is_decision and len(step.by) > 1:
        outcome = _decided(run, step, instance, len(step.by))
    _fire(run, step, instance, outcome)


def _fire(run: Run, step: Step, instance: Instance, outcome: str | None) -> None:
    conclude = False
    if (
        run.net.nodes[step.id].gathers_itself
        and run.marking.made_by.get(instance) == step.id
        and step.is_decision
    ):
        combined = _combined_over_instances(run, step, instance)
        conclude = combined is not None
        outcome = combined or outcome
        if combined is not None:
            run.keep({}, instance[:-1], outcome=(step.id, combined))
    run.advance(step.id, instance, run.procedure.successors(step)[outcome], conclude=conclude)


def _decided(run: Run, step: Step, instance: Instance, total: int) -> str | None:
    """Return the outcome of a decision that several lanes take together, None while it is open."""
    if not step.is_decision:
        return None
    path = ".".join(map(str, instance))
    since = max((item.opened_at for item in run.changed_items if item.step == step.id), default=run.at)
    earlier = WorkItem.objects.filter(
        case=run.case, step=step.id, instance=path, state=WorkItem.State.DONE, opened_at__gte=since
    ).values_list("outcome", flat=True)
    now = [
        item.outcome
        for item in run.changed_items
        if item.step == step.id and item.state == WorkItem.State.DONE
    ]
    return combine(step.agree, tuple(step.outcomes), [*earlier, *now], total)


def _combined_over_instances(run: Run, step: Step, instance: Instance) -> str | None:
    siblings = [i for i, maker in run.marking.made_by.items() if maker == step.id and i[:-1] == instance[:-1]]
    answers = [
        label for i in siblings if (label := run.instances[i].data.get(OUTCOMES, {}).get(step.id)) is not None
    ]
    return combine(step.agree, tuple(step.outcomes), answers, len(siblings))


def _computed(
    run: Run, step: Step, instance: Instance, given: Mapping[str, Any], outcome: str | None
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for compute in run.behaviour.computed.get(step.id, ()):
        seen = {**run.values(instance), **given, **values}
        values |= compute(run.situation(step, instance, seen, outcome))
    return values


def _automatic(run: Run, step: Step, instance: Instance, outcome: str | None) -> Done:
    action = run.behaviour.automatics.get(step.auto or "")
    return action(run.situation(step, instance, outcome=outcome)) if action else Done()


def _name_readers(run: Run, desks: Collection[str]) -> None:
    readers = [Reader(case=run.case, desk=desk, since=run.at) for desk in desks]
    if readers:
        Reader.objects.bulk_create(readers, ignore_conflicts=True)


def _told(values: Mapping[str, Any], outcome: str | None) -> dict[str, Any]:
    data: dict[str, Any] = {"values": to_json(values)} if values else {}
    return data | ({"outcome": outcome} if outcome else {})


def run_unattended(run: Run) -> None:
    """Do every step that the system does by itself, until people have the case again."""
    count = 0
    while run.to_run:
        count += 1
        if count > _MOST_UNATTENDED:
            raise Refused("the procedure turns in a circle of automatic steps; its definition must be mended")
        step_id, instance = run.to_run.pop(0)
        for item in run.items_at(step_id, instance):
            if item.desk == SYSTEM:
                actor, run.actor = run.actor, None
                try:
                    finish(run, item, {}, None)
                finally:
                    run.actor = actor


def settle(run: Run, *, back: bool = True) -> None:
    """End an action: run what runs by itself, see to four eyes, write everything, and go back to a case that waits for this."""
    run_unattended(run)
    for item in run.new_items:
        if item.state == WorkItem.State.OPEN:
            escalate(run, run.procedure.step(item.step), item)
    save(run)
    if back and run.case.state != Case.State.RUNNING and run.case.starter_id is not None:
        _come_back(run)


def new_case(
    procedure_id: str,
    run_at: Any,
    *,
    initiator: Person | None,
    data: Mapping[str, Any],
    starter: WorkItem | None = None,
    key: Any = None,
) -> Run:
    """Return a new case with its first step open; the caller settles it. Raises NotFound for a procedure not in force."""
    day = local_day(run_at)
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
        opened_at=run_at,
    )
    run = Run.new(case, run_at, initiator, key)
    run.record("started", data={"values": to_json(data)} if data else {})
    run.begin()
    return run


def _start_other(run: Run, step: Step, item: WorkItem, instance: Instance) -> bool:
    """Start the other procedure that a step starts; return whether its case is running now."""
    starts = step.starts
    if starts is None:
        return False
    values = run.values(instance)
    procedure_id = starts.procedure or starts.choose.get(str(values.get(starts.by or "")))
    if procedure_id is None:
        return False
    if item.pk is None:
        run.new_items.remove(item)
        item.save(force_insert=True)
    data = {name: expression.value(values) for name, expression in starts.hand_over.items()}
    other = new_case(procedure_id, run.at, initiator=run.actor or run.case.initiator, data=data, starter=item)
    settle(other, back=False)
    run.record("started-other", step=step.id, item=item, data={"case": other.case.number})
    if other.case.state != Case.State.RUNNING:
        _hand_back(run, step, instance, other)
    return other.case.state == Case.State.RUNNING


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
    if step.starts and step.starts.hand_back:
        values = ended.values()
        run.keep({mine: values.get(theirs) for mine, theirs in step.starts.hand_back.items()}, instance)
