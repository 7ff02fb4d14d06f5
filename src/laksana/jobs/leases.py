"""Taking a job, and giving it back: done, to be tried again, failed, or left behind by a worker that died.

Every function takes the instant and changes job and lease in one transaction. A worker that lost its lease
(it was silent for too long and another took the job back) changes nothing.
"""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from traceback import format_exception
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from laksana.jobs.declaration import Job
from laksana.jobs.models import Lease

Row = DBTaskResult[..., Any]
_random = random.Random()  # noqa: S311  (spreads load, guards nothing)


def take(worker: str, at: datetime) -> Row | None:
    """Lease the most urgent job that is due to this worker, or return None when nothing waits."""
    due = DBTaskResult.objects.filter(status=TaskResultStatus.READY).filter(
        Q(run_after=get_date_max()) | Q(run_after__lte=at)
    )
    if not due.exists():  # An idle worker must not take SQLite's only write lock again and again.
        return None
    with transaction.atomic():
        row = due.select_for_update(skip_locked=True).first()
        if row is None:
            return None
        row.status = TaskResultStatus.RUNNING
        row.started_at = at
        row.worker_ids = [*row.worker_ids, worker]
        row.save(update_fields=["status", "started_at", "worker_ids"])
        Lease.objects.create(job=row, worker=worker, taken_at=at)
        return row


def finish(row: Row, worker: str, at: datetime) -> bool:
    """Mark the job as done. Return False where the lease was lost."""
    with transaction.atomic():
        if not _give_up(row, worker):
            return False
        row.status = TaskResultStatus.SUCCESSFUL
        row.finished_at = at
        row.exception_class_path = row.traceback = ""
        row.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])
        return True


def fail(row: Row, worker: str, at: datetime, error: BaseException) -> bool:
    """Put the job back to be tried again later, or mark it as failed when its tries are used up.

    Keeps the traceback. Returns False where the lease was lost.
    """
    with transaction.atomic():
        if not _give_up(row, worker):
            return False
        row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
        row.traceback = "".join(format_exception(error))
        _try_again_or_fail(row, at, _wait(row))
        return True


def take_back(leases: Iterable[Lease], at: datetime) -> int:
    """Put back at once the jobs of these leases, whose workers died over them; return how many.

    A job whose tries are used up, perhaps because it kills whoever runs it, is marked as failed.
    """
    return sum(_take_back(lease, at) for lease in leases)


def _take_back(lease: Lease, at: datetime) -> bool:
    with transaction.atomic():
        if not _give_up(lease.job, lease.worker):
            return False
        row = DBTaskResult.objects.get(pk=lease.job_id)
        row.exception_class_path = ""
        row.traceback = (
            f"Attempt {len(row.worker_ids)}: worker {lease.worker} stopped in the middle of this job."
        )
        _try_again_or_fail(row, at, timedelta())
        return True


def _give_up(row: Row, worker: str) -> bool:
    return Lease.objects.filter(job=row, worker=worker).delete()[0] == 1


def _try_again_or_fail(row: Row, at: datetime, wait: timedelta) -> None:
    if len(row.worker_ids) <= _declaration(row).retries:
        row.status = TaskResultStatus.READY
        row.run_after = at + wait
    else:
        row.status = TaskResultStatus.FAILED
        row.finished_at = at
    row.save(update_fields=["status", "run_after", "finished_at", "exception_class_path", "traceback"])


def _wait(row: Row) -> timedelta:
    return _declaration(row).wait(len(row.worker_ids), _random.random())


def _declaration(row: Row) -> Job[..., Any]:
    """Return how the job was declared. One this version does not know (an upgrade under way) is tried as
    usual.
    """
    try:
        declared = row.task
    except (ImportError, SuspiciousOperation):
        declared = None
    return declared if isinstance(declared, Job) else _UNKNOWN


def _nothing(at: datetime) -> None:
    """Stand in for a job that is not known."""


_UNKNOWN: Job[..., None] = Job(func=_nothing)
