"""The job that makes the lists of what falls due."""

from datetime import datetime, time

from laksana.jobs.services import job, scheduled
from laksana.library.kepegawaian.penjagaan.listing import make_lists


@scheduled(daily=time(4, 30))
@job(unique=True)
def list_what_falls_due(*, at: datetime) -> None:
    """List what falls due for employees within the weeks and months that each list looks ahead."""
    make_lists(at)
