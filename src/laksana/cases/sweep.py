"""What time itself does: steps time out, clocks run out. A schedule calls this; it may be called as often as one likes."""

from datetime import datetime

from laksana.cases import hooks
from laksana.cases.actions.time_out import time_out
from laksana.cases.engine.run import Run
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save_events_only
from laksana.cases.models import Clock, WorkItem

_AT_ONCE = 500


def sweep(at: datetime) -> dict[str, int]:
    """Let everything happen whose time has come by `at`; return how many time-outs and breaches there were."""
    items = WorkItem.objects.filter(state=WorkItem.State.OPEN, timeout_at__lte=at).order_by("timeout_at")
    timed_out = sum(
        time_out(key, at) is not None for key in list(items.values_list("pk", flat=True)[:_AT_ONCE])
    )
    clocks = Clock.objects.filter(state=Clock.State.RUNNING, breached_at=None, due_at__lt=at).order_by(
        "due_at"
    )
    breached = sum(
        _breach(key, case, at) for key, case in list(clocks.values_list("pk", "case_id")[:_AT_ONCE])
    )
    return {"timed_out": timed_out, "breached": breached}


@atomically
def _breach(clock_id: int, case_id: int, at: datetime) -> bool:
    run = Run.open(case_id, at, None)
    clock = next((c for c in run.clocks if c.pk == clock_id), None)
    if clock is None or clock.state != Clock.State.RUNNING or clock.breached_at or clock.due_at >= at:
        return False
    clock.breached_at = at
    clock.save(update_fields=["breached_at"])
    spec = run.spec_of(clock)
    run.record(
        "clock-breached",
        data={"clock": clock.clock, "due": clock.due_at.isoformat(), "silence": spec.silence},
    )
    save_events_only(run)
    for told in hooks.on_clock_breached:
        told(run.case, clock, [item for item in run.items if item.state == WorkItem.State.OPEN], at)
    return True
