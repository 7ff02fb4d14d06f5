"""Of each step: how long it waited until somebody took it up, and how long it was worked on from then on."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from laksana.cases.models import WorkItem
from laksana.measurement.counting import Period, times
from laksana.measurement.histogram import Histogram
from laksana.measurement.report import Times
from laksana.worktime.services import calendar


@dataclass(frozen=True)
class StepParts:
    """The two parts of a step's time. What nobody took up before doing it is all waiting, as in `what_if`."""

    waiting: Times
    working: Times
    """Of those that were taken up."""


@dataclass
class _Counted:
    waiting: Histogram = field(default_factory=Histogram)
    working: Histogram = field(default_factory=Histogram)


def step_parts(procedure_id: str, since: datetime | None, until: datetime) -> dict[str, StepParts]:
    """Return step -> the parts of its time, over what was done from `since` to `until`; one query."""
    work_calendar, found = calendar(), defaultdict[str, _Counted](_Counted)
    done = WorkItem.objects.filter(
        Period(since, until).within("done_at"),
        case__procedure=procedure_id,
        state=WorkItem.State.DONE,
        minutes__isnull=False,
    )
    rows = done.order_by().values_list("step", "opened_at", "claimed_at", "minutes")
    for step, opened_at, claimed_at, minutes in rows:
        whole = waited = minutes or 0
        if claimed_at is not None:
            waited = min(max(work_calendar.minutes_between(opened_at, claimed_at), 0), whole)
            found[step].working.add(whole - waited)
        found[step].waiting.add(waited)
    return {step: StepParts(times(each.waiting), times(each.working)) for step, each in found.items()}
