"""The job that opens what the calendar asks for."""

from datetime import datetime, timedelta

from laksana.jobs.services import job, scheduled
from laksana.library.openings.services import open_due


@scheduled(every=timedelta(minutes=10))
@job(unique=True)
def open_by_calendar(*, at: datetime) -> None:
    """Open the cases that the calendar asks for and that nobody has opened."""
    open_due(at)
