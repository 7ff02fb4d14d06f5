"""Time out: close a step that nobody did in time, and go on where its definition says."""

from datetime import datetime

from laksana.cases.engine.marking import path_of
from laksana.cases.engine.moving import advance
from laksana.cases.engine.run import Run
from laksana.cases.engine.settling import settle
from laksana.cases.engine.transaction import atomically
from laksana.cases.models import Case, WorkItem


@atomically
def time_out(item_id: int, at: datetime) -> Case | None:
    """Let a step's time-out happen; return the case, or None when the step was done before or its time has not come."""
    case_id = WorkItem.objects.filter(pk=item_id).values_list("case_id", flat=True).first()
    if case_id is None:
        return None
    run = Run.open(case_id, at, None)
    item = next((i for i in run.items if i.pk == item_id and i.state == WorkItem.State.OPEN), None)
    if item is None or item.timeout_at is None or item.timeout_at > at:
        return None
    step, instance = run.procedure.step(item.step), path_of(item.instance)
    for open_item in run.items_at(step.id, instance):
        run.close(open_item, WorkItem.State.TIMED_OUT)
    run.record(
        "timed-out", step=step.id, item=item, data={"after": str(step.timeout.after) if step.timeout else ""}
    )
    advance(run, step.id, instance, run.net.nodes[step.id].timeout)
    settle(run)
    return run.case
