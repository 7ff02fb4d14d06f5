"""Jobs of public information: reviews that come due, answers to readers that are overdue."""

from datetime import datetime, time, timedelta

from laksana.jobs.services import job, scheduled
from laksana.library.informasi import moderation, reviews


@scheduled(daily=time(5, 45))
@job()
def open_reviews(*, at: datetime) -> None:
    """Open the cases that review exemptions about to end."""
    reviews.open_due(at)


@scheduled(every=timedelta(minutes=30))
@job()
def remind_of_readers(*, at: datetime) -> None:
    """Tell the head of the editors which readers wait longer than they may."""
    moderation.remind(at)


@scheduled(daily=time(3, 20))
@job()
def forget_readers(*, at: datetime) -> None:
    """Delete who asked what was decided long ago."""
    moderation.forget(at)
