"""Jobs of `portal`: forgetting what is no longer needed."""

from datetime import datetime, time, timedelta

from laksana.jobs.services import job, scheduled
from laksana.portal import filling, limits


@scheduled(daily=time(1, 55))
@job()
def forget_unsent_forms(*, at: datetime) -> None:
    """Forget forms of the public that were not sent in time, with their files."""
    filling.forget_expired(at)


@scheduled(every=timedelta(hours=1))
@job()
def forget_counts(*, at: datetime) -> None:
    """Forget the counts of stretches of time that are over."""
    limits.forget_counts(at)
