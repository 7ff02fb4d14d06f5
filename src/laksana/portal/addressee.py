"""To whom the office writes about a case: the address that the applicant gave, unless he named another or wants no e-mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from laksana.cases.models import Case
from laksana.cases.services import definition
from laksana.library.told import chain_of
from laksana.portal.models import MailChoice
from laksana.portal.tokens import spaced
from laksana.sop.definition import Procedure

KEPT = timedelta(days=180)
"""How long after the end of a case a named address is kept: what may follow from it has begun by then."""


@dataclass(frozen=True)
class Addressee:
    """An address, and the language in which it is written to."""

    email: str
    language: str

    @property
    def masked(self) -> str:
        """Return the address so that its owner knows it and nobody else learns it: "r…@contoh.example"."""
        name, _at, host = self.email.rpartition("@")
        return f"{name[:1]}…@{host}"


def addressee(case: Case) -> Addressee | None:
    """Return whom a case's e-mails go to; None where no address is known, or none are wanted.

    A case without an address of its own goes to that of the latest earlier case of the same story.
    """
    found = next(_said(case), None)
    return found if found is not None and found.email else None


def known(case: Case) -> Addressee | None:
    """Return the applicant's address, also where he wants no e-mails: at it he may ask for his code again."""
    return next((said for said in _said(case) if said.email), None)


def _said(case: Case) -> Iterator[Addressee]:
    yield from _said_of(case)
    for earlier in reversed(chain_of(case)):
        if earlier.pk != case.pk:
            yield from _said_of(earlier)


def _said_of(case: Case) -> Iterator[Addressee]:
    """Yield what one case says of it: the choice made on its page, else its first valid address."""
    choice = MailChoice.objects.filter(case=case).first()
    if choice is not None:
        yield Addressee(choice.email, choice.language)
    for field in _fields(definition(case)):
        if given := _valid(case.data.get(field)):
            yield Addressee(given, settings.LANGUAGE_CODE)


def _fields(procedure: Procedure) -> Iterator[str]:
    """Yield the fields in which an applicant gives his e-mail address himself."""
    own = frozenset(procedure.steps[0].by)
    for step in procedure.steps:
        if own >= set(step.by):
            yield from (name for name in step.asks if procedure.fields[name].type == "email")


def _valid(given: object) -> str:
    text = given if isinstance(given, str) else ""
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text


def choose(case: Case, email: str, language: str, at: datetime) -> None:
    """Keep the address to which a case's e-mails go from now on; "" for none."""
    MailChoice.objects.update_or_create(case=case, defaults={"email": email, "language": language, "at": at})


def forget(at: datetime) -> int:
    """Forget the addresses named for cases that ended long ago (`KEPT`); return how many."""
    return MailChoice.objects.exclude(email="").filter(case__ended_at__lt=at - KEPT).delete()[0]


def stop_address(code: str) -> str:
    """Return the full address at which e-mails about a case are stopped or sent elsewhere."""
    return settings.BASE_URL.rstrip("/") + reverse("track:mail", args=[spaced(code)])


def headers(key: int, code: str) -> dict[str, str]:
    """Return the headers of an e-mail about a case: its identity, and how a mail program stops them at one click (RFC 8058)."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return {
        "Message-ID": f"<applicant-{key}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop_address(code)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
