"""What a job is: a task of Django's Tasks API that says how often and how soon it is tried again."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar

from django.utils import timezone
from django_tasks.base import Task

P = ParamSpec("P")
T = TypeVar("T")

LONGEST_WAIT = timedelta(hours=1)
"""However often a job failed, it is tried again after this at the latest."""


@dataclass(frozen=True, kw_only=True)
class Job(Task[P, T]):
    """A declared job. Its function gets `at`, the instant at which this attempt begins, and what was
    enqueued.
    """

    retries: int = 5
    backoff: timedelta = timedelta(seconds=10)
    unique: bool = False

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Run it here and now. A backend other than our worker hands over no `at`, so it is read here."""
        kwargs.setdefault("at", timezone.now())
        return Task.call(self, *args, **kwargs)

    def wait(self, attempt: int, jitter: float) -> timedelta:
        """Return how long to wait after the failed attempt number `attempt` (the first is 1).

        Doubles each time up to `LONGEST_WAIT`. `jitter` (0 to 1) takes off up to half, so that jobs that
        failed together do not come back together.
        """
        doubled = self.backoff * (2 ** min(attempt - 1, 30)) if self.backoff < LONGEST_WAIT else LONGEST_WAIT
        return min(doubled, LONGEST_WAIT) * (1 - jitter / 2)


def job(
    *,
    retries: int = 5,
    backoff: timedelta = timedelta(seconds=10),
    unique: bool = False,
    priority: int = 0,
) -> Callable[[Callable[P, T]], Job[P, T]]:
    """Declare a function of a module as a job.

    A job is carried out at least once: after a kill it runs again, so it must be idempotent. Its arguments
    are plain JSON (identifiers, not objects), and it takes `at: datetime` by keyword. `retries` is how often
    it is tried again after it failed; `unique` enqueues it only if the same one, with the same arguments, is
    not already waiting. Raises `TypeError` where the function takes no `at`.
    """

    def declare(function: Callable[P, T]) -> Job[P, T]:
        if "at" not in inspect.signature(function).parameters:
            message = f"{function.__module__}.{function.__qualname__}: a job takes `at: datetime`"
            raise TypeError(message)
        return Job(func=function, retries=retries, backoff=backoff, unique=unique, priority=priority)

    return declare
