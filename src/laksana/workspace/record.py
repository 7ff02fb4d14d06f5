"""What a person did lately: a figure or two beside what waits for him."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from laksana.cases.models import WorkItem
from laksana.people.models import Person
from laksana.worktime.zone import local

_RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Record:
    """Steps done in the calendar month, and which share of the last 30 days' was on time (None: nothing done)."""

    this_month: int
    on_time_percent: int | None


def own_record(person: Person, at: datetime) -> Record:
    """Return a person's own record; one query."""
    month = local(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    recent = Q(done_at__gte=at - _RECENT)
    punctual = Q(due_at=None) | Q(done_at__lte=F("due_at"))
    done = WorkItem.objects.filter(
        done_by=person, done_at__gte=min(month, at - _RECENT), state=WorkItem.State.DONE
    ).aggregate(
        month=Count("pk", filter=Q(done_at__gte=month)),
        recent=Count("pk", filter=recent),
        punctual=Count("pk", filter=recent & punctual),
    )
    share = 100 * done["punctual"] // done["recent"] if done["recent"] else None
    return Record(done["month"], share)
