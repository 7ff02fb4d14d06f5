"""Jobs of `cases`: what time itself does, what is told to people, and what is cleared away."""

from datetime import datetime, time, timedelta

from laksana.cases import announcing, file_words, uploads
from laksana.cases import sweep as sweeping
from laksana.jobs.services import job, scheduled
from laksana.worktime import services as worktime


@scheduled(every=timedelta(minutes=1))
@job()
def sweep(*, at: datetime) -> None:
    """Let steps time out and clocks run out."""
    sweeping.sweep(at)


@scheduled(every=timedelta(minutes=1))
@job(unique=True)
def read_files(*, at: datetime) -> None:
    """Read new files for the words by which their cases are found."""
    file_words.read_new(at)


@scheduled(daily=time(2, 30))
@job()
def recount_deadlines(*, at: datetime) -> None:
    """Count the ends of open steps and running clocks once more, in case the calendar changed while an action was under way."""
    worktime.settle(at)


@scheduled(daily=time(5, 30))
@job()
def release_abandoned(*, at: datetime) -> None:
    """Give claimed steps back to their desks whose takers no longer sit there."""
    sweeping.release_abandoned(at)


@scheduled(daily=time(1, 45))
@job()
def forget_unsent_uploads(*, at: datetime) -> None:
    """Forget files of forms that were never sent."""
    uploads.forget_unsent(at)


@job()
def announce_items(*, items: list[int], at: datetime) -> None:
    """Tell those at whose desks work has come."""
    announcing.tell_of_items(items, at)


@job()
def announce_recalled(*, item: int, at: datetime) -> None:
    """Tell those that work is no longer theirs at whose desk it lay."""
    announcing.tell_of_recalled(item, at)


@job()
def announce_clock(*, clock: int, at: datetime) -> None:
    """Tell those concerned that a time limit has passed."""
    announcing.tell_of_clock(clock, at)
