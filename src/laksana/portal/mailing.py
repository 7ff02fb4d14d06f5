"""Telling applicants by e-mail, who left an address: the number they were given, and what they may do from when until when.

A job looks every quarter of an hour by day; each occasion is told once. The letter holds no more than the link and the
days: what the case says is read on its page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from laksana.cases.models import Case
from laksana.documents.services import letterhead
from laksana.jobs.services import enqueue
from laksana.library.informasi.found import cases_with
from laksana.library.told import Right, Told, procedures_told, told_at
from laksana.portal.addressee import Addressee, addressee, headers, known, stop_address
from laksana.portal.models import ApplicantMail
from laksana.portal.receipt import address
from laksana.portal.tokens import tracking_code
from laksana.worktime.services import calendar
from laksana.worktime.zone import local, local_day

REMINDED = 3
"""How many working days before a right ends its holder is told once more."""
BY_DAY = (time(6), time(20))
"""From when until when e-mails are ordered."""


@dataclass(frozen=True)
class Occasion:
    """Something to tell: its key, and the right it is about; none where it is the number that was given."""

    key: str
    right: Right | None
    ending: bool = False


def order_due(at: datetime) -> int:
    """Order the e-mails that are due and not yet ordered; return how many. Done again, it orders none twice.

    Nothing is ordered at night: a day begins for an applicant in the morning.
    """
    if not BY_DAY[0] <= local(at).time() < BY_DAY[1]:
        return 0
    running = Case.objects.filter(procedure__in=procedures_told(), state=Case.State.RUNNING)
    return sum(
        _order(case, each, at) for case in running.iterator() if addressee(case) for each in _due(case, at)
    )


def _due(case: Case, at: datetime) -> Iterator[Occasion]:
    today, days = local_day(at), calendar()
    found = told_at(case, at)
    if found.number:
        yield Occasion("nomor", None)
    for right in found.rights:
        if not right.holds_on(today):
            continue
        yield Occasion(f"{right.id}:{right.since}", right)
        if right.until and today >= days.subtract_workdays(right.until, REMINDED) > right.since:
            yield Occasion(f"{right.id}:sampai:{right.until}", right, ending=True)


def _order(case: Case, occasion: Occasion, at: datetime) -> bool:
    from laksana.portal.tasks import mail_applicant

    with transaction.atomic():
        row, new = ApplicantMail.objects.get_or_create(
            case=case, occasion=occasion.key, defaults={"ordered_at": at}
        )
        if new:
            enqueue(mail_applicant, mail=row.pk)
    return new


def send(key: int, at: datetime) -> None:
    """Send an ordered e-mail, if it was not sent and its occasion still holds."""
    row = ApplicantMail.objects.select_related("case__sop").get(pk=key)
    if row.sent_at is not None:
        return
    occasion = next((each for each in _due(row.case, at) if each.key == row.occasion), None)
    to = addressee(row.case)
    if occasion is not None and to is not None:
        _message(row, to, occasion, told_at(row.case, at), at).send()
    ApplicantMail.objects.filter(pk=key).update(sent_at=at)


def send_code(number: str, typed: str, at: datetime) -> None:
    """Send the tracking code of a case to the address that stands in it, where the typed one is the same; else do nothing.

    `number` is the case's or the one of the office's book. Nobody learns from it whether there is such a case.
    """
    case = _named(number)
    to = known(case) if case is not None else None
    if case is None or to is None or to.email.casefold() != typed.strip().casefold():
        return
    context = {"office": letterhead(), "case": case, "link": address(tracking_code(case, at))}
    with translation.override(to.language):
        EmailMessage(
            subject=translation.gettext("Tracking code of %(number)s") % {"number": case.number},
            body=render_to_string("portal/mail/code.txt", context),
            to=[to.email],
            headers={"Auto-Submitted": "auto-generated"},
        ).send()


_BOOK_NUMBERS = {"permohonan-informasi": "nomor_pendaftaran", "keberatan-informasi": "nomor_registrasi"}
"""Procedure -> the field with the number under which the office's book has its cases."""


def _named(number: str) -> Case | None:
    wanted = number.strip()
    known = Case.objects.filter(number=wanted).first()
    for procedure, field in _BOOK_NUMBERS.items():
        known = known or cases_with(procedure, field, wanted).first()
    return known


def _message(
    row: ApplicantMail, to: Addressee, occasion: Occasion, found: Told, at: datetime
) -> EmailMessage:
    context = {
        "office": letterhead(),
        "case": row.case,
        "number": found.number,
        "right": occasion.right,
        "ending": occasion.ending,
        "days": [each for each in found.days if each.day >= local_day(at)],
        "link": address(code := tracking_code(row.case, at)),
        "stop": stop_address(code),
    }
    with translation.override(to.language):
        title = occasion.right.title if occasion.right else translation.gettext("Your request is registered")
        return EmailMessage(
            subject=f"{title} · {found.number or row.case.number}",
            body=render_to_string("portal/mail/right.txt", context),
            to=[to.email],
            headers=headers(row.pk, code),
        )
