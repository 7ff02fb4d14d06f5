"""How the clocks of a case follow its steps: started, stopped, paused and resumed as the definition says."""

from typing import TYPE_CHECKING

from laksana.cases.engine import clocks
from laksana.cases.engine.marking import path_of, text_of
from laksana.cases.models import Clock, WorkItem
from laksana.sop.definition import ClockSpec, Step
from laksana.sop.flow import Instance

if TYPE_CHECKING:
    from laksana.cases.engine.run import Run


def on_moments(run: "Run", step: Step, instance: Instance, fields: set[str], events: set[str]) -> None:
    """Start the clocks that wait for a field just given or an event that has come, and count anew those that depend on values."""
    for spec in run.procedure.clocks:
        if clocks.starts_at_moment(spec, fields, events):
            _start(run, spec, step, instance)
    if fields and run.procedure.clocks:
        recompute(run)


def on_done(run: "Run", step: Step, instance: Instance) -> None:
    """Let the clocks follow a step that is done by all who do it together."""
    if not run.procedure.clocks:
        return
    for clock in list(run.clocks):
        if run.spec_of(clock).to == step.id and _is_met(run, clock, step, instance):
            _stop(run, clock)
    for spec in run.procedure.clocks:
        if clocks.starts_at_step(spec, step.id):
            _start(run, spec, step, instance)


def pause_at(run: "Run", step: Step) -> None:
    """Let those clocks stand still that do so while this step is open."""
    if not any(step.id in spec.pauses_at for spec in run.procedure.clocks):
        return
    for clock in run.clocks:
        if clock.state == Clock.State.RUNNING and step.id in run.spec_of(clock).pauses_at:
            clocks.pause(clock, run.at)
            _changed(run, clock)


def resume_after(run: "Run", item: WorkItem) -> None:
    """Let those clocks go on that stood still for the step of an item just closed, however it was closed."""
    pausing = [spec for spec in run.procedure.clocks if item.step in spec.pauses_at]
    if not pausing or item.state == WorkItem.State.WAITING:
        return
    for clock in run.clocks:
        spec = run.spec_of(clock)
        if spec not in pausing or clock.state != Clock.State.PAUSED:
            continue
        if not any(other.step in spec.pauses_at for other in run.items):
            step, instance = run.procedure.step(item.step), path_of(clock.instance)
            clocks.resume(clock, spec, run.situation(step, instance), run.at)
            _changed(run, clock)


def after_recall(run: "Run", instance: Instance) -> None:
    """Stop the clocks of an instance just withdrawn, and those of what it came from that waited for nothing but it."""
    for clock in list(run.clocks):
        own, to = path_of(clock.instance), run.spec_of(clock).to
        is_its_own, is_above = own[: len(instance)] == instance, own == instance[: len(own)]
        if is_its_own or (is_above and _doers_below(run, own, to) and _all_did(run, own, to)):
            _stop(run, clock)


def stop_all(run: "Run") -> None:
    """Stop every clock: the case ended or was cancelled."""
    for clock in list(run.clocks):
        _stop(run, clock)


def recompute(run: "Run") -> None:
    """Set the ends of running clocks anew whose rule or limit looks at values, which this step may have changed."""
    for clock in run.clocks:
        spec = run.spec_of(clock)
        if clock.state != Clock.State.RUNNING or not clocks.is_computed(spec):
            continue
        situation = run.situation(origin(run, spec), path_of(clock.instance))
        due_at = clocks.due(spec, situation, clock.started_at, clock.changes)
        if due_at is not None and due_at != clock.due_at:
            clock.due_at = due_at
            _changed(run, clock)


def origin(run: "Run", spec: ClockSpec) -> Step:
    """Return the step at which a clock starts: its own, or the first that asks for its field."""
    if isinstance(spec.from_, str):
        return run.procedure.step(spec.from_)
    return next(
        (step for step in run.procedure.steps if spec.from_.field in step.asks), run.procedure.steps[0]
    )


def _is_met(run: "Run", clock: Clock, step: Step, instance: Instance) -> bool:
    """Return whether a step done for an instance ends a clock: its own, or one of the whole when all others have done it too."""
    own = path_of(clock.instance)
    if instance[: len(own)] != own:
        return False
    return instance == own or _all_did(run, own, step.id)


def _leaves(run: "Run", own: Instance) -> list[Instance]:
    """Return the unfinished instances below one that have made none themselves."""
    below = [i for i in run.marking.made_by if len(i) > len(own) and i[: len(own)] == own]
    return [i for i in below if not any(len(j) > len(i) and j[: len(i)] == i for j in below)]


def _doers_below(run: "Run", own: Instance, step: str) -> set[str]:
    done = {past.instance for past in run.everything_done() if past.step == step}
    return done & {text_of(leaf) for leaf in _leaves(run, own)}


def _all_did(run: "Run", own: Instance, step: str) -> bool:
    """Return whether all leaves below an instance have done a step, or have gone past it."""
    done = _doers_below(run, own, step)
    return all(leaf in run.marking.gathered or text_of(leaf) in done for leaf in _leaves(run, own))


def _start(run: "Run", spec: ClockSpec, step: Step, instance: Instance) -> None:
    situation = run.situation(step, instance)
    if spec.if_ is not None and not spec.if_.holds(situation.values):
        return
    started_at = clocks.start_instant(spec, situation)
    if started_at is None:
        return
    path = text_of(instance)
    running = next((c for c in run.clocks if c.clock == spec.id and c.instance == path), None)
    if running is not None and isinstance(spec.from_, str):
        return  # a step done again in a loop does not start its clock again; a new date does
    due_at = clocks.due(spec, situation, started_at, running.changes if running else ())
    if due_at is None:
        return
    clock = running or Clock(case=run.case, clock=spec.id, instance=path)
    clock.started_at, clock.due_at = started_at, due_at
    if running is not None:
        _changed(run, clock)
        return
    run.clocks.append(clock)
    run.new_clocks.append(clock)
    if any(item.step in spec.pauses_at for item in run.items if item.step != step.id):
        clocks.pause(clock, run.at)


def _stop(run: "Run", clock: Clock) -> None:
    clocks.stop(clock, run.at)
    _changed(run, clock)
    run.clocks.remove(clock)


def _changed(run: "Run", clock: Clock) -> None:
    if clock.pk is not None and clock not in run.changed_clocks:
        run.changed_clocks.append(clock)
