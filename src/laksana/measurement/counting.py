"""What the database counts for a measurement: a fixed number of grouped queries, however many work items there are."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from laksana.cases.models import Case, Clock, WorkItem
from laksana.measurement.histogram import MEDIAN, NINETY, Histogram
from laksana.measurement.report import CaseCounts, ClockMeasure, Times, Waiting
from laksana.worktime.calendar import WorkCalendar


@dataclass(frozen=True)
class Period:
    """From `since` (None: from the beginning) to `until`, which is not part of it."""

    since: datetime | None
    until: datetime

    def within(self, name: str) -> Q:
        """Return the condition that an instant lies in the period."""
        return Q(**{f"{name}__lt": self.until}) & (Q(**{f"{name}__gte": self.since}) if self.since else Q())


@dataclass
class StepCounts:
    """What was counted of one step."""

    minutes: Histogram = field(default_factory=Histogram)
    on_time: int = 0
    late: int = 0
    timed_out: int = 0
    passed: int = 0
    repeats: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    waiting: list[tuple[datetime, datetime | None]] = field(default_factory=list)


def count_steps(procedure_id: str, period: Period) -> dict[str, StepCounts]:
    """Return what happened at each step in the period, and what lies there now."""
    counts: dict[str, StepCounts] = defaultdict(StepCounts)
    items = WorkItem.objects.filter(case__procedure=procedure_id)
    done = items.filter(period.within("done_at"), state=WorkItem.State.DONE)
    _count_minutes(done, counts)
    _count_repeats(done, counts)
    closed = items.filter(
        period.within("done_at"), state__in=(WorkItem.State.TIMED_OUT, WorkItem.State.PASSED)
    )
    for step, state, number in _grouped(closed, "step", "state"):
        if state == WorkItem.State.TIMED_OUT:
            counts[step].timed_out = number
        else:
            counts[step].passed = number
    for step, opened_at, due_at in items.filter(state=WorkItem.State.OPEN).values_list(
        "step", "opened_at", "due_at"
    ):
        counts[step].waiting.append((opened_at, due_at))
    return counts


def _count_minutes(done: "QuerySet[WorkItem]", counts: dict[str, StepCounts]) -> None:
    """Group by step, outcome and minutes: far fewer rows than there are items, and enough for exact percentiles."""
    on_time = Count("pk", filter=Q(done_at__lte=F("due_at")))
    late = Count("pk", filter=Q(done_at__gt=F("due_at")))
    grouped = (
        done.order_by()
        .values_list("step", "outcome", "minutes")
        .annotate(number=Count("pk"), met=on_time, missed=late)
    )
    for step, outcome, minutes, number, met, missed in grouped:
        counted = counts[step]
        if minutes is not None:
            counted.minutes.add(minutes, number)
        if outcome:
            counted.outcomes[outcome] += number
        counted.on_time += met
        counted.late += missed


def _count_repeats(done: "QuerySet[WorkItem]", counts: dict[str, StepCounts]) -> None:
    again = (
        done.order_by()
        .values("case", "step", "instance", "lane")
        .annotate(number=Count("pk"))
        .filter(number__gt=1)
    )
    for step, number in again.values_list("step", "number"):
        counts[step].repeats += number - 1


def _grouped(rows: "QuerySet[WorkItem]", *by: str) -> Iterator[tuple[str, str, int]]:
    yield from rows.order_by().values_list(*by).annotate(number=Count("pk"))


def waiting_now(
    opened: list[tuple[datetime, datetime | None]], calendar: WorkCalendar, at: datetime
) -> Waiting:
    """Return what open items make of waiting."""
    minutes = Histogram()
    for since, _due in opened:
        minutes.add(max(calendar.minutes_between(since, at), 0))
    return Waiting(
        count=len(opened),
        late=sum(due is not None and due < at for _since, due in opened),
        oldest=min((since for since, _due in opened), default=None),
        median=minutes.quantile(MEDIAN),
    )


def count_cases(procedure_id: str, period: Period, calendar: WorkCalendar) -> CaseCounts:
    """Return the cases of the period with the working minutes that the ended ones took."""
    cases = Case.objects.filter(procedure=procedure_id)
    minutes = case_minutes(procedure_id, period, calendar)
    return CaseCounts(
        started=cases.filter(period.within("opened_at")).count(),
        ended=minutes.count,
        cancelled=cases.filter(period.within("ended_at"), state=Case.State.CANCELLED).count(),
        running=cases.filter(state=Case.State.RUNNING).count(),
        times=times(minutes),
    )


def case_minutes(procedure_id: str, period: Period, calendar: WorkCalendar) -> Histogram:
    """Return the working minutes that the cases took which ended in the period."""
    minutes = Histogram()
    ended = Case.objects.filter(period.within("ended_at"), procedure=procedure_id, state=Case.State.ENDED)
    for opened_at, ended_at in ended.values_list("opened_at", "ended_at"):
        if ended_at is not None:
            minutes.add(calendar.minutes_between(opened_at, ended_at))
    return minutes


def count_clocks(procedure_id: str, period: Period) -> Iterator[ClockMeasure]:
    """Yield each time limit with what became of it."""
    clocks = Clock.objects.filter(case__procedure=procedure_id)
    running = Q(state__in=(Clock.State.RUNNING, Clock.State.PAUSED))
    kept = clocks.filter(running | period.within("stopped_at")).order_by().values_list("clock")
    counted = kept.annotate(
        met=Count("pk", filter=Q(state=Clock.State.MET)),
        missed=Count("pk", filter=Q(state=Clock.State.LATE)),
        still=Count("pk", filter=running),
        overdue=Count("pk", filter=Q(state=Clock.State.RUNNING, due_at__lt=period.until)),
    )
    for clock, met, late, still, overdue in sorted(counted):
        yield ClockMeasure(clock, met, late, share(met, met + late), still, overdue)


def times(minutes: Histogram) -> Times:
    """Return count, median and 90th percentile."""
    return Times(minutes.count, minutes.quantile(MEDIAN), minutes.quantile(NINETY))


def share(part: int, whole: int) -> float | None:
    """Return part of whole, None of nothing."""
    return part / whole if whole else None
