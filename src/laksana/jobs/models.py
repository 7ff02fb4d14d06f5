"""What django-tasks-db does not keep: who works on what, who is still alive, and when a schedule is due."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult


class Worker(models.Model):
    """A running worker process, which says again and again that it lives."""

    name = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(_("machine"), max_length=200)
    pid = models.PositiveIntegerField(_("process"))
    started_at = models.DateTimeField(_("started"))
    seen_at = models.DateTimeField(_("last seen"))

    class Meta:
        ordering = ["started_at"]

    def __str__(self) -> str:
        return f"{self.host}/{self.pid}"


class Lease(models.Model):
    """A job in the hands of a worker, valid while that worker lives.

    Whoever cannot delete the row any more has lost the job to another worker and must leave it alone.
    """

    job = models.OneToOneField(DBTaskResult, models.CASCADE, primary_key=True, related_name="lease")
    worker = models.CharField(max_length=64)
    """The worker's name; no foreign key, because a lease outlives the row of a worker that died."""
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        ordering = ["taken_at"]

    def __str__(self) -> str:
        return f"{self.job_id} ({self.worker})"


class Schedule(models.Model):
    """When a scheduled job is due next. One row for all workers: whoever moves it on enqueues the job."""

    name = models.CharField(_("job"), max_length=200, primary_key=True)
    rule = models.CharField(_("rule"), max_length=100)
    next_at = models.DateTimeField(_("next"))
    last_at = models.DateTimeField(_("last"), null=True)

    class Meta:
        ordering = ["next_at"]

    def __str__(self) -> str:
        return f"{self.name}: {self.rule}"
