"""What a changed calendar does to cases: the ends of open steps and running clocks are counted anew, and what moved is told.

Nothing is locked for it: an end is written only where the old one still stands. An action under way at that moment may write the
old end once more; the nightly recount mends that.
"""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from laksana.cases.definitions import parsed
from laksana.cases.engine import clocks, reading, ticking
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.run import Run
from laksana.cases.models import Case, Clock, Instance, WorkItem
from laksana.sop.flow import Marking
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local

logger = logging.getLogger("laksana.cases")
_AT_ONCE = 500


def recount(calendar: WorkCalendar, at: datetime) -> Iterator[str]:
    """Set the ends of everything open by a calendar, and yield a line for each that moved. Done again, it moves nothing."""
    last = 0
    while cases := list(Case.objects.filter(state=Case.State.RUNNING, pk__gt=last).order_by("pk")[:_AT_ONCE]):
        for run in _runs(cases, calendar, at):
            try:
                yield from _recount(run)
            except (
                Exception
            ):  # one case that cannot be counted must not keep the office from changing its calendar
                logger.exception("the time limits of case %s could not be counted anew", run.case.number)
        last = cases[-1].pk


def _runs(cases: list[Case], calendar: WorkCalendar, at: datetime) -> Iterator[Run]:
    """Yield the cases as they stand, read in few queries."""
    items = reading.by_case(WorkItem.objects.filter(case__in=cases, state=WorkItem.State.OPEN))
    running = reading.by_case(Clock.objects.filter(case__in=cases, stopped_at=None))
    instances = reading.by_case(Instance.objects.filter(case__in=cases))
    for case in cases:
        rows = {path_of(row.path): row for row in instances[case.pk]}
        run = Run(case, parsed(case.sop_id), at, None, None, items[case.pk], rows, Marking())
        run.calendar, run.clocks = calendar, running[case.pk]
        yield run


def _recount(run: Run) -> Iterator[str]:
    for item in run.items:
        if item.due_at is not None:
            yield from _recount_item(run, item, item.due_at)
    for clock in run.clocks:
        spec = run.spec_of(clock)
        situation = run.situation(ticking.origin(run, spec), path_of(clock.instance))
        end = clocks.due(spec, situation, clock.started_at, clock.changes)
        if end is not None and end != clock.due_at:
            breached_at = None if end > run.at else clock.breached_at
            same = Clock.objects.filter(pk=clock.pk, due_at=clock.due_at, stopped_at=None)
            if same.update(due_at=end, breached_at=breached_at):
                yield _line(run.case, clock.clock, clock.due_at, end)


def _recount_item(run: Run, item: WorkItem, due_at: datetime) -> Iterator[str]:
    step, instance = run.procedure.step(item.step), path_of(item.instance)
    end = run.due(step, instance, run.known(step, instance), item.opened_at)
    timeout_at = run.calendar.deadline(item.opened_at, step.timeout.after) if step.timeout else None
    if (end, timeout_at) == (due_at, item.timeout_at):
        return
    same = WorkItem.objects.filter(pk=item.pk, due_at=due_at, state=WorkItem.State.OPEN)
    if same.update(due_at=end, timeout_at=timeout_at) and end != due_at:
        yield _line(run.case, step.activity, due_at, end)


def _line(case: Case, what: str, before: datetime, after: datetime) -> str:
    told = {"case": case.number, "what": what, "before": _instant(before), "after": _instant(after)}
    return _("%(case)s, %(what)s: %(before)s becomes %(after)s") % told


def _instant(at: datetime) -> str:
    return f"{local(at):%d-%m-%Y %H.%M}"
