"""Writing what an action changed: rows, events and clocks together, and what the other applications add."""

from typing import Any

from laksana.cases import hooks
from laksana.cases.chain import link
from laksana.cases.engine import ticking
from laksana.cases.engine.attaching import place_attached
from laksana.cases.engine.run import Run
from laksana.cases.models import Case, Clock, Event, WorkItem
from laksana.cases.models import Instance as InstanceRow
from laksana.cases.subject import level_of, search_text, subject_of

_ITEM_FIELDS = [
    "lane", "desk", "state", "arrived", "due_at", "timeout_at", "claimed_by", "claimed_at", "done_by", "done_as",
    "done_at", "outcome", "minutes", "revision", "opened_at", "cause",
]  # fmt: skip
_CLOCK_FIELDS = [
    "state", "started_at", "due_at", "paused_at", "stopped_at", "breached_at", "extended", "changes",
]  # fmt: skip
_CASE_FIELDS = [
    "subject", "level", "state", "data", "ended_at", "last_event", "last_hash", "search_text", "sop", "initiator",
]  # fmt: skip


def save(run: Run) -> None:
    """Write everything, chain the events, and let the other applications add theirs."""
    if not run.items and run.case.state == Case.State.RUNNING:
        run.case.state, run.case.ended_at = Case.State.ENDED, run.at
        ticking.stop_all(run)
        run.record("ended")
    WorkItem.objects.bulk_create(run.new_items)
    if run.changed_items:
        _update(run.changed_items, _ITEM_FIELDS)
    place_attached(run)
    _save_instances(run)
    if run.new_clocks:
        Clock.objects.bulk_create(run.new_clocks)
    if run.changed_clocks:
        _update(run.changed_clocks, _CLOCK_FIELDS)
    _save_events(run)
    _save_case(run)
    opened = [item for item in run.opened_items if item.state == WorkItem.State.OPEN]
    hooks.after_action(run.case, run.finished_steps, opened, run.at)


def save_beside_flow(run: Run) -> None:
    """Write events and clocks only: for actions that touch neither the flow nor the data."""
    if run.changed_clocks:
        _update(run.changed_clocks, _CLOCK_FIELDS)
    _save_events(run)
    run.case.save(update_fields=["last_event", "last_hash"])


def _save_instances(run: Run) -> None:
    new = [row for row in run.touched_instances if row.pk is None]
    old = [row for row in run.touched_instances if row.pk is not None]
    if new:
        InstanceRow.objects.bulk_create(new)
    if old:
        _update(old, ["data", "state"])


def _save_events(run: Run) -> None:
    previous = run.case.last_hash
    for event in run.events:
        event.work_item = event.work_item  # its row has a key by now
        event.hash = link(previous, run.case.number, event)
        previous = event.hash
    run.case.last_hash = previous
    Event.objects.bulk_create(run.events)


def _save_case(run: Run) -> None:
    values = run.values()
    run.case.level = level_of(run.procedure, values)
    run.case.subject = subject_of(run.procedure, values, run.case.level)
    run.case.search_text = search_text(run.case, run.procedure, values)
    run.case.save(update_fields=_CASE_FIELDS)


def _update(rows: list[Any], fields: list[str]) -> None:
    """Write rows: one plain UPDATE for one row, which is the common case and the fastest, else one bulk UPDATE."""
    if len(rows) == 1:
        rows[0].save(update_fields=fields)
    else:
        type(rows[0])._default_manager.bulk_update(rows, fields)  # noqa: SLF001  (Django's own name for it)
