"""A procedure month by month: how much was done, how much of it on time, how long a case took."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from laksana.cases.models import Case, WorkItem
from laksana.measurement.counting import Period, share, times
from laksana.measurement.histogram import Histogram
from laksana.measurement.report import Times
from laksana.worktime.services import calendar
from laksana.worktime.zone import OFFICE_ZONE, day_begins, local_day


@dataclass(frozen=True)
class Month:
    """One month; the month of `until` is counted up to that instant."""

    first: date
    opened: int
    ended: Times
    """From opening to end, of the cases that ended."""
    steps: int
    punctual: int

    @property
    def share_on_time(self) -> float | None:
        """Return the share of steps done until their due instant; None where none was done."""
        return share(self.punctual, self.steps)


def trend(procedure_id: str, until: datetime, months: int = 12) -> list[Month]:
    """Return the last months of a procedure, the oldest first, that of `until` included; as many queries for many as for one."""
    firsts = list(_months(local_day(until), months))
    period = Period(day_begins(firsts[0]), until)
    opened, ended = _opened(procedure_id, period), _ended(procedure_id, period)
    steps = _steps(procedure_id, period)
    none = {"steps": 0, "punctual": 0}
    return [Month(first, opened[first], times(ended[first]), **steps.get(first, none)) for first in firsts]


def _months(last: date, number: int) -> Iterator[date]:
    for back in range(number - 1, -1, -1):
        year, month = divmod(last.year * 12 + last.month - 1 - back, 12)
        yield date(year, month + 1, 1)


def _opened(procedure_id: str, period: Period) -> Counter[date]:
    cases = Case.objects.filter(period.within("opened_at"), procedure=procedure_id).order_by()
    by_month = cases.values(month=TruncMonth("opened_at", tzinfo=OFFICE_ZONE)).annotate(number=Count("pk"))
    return Counter({row["month"].date(): row["number"] for row in by_month})


def _ended(procedure_id: str, period: Period) -> defaultdict[date, Histogram]:
    """Return the working minutes that the cases took which ended in each month."""
    ended = Case.objects.filter(period.within("ended_at"), procedure=procedure_id, state=Case.State.ENDED)
    work_calendar, found = calendar(), defaultdict[date, Histogram](Histogram)
    for opened_at, ended_at in ended.values_list("opened_at", "ended_at"):
        if ended_at is not None:
            month = local_day(ended_at).replace(day=1)
            found[month].add(work_calendar.minutes_between(opened_at, ended_at))
    return found


def _steps(procedure_id: str, period: Period) -> dict[date, dict[str, Any]]:
    done = WorkItem.objects.filter(
        period.within("done_at"), state=WorkItem.State.DONE, case__procedure=procedure_id
    )
    by_month = done.order_by().values(month=TruncMonth("done_at", tzinfo=OFFICE_ZONE))
    punctual = Count("pk", filter=Q(due_at=None) | Q(done_at__lte=F("due_at")))
    rows = by_month.annotate(steps=Count("pk"), punctual=punctual)
    return {row["month"].date(): {"steps": row["steps"], "punctual": row["punctual"]} for row in rows}
