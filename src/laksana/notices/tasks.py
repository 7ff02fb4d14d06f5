"""The jobs that carry notices by e-mail, and forget old ones.

A worker killed between sending and noting it sends again; both messages then bear the same Message-ID.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laksana.jobs.services import enqueue, job, scheduled
from laksana.notices.models import EmailChoice, Notice
from laksana.people.models import Person

_LONGEST_SUBJECT = 120
_DIGEST = 100
"""The most notices in one digest; the rest is a click away."""


@job(retries=8, backoff=timedelta(seconds=30))
def send_notices(notices: list[int], *, at: datetime) -> None:
    """E-mail these notices, each to its person, if not done yet. One refused address does not keep the others
    waiting.
    """
    due = Notice.objects.filter(pk__in=notices, emailed_at=None, person__account__is_active=True)
    faults = []
    with get_connection() as connection:
        for notice in due.exclude(person__account__email="").select_related("person__account").order_by("pk"):
            try:
                _message(notice.person, notice.text, [notice], connection).send()
            except OSError as fault:  # every fault of smtplib is one
                faults.append(fault)
            else:
                _note_emailed([notice], at)
    if faults:
        raise faults[0]


@scheduled(daily=time(6, 30))
@job()
def send_digests(*, at: datetime) -> None:
    """Order the digest of each person who wants one and has something unread."""
    daily = Person.objects.filter(
        email_choice__when=EmailChoice.When.DAILY, account__is_active=True, active=True
    )
    with_something = daily.filter(notices__read_at=None, notices__emailed_at=None, notices__at__lte=at)
    for key in (
        with_something.exclude(account__email="").order_by("pk").distinct().values_list("pk", flat=True)
    ):
        enqueue(send_digest, person=key)


@job(retries=8, backoff=timedelta(seconds=30), unique=True)
def send_digest(person: int, *, at: datetime) -> None:
    """E-mail one person what is unread and was not e-mailed before, in one message."""
    addressee = Person.objects.select_related("account").get(pk=person)
    waiting = list(
        Notice.objects.filter(person=addressee, read_at=None, emailed_at=None, at__lte=at)[:_DIGEST]
    )
    if not waiting or addressee.account is None or not addressee.account.email:
        return
    subject = ngettext("%(number)d unread notice", "%(number)d unread notices", len(waiting))
    _message(addressee, subject % {"number": len(waiting)}, waiting).send()
    _note_emailed(waiting, at)


@scheduled(daily=time(2, 15))
@job()
def forget_old_notices(*, at: datetime) -> None:
    """Delete notices that were read long ago (`settings.NOTICES_KEPT`)."""
    Notice.objects.filter(read_at__lt=at - settings.NOTICES_KEPT).delete()


def _message(
    person: Person, subject: str, notices: Sequence[Notice], connection: BaseEmailBackend | None = None
) -> EmailMessage:
    assert person.account is not None  # noqa: S101  (only people with an address are asked for)
    told = [{"text": notice.text, "url": _absolute(notice.url)} for notice in notices]
    return EmailMessage(
        subject=_("[Laksana] %(subject)s") % {"subject": " ".join(subject.split())[:_LONGEST_SUBJECT]},
        body=render_to_string(
            "notices/email.txt", {"person": person, "notices": told, "home": settings.BASE_URL}
        ),
        to=[person.account.email],
        headers={"Message-ID": _message_id(notices), "Auto-Submitted": "auto-generated"},
        connection=connection,
    )


def _message_id(notices: Sequence[Notice]) -> str:
    """Return the identity of a message about these notices, the same each time."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<notice-{notices[0].pk}-{len(notices)}@{domain}>"


def _absolute(url: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{url}" if url.startswith("/") else url


def _note_emailed(notices: Iterable[Notice], at: datetime) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(emailed_at=at)
