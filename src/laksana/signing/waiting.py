"""What waits for a person's signature, and whether a paper can be signed now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from laksana.cases.models import Attachment
from laksana.files import services as files
from laksana.people.models import Person
from laksana.people.services import desks_of
from laksana.signing.gaps import gaps
from laksana.signing.models import Signature


@dataclass(frozen=True)
class Waiting:
    """One signature that a person can give, with the version of the paper that he would sign."""

    signature: Signature
    attachment: Attachment | None
    """None while the paper is still being made."""
    gaps: list[str]
    """What is missing on it, line by line: it cannot be signed before that is filled in."""


def waiting_rows(person: Person, at: datetime) -> "QuerySet[Signature]":
    """Return the signatures that wait at the desks of a person, the oldest first."""
    return (
        Signature.objects.filter(signed_at=None, desk__in=desks_of(person, at))
        .exclude(paper__case__state="batal")
        .select_related("paper__case", "paper__attachment__stored")
        .order_by("asked_at", "pk")
    )


def waiting_for(person: Person, at: datetime) -> list[Waiting]:
    """Return what waits for a person's signature, with what bars it."""
    return [waiting(signature) for signature in waiting_rows(person, at)]


def waiting(signature: Signature) -> Waiting:
    """Return a signature that waits, with the version to sign and its gaps."""
    current = version_to_sign(signature)
    return Waiting(signature, current, gaps(content(current)) if current else [])


def version_to_sign(signature: Signature) -> Attachment | None:
    """Return the newest version of a paper: the one signed last, else the paper as it was made; None before that."""
    signed = (
        Signature.objects.filter(paper=signature.paper_id)
        .exclude(attachment=None)
        .select_related("attachment__stored")
        .order_by("signed_at", "attachment_id")
        .last()
    )
    return signed.attachment if signed else signature.paper.attachment


def content(attachment: Attachment) -> bytes:
    """Return the bytes of an attachment."""
    with files.open_file(attachment.stored) as opened:
        return opened.read()
