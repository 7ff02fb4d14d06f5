"""What time itself does: steps time out, clocks run out. A schedule calls this; it may be called as often as one likes."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from laksana.cases import hooks
from laksana.cases.actions.time_out import time_out
from laksana.cases.engine.run import Run
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save, save_beside_flow
from laksana.cases.models import Clock, WorkItem
from laksana.people.services import office_on

logger = logging.getLogger("laksana.cases")
_AT_ONCE = 500


def sweep(at: datetime) -> dict[str, int]:
    """Let everything happen whose time has come by `at`; return how many time-outs, breaches and failures there were."""
    items = WorkItem.objects.filter(state=WorkItem.State.OPEN, timeout_at__lte=at).order_by("timeout_at")
    out = list(items.values_list("pk", flat=True)[:_AT_ONCE])
    timed_out, failed = _each(lambda key: time_out(key, at) is not None, out)
    clocks = Clock.objects.filter(state=Clock.State.RUNNING, breached_at=None, due_at__lt=at)
    due = list(clocks.order_by("due_at").values_list("pk", flat=True)[:_AT_ONCE])
    breached, also_failed = _each(lambda key: _breach(key, at), due)
    return {"timed_out": timed_out, "breached": breached, "failed": failed + also_failed}


def release_abandoned(at: datetime) -> int:
    """Give back steps claimed by those who no longer sit at their desks (away, moved, left); return how many."""
    office = office_on(at)
    claimed = WorkItem.objects.filter(state=WorkItem.State.OPEN, claimed_by__isnull=False)
    abandoned = [
        key
        for key, desk, claimer in claimed.values_list("pk", "desk", "claimed_by")
        if ":" in desk and claimer not in office.holders(desk)
    ]
    return _each(lambda key: _release(key, at), abandoned)[0]


def _each(happen: Callable[[int], bool], keys: Sequence[int]) -> tuple[int, int]:
    """Do something for each key; one that fails is logged and keeps no other waiting. Return how many happened and failed."""
    happened = failed = 0
    for key in keys:
        try:
            happened += happen(key)
        except Exception:
            failed += 1
            logger.exception("what was due for %d did not happen", key)
    return happened, failed


@atomically
def _breach(clock_id: int, at: datetime) -> bool:
    case_id = Clock.objects.values_list("case_id", flat=True).get(pk=clock_id)
    run = Run.open(case_id, at, None)
    clock = next((c for c in run.clocks if c.pk == clock_id), None)
    if clock is None or clock.state != Clock.State.RUNNING or clock.breached_at or clock.due_at >= at:
        return False
    clock.breached_at = at
    run.changed_clocks.append(clock)
    told = {"clock": clock.clock, "due": clock.due_at.isoformat(), "silence": run.spec_of(clock).silence}
    run.record("clock-breached", data=told)
    save_beside_flow(run)
    for breached in hooks.on_clock_breached:
        breached(run.case, clock, [item for item in run.items if item.state == WorkItem.State.OPEN], at)
    return True


@atomically
def _release(item_id: int, at: datetime) -> bool:
    case_id = WorkItem.objects.values_list("case_id", flat=True).get(pk=item_id)
    run = Run.open(case_id, at, None)
    item = next((i for i in run.items if i.pk == item_id and i.claimed_by_id is not None), None)
    if item is None or item.claimed_by_id in run.office.holders(item.desk):
        return False
    item.claimed_by = item.claimed_at = None
    run.change(item)
    run.record("released", step=item.step, item=item)
    save(run)
    return True
