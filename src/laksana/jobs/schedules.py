"""Schedules: which jobs run by the clock, and moving them on so that several workers never run one twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any, Protocol, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from laksana.jobs.declaration import Job
from laksana.jobs.models import Schedule

J = TypeVar("J", bound=Job[..., Any])


class Rule(Protocol):
    """When something is due."""

    def after(self, at: datetime) -> datetime:
        """Return the first instant after `at` at which it is due."""


@dataclass(frozen=True)
class Every:
    """Due again a fixed time after it was due last."""

    period: timedelta

    def after(self, at: datetime) -> datetime:
        """Return the instant one period after `at`."""
        return at + self.period

    def __str__(self) -> str:
        return f"every {self.period}"


@dataclass(frozen=True)
class DailyAt:
    """Due each day at an hour of the office's local time."""

    hour: time

    def after(self, at: datetime) -> datetime:
        """Return the next such hour, on the same day if it is still to come."""
        local = at.astimezone(timezone.get_default_timezone())
        day = local.date() if local.time() < self.hour else local.date() + timedelta(days=1)
        return datetime.combine(day, self.hour, tzinfo=timezone.get_default_timezone())

    def __str__(self) -> str:
        return f"daily at {self.hour:%H:%M}"


@dataclass(frozen=True)
class Scheduled:
    """A job and the rule it runs by."""

    job: Job[..., Any]
    rule: Rule


_declared: dict[str, Scheduled] = {}


def scheduled(*, every: timedelta | None = None, daily: time | None = None) -> Callable[[J], J]:
    """Run the job declared below this line by the clock: `every` so often, or `daily` at an hour of local
    time.

    The job takes no argument but `at`. What was missed while no worker ran is made up for once, not once for
    each time missed, and a run is left out while the one before has not ended. Raises `TypeError` unless
    exactly one is given.
    """
    if (every is None) == (daily is None):
        raise TypeError("give either `every` or `daily`")
    rule: Rule = Every(every) if every is not None else DailyAt(daily or time())

    def declare(declared: J) -> J:
        _declared[declared.module_path] = Scheduled(declared, rule)
        return declared

    return declare


def declared_schedules() -> Mapping[str, Scheduled]:
    """Return the scheduled jobs of all applications (module `tasks` of each) by their function's path."""
    _import_tasks()
    return _declared


@cache
def _import_tasks() -> None:
    autodiscover_modules("tasks")


def register_schedules(at: datetime) -> None:
    """Give each declared schedule its row; a new one, or one whose rule has changed, is due next by its rule
    from `at`.
    """
    known = {row.name: row.rule for row in Schedule.objects.all()}
    for name, entry in declared_schedules().items():
        if known.get(name) == str(entry.rule):
            continue
        Schedule.objects.update_or_create(
            name=name, defaults={"rule": str(entry.rule), "next_at": entry.rule.after(at)}
        )


def enqueue_due(at: datetime) -> int:
    """Enqueue the scheduled jobs that are due and return how many; each is due once, however many workers
    ask.
    """
    declared = declared_schedules()
    due = Schedule.objects.filter(next_at__lte=at, name__in=declared)
    return sum(_enqueue_once(row, declared[row.name], at) for row in due)


def _enqueue_once(row: Schedule, entry: Scheduled, at: datetime) -> bool:
    with transaction.atomic():
        # Another worker that moves the row on first leaves nothing that matches here.
        moved = Schedule.objects.filter(name=row.name, next_at=row.next_at).update(
            next_at=entry.rule.after(at), last_at=at
        )
        if not moved or _unfinished(row.name):
            return False
        entry.job.enqueue()
        return True


def _unfinished(path: str) -> bool:
    waiting_or_running = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    return DBTaskResult.objects.filter(task_path=path, status__in=waiting_or_running).exists()
