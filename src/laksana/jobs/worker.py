"""The worker: carries out one job after another, and looks after schedules and the jobs of dead workers."""

import logging
import os
import signal
import socket
import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection
from django.utils import timezone
from django_tasks.signals import task_finished, task_started

from laksana.jobs import leases
from laksana.jobs.declaration import Job
from laksana.jobs.models import Lease, Worker
from laksana.jobs.schedules import enqueue_due, register_schedules

logger = logging.getLogger("laksana.jobs")
LOOK_AROUND = timedelta(seconds=1)
"""How often, between two jobs, a worker looks at schedules and dead workers."""


class JobRunner:
    """One worker process. `clock` tells it the time; nothing below it asks for the time itself."""

    def __init__(self, clock: Callable[[], datetime] = timezone.now) -> None:
        self.name = uuid.uuid4().hex
        self.clock = clock
        self._stopping = False
        self._next_look = clock()
        self._busy = False
        self._ended = threading.Event()

    def run(self, interval: float = 1.0, once: bool = False) -> None:
        """Work until told to stop, with a look for new jobs every `interval` seconds.

        `once`: until nothing is due. Raises `django.db.Error` where the database cannot be reached at the
        start.
        """
        register_schedules(self.clock())
        self._say_alive()
        heartbeat = threading.Thread(target=self._beat, daemon=True)
        heartbeat.start()
        try:
            while not self._stopping:
                worked = self.turn() if once else self._turn_whatever_happens()
                if once and not worked:
                    break
                if not worked:
                    self._sleep(interval)
        finally:
            self._ended.set()
            heartbeat.join()
            Worker.objects.filter(pk=self.name).delete()
            logger.info("worker %s has stopped", self.name)

    def stop_on_signals(self) -> None:
        """On SIGTERM or Ctrl-C end after the job in hand; on the second one leave it to others and end at
        once.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    def turn(self) -> bool:
        """Do what is due: schedules, jobs left by the dead, then one job. Return whether a job was run."""
        at = self.clock()
        if at >= self._next_look:
            enqueue_due(at)
            self._take_back(at)
            self._next_look = at + LOOK_AROUND
        row = leases.take(self.name, at)
        if row is None:
            return False
        self._run(row, at)
        return True

    def _turn_whatever_happens(self) -> bool:
        """Outlive a database that is restarted or locked for too long."""
        close_old_connections()
        try:
            return self.turn()
        except DatabaseError:
            logger.exception("the database did not answer; trying again")
            connection.close()
            return False

    def _run(self, row: leases.Row, at: datetime) -> None:
        logger.info("%s %s: attempt %d", row.task_path, row.id, len(row.worker_ids))
        self._busy = True
        try:
            task = row.task
            task_started.send(sender=type(task.get_backend()), task_result=row.task_result)
            given: dict[str, Any] = {"at": at} if isinstance(task, Job) else {}
            task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"], **given)
        except Exception as error:
            logger.warning("%s %s failed: %s", row.task_path, row.id, error)
            self._ended_by(row, error)
        else:
            self._ended_well(row)
        finally:
            self._busy = False

    def _ended_well(self, row: leases.Row) -> None:
        if not leases.finish(row, self.name, self.clock()):
            logger.warning("%s %s was taken back meanwhile; it may run twice", row.task_path, row.id)
            return
        task_finished.send(sender=type(row.task.get_backend()), task_result=row.task_result)

    def _ended_by(self, row: leases.Row, error: Exception) -> None:
        if not leases.fail(row, self.name, self.clock(), error):
            logger.warning("%s %s was taken back meanwhile", row.task_path, row.id)

    def _take_back(self, at: datetime) -> None:
        """Put back the jobs of workers that died, and what this one, idle now, could not mark as ended."""
        alive = Worker.objects.filter(seen_at__gte=at - settings.JOB_LEASE).exclude(name=self.name)
        if taken := leases.take_back(Lease.objects.exclude(worker__in=alive.values("name")), at):
            logger.warning("%d jobs of workers that died were put back", taken)
        for worker in Worker.objects.filter(seen_at__lt=at - settings.JOB_LEASE).exclude(name=self.name):
            worker.delete()

    def _beat(self) -> None:
        """Say three times in each lease that this worker lives; a thread, because a job may be long."""
        while not self._ended.wait(settings.JOB_LEASE.total_seconds() / 3):
            try:
                self._say_alive()
            except DatabaseError:
                logger.warning("the worker could not say that it lives", exc_info=True)
            finally:
                connection.close()

    def _say_alive(self) -> None:
        at = self.clock()
        birth = {"host": socket.gethostname(), "pid": os.getpid(), "started_at": at, "seen_at": at}
        Worker.objects.update_or_create(pk=self.name, defaults={"seen_at": at}, create_defaults=birth)

    def _sleep(self, seconds: float) -> None:
        # In slices: a signal only sets a flag, and Python goes on sleeping after its handler has returned.
        end = time.monotonic() + seconds
        while not self._stopping and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))

    def _on_signal(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self._stopping:
            raise SystemExit(128 + number)
        self._stopping = True
        if self._busy:
            logger.info("stopping after the job in hand; once more to stop at once")
