"""The jobs that look after the jobs."""

from datetime import datetime, time

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from laksana.jobs.services import job, scheduled


@scheduled(daily=time(2, 0))
@job()
def forget_done_jobs(*, at: datetime) -> None:
    """Delete jobs that were done long ago (`settings.JOBS_KEPT`). Failed ones stay until somebody decides on
    them.
    """
    DBTaskResult.objects.successful().filter(finished_at__lt=at - settings.JOBS_KEPT).delete()
