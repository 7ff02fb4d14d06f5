"""How the clocks of a case follow its steps: started, stopped, paused and resumed as the definition says."""

from typing import TYPE_CHECKING

from laksana.cases.engine import clocks
from laksana.cases.engine.marking import text_of
from laksana.cases.models import Clock
from laksana.sop.definition import ClockSpec, Step
from laksana.sop.flow import Instance

if TYPE_CHECKING:
    from laksana.cases.engine.run import Run


def tick(run: "Run", step: Step, instance: Instance, given: set[str]) -> None:
    """Let the clocks follow a step that was just done with values for the fields `given`."""
    if not run.procedure.clocks:
        return
    for clock in list(run.clocks):
        spec = run.spec_of(clock)
        if spec.to == step.id and _concerns(clock, instance):
            _stop(run, clock)
        elif clock.state == Clock.State.PAUSED and step.id in spec.pauses_at:
            clocks.resume(clock, spec, run.calendar, run.at)
            _changed(run, clock)
    for spec in run.procedure.clocks:
        if clocks.starts_at_step(spec, step.id) or clocks.starts_at_field(spec, given):
            _start(run, spec, step, instance)


def pause_at(run: "Run", step: Step) -> None:
    """Let those clocks stand still that do so while this step is open."""
    for clock in run.clocks:
        if clock.state == Clock.State.RUNNING and step.id in run.spec_of(clock).pauses_at:
            clocks.pause(clock, run.at)
            _changed(run, clock)


def stop_all(run: "Run") -> None:
    """Stop every clock: the case ended or was cancelled."""
    for clock in list(run.clocks):
        _stop(run, clock)


def recompute(run: "Run", step: Step, instance: Instance) -> None:
    """Set the ends of running clocks anew whose rule looks at values that this step may have changed."""
    for clock in run.clocks:
        spec = run.spec_of(clock)
        if (
            clock.state != Clock.State.RUNNING
            or clock.pk is None
            or clock.extended
            or not clocks.is_computed(spec)
        ):
            continue
        due_at = clocks.due(spec, run.situation(step, instance))
        if due_at is not None and due_at != clock.due_at:
            clock.due_at = due_at
            _changed(run, clock)


def _concerns(clock: Clock, instance: Instance) -> bool:
    path = text_of(instance)
    return clock.instance in ("", path) or path.startswith(clock.instance + ".")


def _start(run: "Run", spec: ClockSpec, step: Step, instance: Instance) -> None:
    situation = run.situation(step, instance)
    if spec.if_ is not None and not spec.if_.holds(situation.values):
        return
    due_at = clocks.due(spec, situation)
    if due_at is None:
        return
    path = text_of(instance)
    running = next((c for c in run.clocks if c.clock == spec.id and c.instance == path), None)
    if running is None:
        started_at = clocks.start_instant(spec, situation)
        clock = Clock(case=run.case, clock=spec.id, instance=path, started_at=started_at, due_at=due_at)
        run.clocks.append(clock)
        run.new_clocks.append(clock)
    elif not isinstance(
        spec.from_, str
    ):  # a step done again in a loop does not start its clock again; a new date does
        running.started_at, running.due_at = clocks.start_instant(spec, situation), due_at
        _changed(run, running)


def _stop(run: "Run", clock: Clock) -> None:
    clocks.stop(clock, run.at)
    _changed(run, clock)
    run.clocks.remove(clock)


def _changed(run: "Run", clock: Clock) -> None:
    if clock.pk is not None and clock not in run.changed_clocks:
        run.changed_clocks.append(clock)
