"""What happened in a case, step by step, with the real working time against the standard one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from laksana.cases.models import Case, Event, WorkItem
from laksana.sop.definition import Procedure, Step


@dataclass(frozen=True)
class Entry:
    """One event as a page tells it."""

    event: Event
    step: Step | None
    actor: str
    minutes: int | None
    """Working minutes that the step really took, where a step was done."""
    late: bool

    @property
    def data(self) -> Mapping[str, Any]:
        """Return the event's data."""
        data: Mapping[str, Any] = self.event.data
        return data


_ON_COVER = ("from", "to", "clock", "due", "case")
"""What an event's data may tell one who sees only the cover of a sealed case: who had it until when, nothing that was said."""


def history(case: Case, procedure: Procedure, *, content: bool) -> Iterator[Entry]:
    """Yield the events of a case, the latest first; without `content` stripped of everything that the case holds."""
    steps = {step.id: step for step in procedure.steps}
    for event in case.events.select_related("actor", "work_item").order_by("-number"):
        if not content:
            event.data = {name: value for name, value in event.data.items() if name in _ON_COVER}
        item = event.work_item if event.kind == "completed" else None
        yield Entry(
            event=event,
            step=steps.get(event.step),
            actor=_actor(event),
            minutes=item.minutes if item else None,
            late=bool(item and item.due_at and event.at > item.due_at),
        )


def _actor(event: Event) -> str:
    if event.actor is None:  # the system; or an outside party by itself, whose submission is the evidence
        return event.acting_as if "evidence" in event.data else ""
    return f"{event.actor} ({event.acting_as})" if event.acting_as else str(event.actor)


def net_states(case: Case, at: datetime) -> dict[str, str]:
    """Return the state of each step for the map of a running case: done, now, late; steps to come are left out."""
    states: dict[str, str] = {}
    for step, state, due_at in case.work_items.values_list("step", "state", "due_at"):
        if state in (WorkItem.State.OPEN, WorkItem.State.WAITING):
            states[step] = "late" if due_at and due_at < at else "now"
        elif state in (WorkItem.State.DONE, WorkItem.State.PASSED, WorkItem.State.TIMED_OUT):
            states.setdefault(step, "done")
    return states


def steps_taken(case: Case) -> list[str]:
    """Return the steps that were done, in the order they were done."""
    done = case.work_items.filter(
        state__in=(WorkItem.State.DONE, WorkItem.State.PASSED, WorkItem.State.TIMED_OUT)
    )
    return list(done.order_by("done_at", "id").values_list("step", flat=True))
