"""Writing what an action changed: rows, events and clocks together, and what the other applications add."""

from laksana.cases import hooks
from laksana.cases.chain import link
from laksana.cases.engine import ticking
from laksana.cases.engine.attaching import place_attached
from laksana.cases.engine.run import Run
from laksana.cases.models import Case, Clock, Event, Instance, WorkItem
from laksana.cases.subject import level_of, search_text, subject_of
from laksana.prepared import Insert, Update

_insert_item, _insert_event = Insert(WorkItem), Insert(Event)
_insert_clock, _insert_instance = Insert(Clock), Insert(Instance)
_update_item = Update(
    WorkItem,
    *(
        "lane",
        "desk",
        "state",
        "arrived",
        "opened_at",
        "due_at",
        "timeout_at",
        "claimed_by",
        "claimed_at",
        "done_by",
    ),
    *("done_as", "done_at", "outcome", "minutes", "revision", "cause"),
)
_update_clock = Update(
    Clock, "state", "started_at", "due_at", "paused_at", "stopped_at", "breached_at", "extended", "changes"
)
_update_instance = Update(Instance, "data", "state")
_update_case = Update(Case, "data", "last_event", "last_hash")
_update_whole_case = Update(
    Case, "subject", "level", "state", "data", "ended_at", "last_event", "last_hash", "search_text", "sop"
)
_update_chain = Update(Case, "last_event", "last_hash")


def save(run: Run) -> None:
    """Write everything, chain the events, and let the other applications add theirs."""
    if not run.items and run.case.state == Case.State.RUNNING:
        run.case.state, run.case.ended_at = Case.State.ENDED, run.at
        ticking.stop_all(run)
        run.record("ended")
    for item in run.new_items:
        _insert_item(item)
    for item in run.changed_items:
        _update_item(item)
    for row in run.touched_instances:
        if row.pk is None:
            _insert_instance(row)
        else:
            _update_instance(row)
    _save_clocks(run)
    place_attached(run)
    _save_events(run)
    _save_case(run)
    opened = [item for item in run.opened_items if item.state == WorkItem.State.OPEN]
    hooks.after_action(run.case, run.finished_steps, opened, run.at)


def save_beside_flow(run: Run) -> None:
    """Write events and clocks only: for actions that touch neither the flow nor the data."""
    _save_clocks(run)
    _save_events(run)
    _update_chain(run.case)


def _save_clocks(run: Run) -> None:
    for clock in run.new_clocks:
        _insert_clock(clock)
    for clock in run.changed_clocks:
        _update_clock(clock)


def _save_events(run: Run) -> None:
    previous = run.case.last_hash
    for event in run.events:
        event.work_item = event.work_item  # its row has a key by now
        event.hash = previous = link(previous, run.case.number, event)
        _insert_event(event)
    run.case.last_hash = previous


def _save_case(run: Run) -> None:
    """Write the case; what lists and searches show of it is made anew only where values were given that it shows."""
    case = run.case
    described = run.describes_anew or not run.data.changed.isdisjoint(run.parsed.told)
    if case.state == Case.State.RUNNING and not described:
        _update_case(case)
        return
    values = run.values()
    case.level = level_of(run.procedure, values)
    case.subject = subject_of(run.procedure, values, case.level)
    case.search_text = search_text(case, run.procedure, values)
    _update_whole_case(case)
