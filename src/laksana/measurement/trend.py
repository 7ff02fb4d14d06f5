"""A procedure month by month: how much was done, how much of it on time, how long a case took."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from laksana.cases.models import WorkItem
from laksana.measurement.counting import Period, count_cases, share
from laksana.measurement.report import CaseCounts
from laksana.worktime.services import calendar
from laksana.worktime.zone import OFFICE_ZONE, day_begins, local_day


@dataclass(frozen=True)
class Month:
    """One month; the month of `until` is counted up to that instant."""

    first: date
    cases: CaseCounts
    steps: int
    punctual: int

    @property
    def share_on_time(self) -> float | None:
        """Return the share of steps done until their due instant; None where none was done."""
        return share(self.punctual, self.steps)


def trend(procedure_id: str, until: datetime, months: int = 12) -> list[Month]:
    """Return the last months of a procedure, the oldest first, that of `until` included."""
    firsts = list(_months(local_day(until), months))
    steps = _steps(procedure_id, Period(day_begins(firsts[0]), until))
    work_calendar, found = calendar(), []
    for first, following in zip(firsts, [*firsts[1:], None], strict=True):
        period = Period(day_begins(first), day_begins(following) if following else until)
        done = steps.get(first, {"steps": 0, "punctual": 0})
        found.append(
            Month(first, count_cases(procedure_id, period, work_calendar), done["steps"], done["punctual"])
        )
    return found


def _months(last: date, number: int) -> Iterator[date]:
    for back in range(number - 1, -1, -1):
        year, month = divmod(last.year * 12 + last.month - 1 - back, 12)
        yield date(year, month + 1, 1)


def _steps(procedure_id: str, period: Period) -> dict[date, dict[str, Any]]:
    done = WorkItem.objects.filter(
        period.within("done_at"), state=WorkItem.State.DONE, case__procedure=procedure_id
    )
    by_month = done.order_by().values(month=TruncMonth("done_at", tzinfo=OFFICE_ZONE))
    punctual = Count("pk", filter=Q(due_at=None) | Q(done_at__lte=F("due_at")))
    rows = by_month.annotate(steps=Count("pk"), punctual=punctual)
    return {row["month"].date(): {"steps": row["steps"], "punctual": row["punctual"]} for row in rows}
