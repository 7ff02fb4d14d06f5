"""Jobs of `portal`: telling applicants, and forgetting what is no longer needed."""

from datetime import datetime, time, timedelta

from laksana.jobs.services import job, scheduled
from laksana.portal import addressee, filling, limits, mailing, telling


@scheduled(daily=time(1, 55))
@job()
def forget_unsent_forms(*, at: datetime) -> None:
    """Forget forms of the public that were not sent in time, with their files."""
    filling.forget_expired(at)


@scheduled(daily=time(2, 5))
@job()
def forget_mail_choices(*, at: datetime) -> None:
    """Forget addresses that were named on a case's page, long after its end."""
    addressee.forget(at)


@scheduled(every=timedelta(hours=1))
@job()
def forget_counts(*, at: datetime) -> None:
    """Forget the counts of stretches of time that are over."""
    limits.forget_counts(at)


@scheduled(every=timedelta(minutes=15))
@job()
def order_applicant_mails(*, at: datetime) -> None:
    """Order the e-mails that tell applicants what they may do."""
    mailing.order_due(at)


@job(retries=8, backoff=timedelta(seconds=30))
def mail_applicant(mail: int, *, at: datetime) -> None:
    """Send one of them."""
    mailing.send(mail, at)


@job(retries=8, backoff=timedelta(seconds=30))
def tell_applicant(case: int, occasion: str, *, at: datetime) -> None:
    """Tell an applicant of a change of his case."""
    telling.send(case, occasion, at)


@job(retries=8, backoff=timedelta(seconds=30))
def mail_code(number: str, email: str, *, at: datetime) -> None:
    """Send somebody the tracking code of his case again."""
    mailing.send_code(number, email, at)
