"""The door of background work: declare a job, enqueue it, run it by the clock, and look after those that
failed.

    @job(retries=8, backoff=timedelta(seconds=30))
    def send_receipt(case_id: int, *, at: datetime) -> None: ...

    enqueue(send_receipt, case_id=case.pk)      # inside the action's transaction: rolled back, no job is left

    @scheduled(daily=time(6, 30))
    @job()
    def list_retirements(*, at: datetime) -> None: ...

Scheduled jobs live in their application's module `tasks`, which the worker imports.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult, get_date_max

from laksana.jobs.declaration import Job, job
from laksana.jobs.models import Schedule, Worker
from laksana.jobs.schedules import declared_schedules, scheduled
from laksana.prepared import Insert

__all__ = [
    "FailedJob", "Job", "NoFailedJobError", "QueueState", "ScheduleState",
    "discard", "enqueue", "failed_jobs", "job", "queue_state", "retry", "scheduled", "schedules",
    "unordered",
]  # fmt: skip


class NoFailedJobError(LookupError):
    """There is no failed job with this identifier: it was retried or discarded meanwhile."""


@dataclass(frozen=True)
class FailedJob:
    """A job whose tries are used up."""

    id: str
    name: str
    arguments: Mapping[str, Any]
    attempts: int
    enqueued_at: datetime
    failed_at: datetime
    error: str
    traceback: str


@dataclass(frozen=True)
class QueueState:
    """What waits, runs and failed, and how many workers live."""

    waiting: int
    later: int
    running: int
    failed: int
    workers: int
    oldest: datetime | None
    """When the job that has waited longest was enqueued."""


@dataclass(frozen=True)
class ScheduleState:
    """A scheduled job, when it ran last and when it will run next (None before a worker has run for the first
    time).
    """

    name: str
    rule: str
    last_at: datetime | None
    next_at: datetime | None


def enqueue(job: Job[..., Any], /, *, run_after: datetime | None = None, **arguments: Any) -> str:
    """Enqueue a job in the caller's transaction and return its identifier; it runs after the commit, or
    never.

    `run_after` holds it back until then. Where the job is unique and the same one waits already, that one's
    identifier is returned. Costs one INSERT, and one SELECT more for a unique job. Raises `TypeError` where
    an argument is not plain JSON. Inside `unordered` nothing is enqueued, and the identifier is empty.
    """
    if "at" in arguments:
        raise TypeError("a job gets `at` from the worker; to hold it back say `run_after`")
    if _unordered.get():
        return ""
    arguments = dict(sorted(arguments.items()))
    if not job.unique:
        return _enqueue(job, run_after, arguments)
    with transaction.atomic(savepoint=False):
        twin = _waiting_twin(job, run_after, arguments)
        return str(twin.pk) if twin else _enqueue(job, run_after, arguments)


@contextmanager
def unordered() -> Iterator[None]:
    """Let nothing be enqueued inside: for work of the past that is played, whose mail nobody shall get today."""
    token = _unordered.set(True)
    try:
        yield
    finally:
        _unordered.reset(token)


_unordered: ContextVar[bool] = ContextVar("unordered", default=False)
_insert = Insert(DBTaskResult)
_NEW: dict[str, Any] = {
    "status": TaskResultStatus.READY,
    "started_at": None,
    "finished_at": None,
    "worker_ids": [],
    "return_value": None,
    "exception_class_path": "",
    "traceback": "",
}
"""What the row of every new job holds."""


def _enqueue(job: Job[..., Any], run_after: datetime | None, arguments: dict[str, Any]) -> str:
    """Write the job's row as django-tasks-db would, but by a statement kept ready; another backend is asked by the API."""
    if not isinstance(job.get_backend(), DatabaseBackend):
        return job.using(run_after=run_after).enqueue(**arguments).id
    key = uuid4()
    _insert.values(
        **_NEW,
        id=key,
        enqueued_at=timezone.now(),
        args_kwargs=normalize_json({"args": [], "kwargs": arguments}),
        priority=job.priority,
        task_path=job.module_path,
        queue_name=job.queue_name,
        run_after=get_date_max() if run_after is None else run_after,
        backend_name=job.backend,
    )
    return str(key)


def _waiting_twin(
    job: Job[..., Any], run_after: datetime | None, arguments: Mapping[str, Any]
) -> DBTaskResult[..., Any] | None:
    """Find the same job waiting, and lock it so that no worker starts it before what the caller changed is
    there to see.
    """
    soon_enough = Q(run_after=get_date_max())
    if run_after is not None:
        soon_enough |= Q(run_after__lte=run_after)
    twins = DBTaskResult.objects.filter(
        soon_enough,
        status=TaskResultStatus.READY,
        task_path=job.module_path,
        args_kwargs={"args": [], "kwargs": arguments},
    )
    return twins.select_for_update(skip_locked=True).first()


def failed_jobs(limit: int = 200) -> list[FailedJob]:
    """Return the jobs that failed for good, the latest first."""
    rows = DBTaskResult.objects.failed().order_by("-finished_at")[:limit]
    return [_failed_job(row) for row in rows]


def retry(job_id: str) -> None:
    """Put a failed job back with all its tries. Raises `NoFailedJobError` where it is not a failed one."""
    changed = _failed(job_id).update(
        status=TaskResultStatus.READY, run_after=get_date_max(), worker_ids=[], finished_at=None
    )
    if not changed:
        raise NoFailedJobError(job_id)


def discard(job_id: str) -> None:
    """Delete a failed job that nobody needs. Raises `NoFailedJobError` where it is not a failed one."""
    if not _failed(job_id).delete()[0]:
        raise NoFailedJobError(job_id)


def queue_state(at: datetime) -> QueueState:
    """Return what waits, runs and failed at this instant. No living worker while jobs wait means that nothing
    will happen.
    """
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    due = ready.filter(Q(run_after=get_date_max()) | Q(run_after__lte=at))
    waiting = due.count()
    return QueueState(
        waiting=waiting,
        later=ready.count() - waiting,
        running=DBTaskResult.objects.running().count(),
        failed=DBTaskResult.objects.failed().count(),
        workers=Worker.objects.filter(seen_at__gte=at - settings.JOB_LEASE).count(),
        oldest=due.aggregate(oldest=Min("enqueued_at"))["oldest"],
    )


def schedules() -> list[ScheduleState]:
    """Return every scheduled job with its last and next run, by name."""
    rows = {row.name: row for row in Schedule.objects.all()}
    return [
        ScheduleState(
            name=name,
            rule=str(entry.rule),
            last_at=rows[name].last_at if name in rows else None,
            next_at=rows[name].next_at if name in rows else None,
        )
        for name, entry in sorted(declared_schedules().items())
    ]


def _failed(job_id: str) -> QuerySet[DBTaskResult[..., Any]]:
    try:
        return DBTaskResult.objects.failed().filter(pk=UUID(job_id))
    except ValueError:
        raise NoFailedJobError(job_id) from None


def _failed_job(row: DBTaskResult[..., Any]) -> FailedJob:
    return FailedJob(
        id=str(row.pk),
        name=row.task_path,
        arguments=row.args_kwargs["kwargs"],
        attempts=len(row.worker_ids),
        enqueued_at=row.enqueued_at,
        failed_at=row.finished_at or row.enqueued_at,
        error=(row.traceback.strip().splitlines() or [""])[-1],
        traceback=row.traceback,
    )
