"""Reading how ended cases went, so that `what_if` can compute them anew."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from laksana.cases.models import Case, WorkItem
from laksana.documents.services import main_path
from laksana.measurement.counting import Period
from laksana.measurement.standard import standard_minutes
from laksana.measurement.what_if import Course, Doing
from laksana.sop.definition import Procedure
from laksana.worktime.calendar import WorkCalendar

_ENDED = (WorkItem.State.DONE, WorkItem.State.PASSED, WorkItem.State.TIMED_OUT)


def courses(procedure_id: str, period: Period, calendar: WorkCalendar) -> Iterator[Course]:
    """Yield the cases of a procedure that ended in the period; two queries. What nobody was to do any more is left out."""
    ended = Case.objects.filter(period.within("ended_at"), procedure=procedure_id, state=Case.State.ENDED)
    doings = defaultdict[int, list[tuple[str, datetime, datetime | None, datetime]]](list)
    items = WorkItem.objects.filter(case__in=ended, state__in=_ENDED).order_by()
    for case, step, opened, taken, done in items.values_list(
        "case", "step", "opened_at", "claimed_at", "done_at"
    ):
        if done is not None:
            doings[case].append((step, opened, taken, done))
    for pk, opened_at, ended_at in ended.order_by().values_list("pk", "opened_at", "ended_at"):
        if ended_at is None:
            continue

        def place(at: datetime, start: datetime = opened_at) -> int:
            return max(calendar.minutes_between(start, at), 0)

        yield Course(
            tuple(
                Doing(step, place(opened), place(max(opened, min(taken or done, done))), place(done))
                for step, opened, taken, done in doings[pk]
            ),
            place(ended_at),
        )


def case_limit(procedure: Procedure, calendar: WorkCalendar, since: datetime) -> int:
    """Return the working minutes within which a whole case is on time: the standard times along the SOP's main path."""
    return sum(standard_minutes(step.time, calendar, since) for step in main_path(procedure))
