"""Moving between versions: whether a running case can go on by another, and how its open steps then stand."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.definitions import Parsed
from laksana.cases.engine import clocks
from laksana.cases.engine.clock_access import situation_of
from laksana.cases.engine.desk import SYSTEM, is_unattended
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.reachability import State, TooManyStatesError, states_of_case, states_of_row
from laksana.cases.engine.run import Run
from laksana.cases.engine.values import OUTCOMES, Values
from laksana.cases.models import Case, Clock, SopVersion, WorkItem
from laksana.sop.definition import FieldSpec
from laksana.sop.flow import Instance, Marking
from laksana.sop.values import Invalid, from_json, parse


def obstacles(run: Run, target: Parsed, to: SopVersion) -> Iterator[str]:
    """Yield why a case cannot go on by another version; nothing when it can."""
    if to.procedure != run.case.procedure:
        yield _("This is a version of another procedure (%(procedure)s).") % {"procedure": to.procedure}
        return
    if run.case.sop_id == to.pk:
        yield _("The case runs on this version already.")
    if run.case.state != Case.State.RUNNING:
        yield _("The case is no longer running.")
    missing = list(_missing_steps(run, target))
    yield from missing
    yield from _changed_lanes(run, target)
    yield from _missing_clocks(run, target)
    yield from _unfit_values(run, target)
    if not missing:
        yield from _unknown_states(run, target)


def _missing_steps(run: Run, target: Parsed) -> Iterator[str]:
    for step in sorted({item.step for item in run.items} - target.net.nodes.keys()):
        yield _("The case stands at step %(step)s, which the new version does not have.") % {"step": step}
    for maker in sorted(set(run.marking.made_by.values())):
        if maker not in target.net.nodes or not target.net.nodes[maker].spawns:
            yield _("Step %(step)s runs for several, which it does not in the new version.") % {"step": maker}


def _changed_lanes(run: Run, target: Parsed) -> Iterator[str]:
    for step_id in sorted({item.step for item in run.items} & target.net.nodes.keys()):
        before, after = run.procedure.step(step_id).by, target.procedure.step(step_id).by
        if set(before) != set(after) and len(before) + len(after) > 2:
            yield _("Step %(step)s is done together by others in the new version.") % {"step": step_id}


def _missing_clocks(run: Run, target: Parsed) -> Iterator[str]:
    known = {spec.id for spec in target.procedure.clocks}
    running = Clock.objects.filter(case=run.case, stopped_at=None).values_list("clock", flat=True)
    for clock in sorted(set(running) - known):
        yield _("The time limit %(clock)s is running and not in the new version.") % {"clock": clock}


def _unfit_values(run: Run, target: Parsed) -> Iterator[str]:
    held = [run.case.data, *(row.data for row in run.instances.values())]
    for name in sorted({name for data in held for name in data} - {OUTCOMES}):
        spec = target.procedure.fields.get(name)
        former = run.procedure.fields.get(name)
        values = [data[name] for data in held if data.get(name) is not None]
        if values and (spec is None or former is None):
            yield _("The field %(field)s has a value and is not in the new version.") % {"field": name}
        elif spec and former and not all(_fits(former, spec, value) for value in values):
            yield _("What the field %(field)s holds does not fit the new version.") % {"field": name}


def _fits(former: FieldSpec, spec: FieldSpec, value: Any) -> bool:
    if former.type != spec.type:
        return False
    if spec.columns is not None:
        columns: Mapping[str, FieldSpec] = former.columns or {}
        return all(
            column in spec.columns and (cell is None or _fits(columns[column], spec.columns[column], cell))
            for row in value
            for column, cell in row.items()
            if column in columns
        )
    try:
        parse(spec, from_json(spec, value))
    except Invalid:
        return False
    return True


def _unknown_states(run: Run, target: Parsed) -> Iterator[str]:
    """Yield an obstacle where a case, or a row of it, stands as none ever does in the new flow: it might never end."""
    try:
        known = states_of_case(target.net)
        stands = _state(run.marking, (), target)
        if stands and stands not in known:
            yield _(
                "With these steps open at once the case could not end by the new flow: %(steps)s."
            ) % _told(stands)
        for row, maker in run.marking.made_by.items():
            stands = _state(run.marking, row, target)
            if row not in run.marking.gathered and stands not in states_of_row(target.net, maker):
                yield _(
                    "A row of the case could not be gathered by the new flow from here: %(steps)s."
                ) % _told(stands)
    except TooManyStatesError:
        yield _("The new flow has too many branches side by side to tell whether the case could end.")


def _state(marking: Marking, instance: Instance, target: Parsed) -> State:
    """Return how a case or a row stands by itself; rows that it made stand for the step that made them."""
    tokens = {step: count for (step, path), count in marking.arrived.items() if path == instance}
    tokens |= {
        maker: target.net.nodes[maker].need for row, maker in marking.made_by.items() if row[:-1] == instance
    }
    return frozenset(tokens.items())


def _told(state: State) -> dict[str, str]:
    return {"steps": ", ".join(sorted(step for step, _count in state))}


def move(run: Run, target: Parsed, to: SopVersion) -> None:
    """Let a case go on by another version: its open steps get the lanes, desks and times that this one gives them."""
    run.case.sop, run.parsed = to, target
    run.data = Values(run.case, run.procedure, run.instances)
    run.describes_anew = True
    for item in list(run.items):
        if item.state == WorkItem.State.OPEN:
            _move_item(run, item)
    for clock in run.clocks:
        spec = run.spec_of(clock)
        due_at = clocks.due(spec, situation_of(run, clock, spec), clock.started_at, clock.changes)
        if due_at is not None and due_at != clock.due_at:
            clock.due_at = due_at
            run.changed_clocks.append(clock)


def _move_item(run: Run, item: WorkItem) -> None:
    step, instance = run.procedure.step(item.step), path_of(item.instance)
    former = item.desk
    item.lane = item.lane if item.lane in step.by else step.by[0]
    run.change(item)
    if is_unattended(run.procedure, step):
        item.desk, item.due_at, item.timeout_at = SYSTEM, None, None
        run.to_run.append((step.id, instance))
        return
    values = run.values(instance)
    if not former.startswith("person:"):  # one that was delegated stays where it is
        item.desk = run.resolver(instance, values).desk(item.lane)
    item.due_at = run.due(step, instance, values, item.opened_at)
    timeout = step.timeout
    item.timeout_at = run.calendar.deadline(item.opened_at, timeout.after) if timeout else None
    if item.desk != former:
        run.opened_items.append(item)
