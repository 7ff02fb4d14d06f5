"""Doing a step: keep what was given, run its automatic action, and lead on when all who do it together have done it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from laksana.cases.behaviour import Done
from laksana.cases.engine import ticking
from laksana.cases.engine.deciding import decided_by_instances, decided_by_lanes
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.moving import advance
from laksana.cases.engine.past import Past
from laksana.cases.engine.run import Run
from laksana.cases.errors import Refused
from laksana.cases.models import Reader, WorkItem
from laksana.sop.definition import Step
from laksana.sop.flow import Instance
from laksana.sop.form import to_json


def finish(run: Run, item: WorkItem, given: Mapping[str, Any], outcome: str | None) -> None:
    """Do a step for one work item, and lead on or wait: for the others who do it too, or for the case that it starts."""
    step, instance = run.procedure.step(item.step), path_of(item.instance)
    alone = len(step.by) == 1
    values = {**given, **_computed(run, step, instance, given, outcome)}
    run.keep(values, instance)
    if outcome and alone:
        run.keep_outcome(step, instance, outcome)
    done = _automatic(run, step, instance, outcome)
    run.keep(done.values, instance)
    values |= done.values
    if done.outcome:
        outcome = done.outcome
        if alone:
            run.keep_outcome(step, instance, outcome)
    if step.is_decision and outcome not in step.outcomes:
        raise Refused(f"step {step.id} decided {outcome!r}, which is none of its outcomes")
    item.outcome = outcome or ""
    item.done_by = run.actor
    _name_readers(run, done.readers)
    run.done_now.append(Past(step.id, item.lane, item.instance, run.actor.pk if run.actor else None))
    run.record("completed", step=step.id, item=item, data=_told(values, outcome, done.readers))
    ticking.on_moments(run, step, instance, set(values), set(done.events))
    if step.starts and not _others_at_it(run, item):
        run.to_start.append(item)
        item.state = WorkItem.State.WAITING
        run.change(item)
    else:
        leave(run, item)


def leave(run: Run, item: WorkItem) -> None:
    """Close a done work item and, when nobody else has to do the step, fire it."""
    step, instance = run.procedure.step(item.step), path_of(item.instance)
    item.minutes = max(0, run.calendar.minutes_between(item.opened_at, run.at))
    others = _others_at_it(run, item)
    run.close(item, WorkItem.State.DONE)
    outcome: str | None = item.outcome or None
    decided = True
    if step.is_decision and len(step.by) > 1:
        decision = decided_by_lanes(run, step, item, others)
        decided = decision is not None
        if decision is not None:
            outcome = decision
            run.keep_outcome(step, instance, outcome)
            for other in others:
                run.close(other, WorkItem.State.WITHDRAWN)
    elif others:
        decided = False
    situation = run.situation(step, instance, outcome=outcome)
    run.finished_steps.append((replace(situation, actor=item.done_by), item))
    if decided:
        ticking.on_done(run, step, instance)
        _fire(run, step, instance, outcome)


def _others_at_it(run: Run, item: WorkItem) -> list[WorkItem]:
    return [other for other in run.items_at(item.step, path_of(item.instance)) if other is not item]


def _fire(run: Run, step: Step, instance: Instance, outcome: str | None) -> None:
    conclude = False
    if (
        run.net.nodes[step.id].gathers_itself
        and run.marking.made_by.get(instance) == step.id
        and step.is_decision
    ):
        combined = decided_by_instances(run, step, instance)
        if combined is not None:
            conclude, outcome = True, combined
            run.keep_outcome(step, instance[:-1], combined)
    advance(run, step.id, instance, run.procedure.successors(step)[outcome], conclude=conclude)


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


def _told(values: Mapping[str, Any], outcome: str | None, readers: Collection[str]) -> dict[str, Any]:
    data: dict[str, Any] = {"values": to_json(values)} if values else {}
    if outcome:
        data["outcome"] = outcome
    if readers:
        data["readers"] = list(readers)
    return data
