"""Jobs of `informasi`."""

from datetime import datetime, time

from laksana.jobs.services import job, scheduled
from laksana.library.informasi import reviews


@scheduled(daily=time(5, 45))
@job()
def open_reviews(*, at: datetime) -> None:
    """Open the cases that review exemptions about to end."""
    reviews.open_due(at)
