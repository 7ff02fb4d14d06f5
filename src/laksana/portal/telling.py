"""Telling an applicant by e-mail of each change of his case: received, something asked of him, a paper for him, finished, closed.

An action only orders it, with one row, and only for a service of the portal; whether there is an address is looked up by the
job. The letter says what happened and where to read it: nothing of the case stands in it but its number.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from laksana.cases.actions.submit import waits_for_applicant
from laksana.cases.behaviour import Situation
from laksana.cases.models import Case, WorkItem
from laksana.cases.services import definition
from laksana.documents.services import letterhead
from laksana.jobs.services import enqueue
from laksana.portal.addressee import Addressee, addressee, headers, stop_address
from laksana.portal.models import ApplicantMail
from laksana.portal.receipt import address
from laksana.portal.service import service_of, texts
from laksana.portal.tokens import tracking_code


class Change(StrEnum):
    """What happened."""

    RECEIVED = "diterima"
    ASKED = "diminta"
    PAPER = "surat"
    FINISHED = "selesai"
    CLOSED = "ditutup"


@dataclass(frozen=True)
class _Told:
    """A change of a case, and the step it is about where it is about one."""

    change: Change
    item: WorkItem | None


def order_for_items(case: Case, opened: list[WorkItem], at: datetime) -> None:
    """Order that an applicant is told that his case was received, and what is asked of him."""
    if case.procedure not in texts():
        return
    if case.opened_at == at:
        _order(case, Change.RECEIVED)
    procedure = definition(case)
    for item in opened:
        if waits_for_applicant(procedure, item):
            _order(case, Change.ASKED, item)


def order_for_step(situation: Situation, item: WorkItem) -> None:
    """Order that an applicant is told of a paper that he may have from this step on."""
    text = texts().get(situation.procedure.id)
    if text is None:
        return
    giving = {step for steps in (*text.papers.values(), *text.files.values()) for step in steps}
    if item.step in giving:
        _order(situation.case, Change.PAPER, item)


def order_for_end(case: Case, at: datetime) -> None:  # noqa: ARG001  (as every such hook)
    """Order that an applicant is told that his case is finished."""
    if case.procedure in texts():
        _order(case, Change.FINISHED)


def order_for_cancelled(case: Case, at: datetime) -> None:  # noqa: ARG001
    """Order that an applicant is told that his case was closed before its end."""
    if case.procedure in texts():
        _order(case, Change.CLOSED)


def _order(case: Case, change: Change, item: WorkItem | None = None) -> None:
    from laksana.portal.tasks import tell_applicant

    enqueue(tell_applicant, case=case.pk, occasion=f"{change}:{item.pk}" if item else str(change))


def send(case_id: int, occasion: str, at: datetime) -> None:
    """Send an ordered e-mail once, if there is somebody to send it to and it still says something."""
    case = Case.objects.select_related("sop").get(pk=case_id)
    told, to = _told(occasion), addressee(case)
    if to is None or not _still_says_something(case, told):
        return
    row, _new = ApplicantMail.objects.get_or_create(case=case, occasion=occasion, defaults={"ordered_at": at})
    if row.sent_at is not None:
        return
    _message(row, to, told, at).send()
    ApplicantMail.objects.filter(pk=row.pk).update(sent_at=at)


def _told(occasion: str) -> _Told:
    change, _colon, key = occasion.partition(":")
    return _Told(Change(change), WorkItem.objects.filter(pk=key).first() if key else None)


def _still_says_something(case: Case, told: _Told) -> bool:
    """Return whether a change is worth a letter: what is asked stands open, and nothing else tells of the paper."""
    match told.change:
        case Change.FINISHED | Change.CLOSED:
            return True
        case Change.ASKED:
            return told.item is not None and waits_for_applicant(definition(case), told.item)
        case Change.PAPER:
            return case.state == Case.State.RUNNING and not _told_otherwise(case, told.item)
    return case.state == Case.State.RUNNING


def _told_otherwise(case: Case, done: WorkItem | None) -> bool:
    """Return whether what gave a paper also began the case or asked something of the applicant: he is told of that."""
    if done is None or done.done_at is None:
        return False
    opened, procedure = case.work_items.filter(opened_at=done.done_at), definition(case)
    return done.done_at == case.opened_at or any(waits_for_applicant(procedure, item) for item in opened)


def _message(row: ApplicantMail, to: Addressee, told: _Told, at: datetime) -> EmailMessage:
    code, text = tracking_code(row.case, at), service_of(definition(row.case))
    context = {
        "office": letterhead(),
        "service": text.title if text else row.case.sop.title,
        "number": row.case.number,
        "change": told.change,
        "until": told.item.timeout_at if told.item else None,
        "link": address(code),
        "stop": stop_address(code),
    }
    with translation.override(to.language):
        return EmailMessage(
            subject=f"{_title(told.change)} · {row.case.number}",
            body=render_to_string("portal/mail/change.txt", context),
            to=[to.email],
            headers=headers(row.pk, code),
        )


def _title(change: Change) -> str:
    return {
        Change.RECEIVED: _("We have received your request"),
        Change.ASKED: _("We need something from you"),
        Change.PAPER: _("There is a paper for you"),
        Change.FINISHED: _("Your request is finished"),
        Change.CLOSED: _("Your request was closed"),
    }[change]
