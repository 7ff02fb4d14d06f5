"""The port to channels, and its adapters: an e-mail list, a signed webhook. A social network is reached by a webhook too.

An adapter gets a message and an address and raises `Undelivered` where it did not arrive; the job tries again.
"""

import hashlib
import hmac
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SECONDS = 10
_LOCAL = ("localhost", "127.0.0.1", "::1")


class Undelivered(Exception):  # noqa: N818  (it is said of the message)
    """A message did not arrive; the text says why and holds no secret."""


@dataclass(frozen=True)
class Message:
    """What goes to a channel."""

    id: str
    """The same each time it is sent, so that a channel may leave out what it has already."""
    occasion: str
    kind: str
    title: str
    summary: str
    text: str
    byline: str
    url: str
    published_at: str


@dataclass(frozen=True)
class Address:
    """Where it goes: the channel's address and the secret shared with it."""

    address: str
    secret: str


class Adapter(Protocol):
    """One kind of channel."""

    title: Any
    """Its name for people."""

    def check(self, where: Address) -> None:
        """Raise ValidationError, naming fields, where the address cannot be one of this kind."""

    def deliver(self, message: Message, where: Address, at: datetime) -> None:
        """Send a message. Raises Undelivered."""


class EmailList:
    """An e-mail to each address of a list, one message each, so that nobody sees the others."""

    title = gettext_lazy("E-mail list")

    def check(self, where: Address) -> None:
        """Refuse what is no list of addresses."""
        if not (addresses := _listed(where.address)):
            raise ValidationError({"address": _("Name at least one e-mail address.")})
        for each in addresses:
            try:
                validate_email(each)
            except ValidationError:
                raise ValidationError(
                    {"address": _("This is no e-mail address: %(what)s") % {"what": each}}
                ) from None

    def deliver(self, message: Message, where: Address, at: datetime) -> None:  # noqa: ARG002  (as every adapter)
        """Send it to all; raises Undelivered naming how many did not get it."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        body = f"{message.title}\n\n{message.text}\n\n{message.byline}\n{message.url}\n"
        letters = [
            EmailMessage(
                subject=" ".join(message.title.split())[:150],
                body=body,
                to=[each],
                headers={
                    "Message-ID": f"<{hashlib.sha256(f'{message.id}{each}'.encode()).hexdigest()[:32]}@{domain}>",
                    "Auto-Submitted": "auto-generated",
                    "Precedence": "bulk",
                },
            )
            for each in _listed(where.address)
        ]
        try:
            get_connection().send_messages(letters)
        except OSError as fault:
            raise Undelivered(str(fault)[:200]) from fault


class Webhook:
    """A POST of JSON, signed with the secret shared with its receiver (HMAC-SHA256 over the moment and the body)."""

    title = gettext_lazy("Webhook")

    def check(self, where: Address) -> None:
        """Refuse an address that is not HTTPS (this machine excepted) and a secret that is short."""
        parts = urlsplit(where.address.strip())
        plain = parts.scheme == "http" and parts.hostname in _LOCAL
        if not parts.hostname or parts.username or not (parts.scheme == "https" or plain):
            raise ValidationError({"address": _("A webhook has an address that begins with https://.")})
        if len(where.secret) < 16:
            raise ValidationError(
                {"secret": _("Write at least 16 characters, as long as its receiver takes.")}
            )

    def deliver(self, message: Message, where: Address, at: datetime) -> None:
        """Send it; whatever is not a 2xx is no delivery, and a redirection is not followed."""
        body = json.dumps(asdict(message), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", **signed(body, where.secret, at)}
        request = urllib.request.Request(where.address.strip(), body, headers, method="POST")  # noqa: S310  (checked)
        try:
            with _OPENER.open(request, timeout=SECONDS) as answer:
                if not 200 <= answer.status < 300:
                    raise Undelivered(f"HTTP {answer.status}")
        except urllib.error.HTTPError as fault:
            raise Undelivered(f"HTTP {fault.code}") from fault
        except urllib.error.URLError as fault:
            raise Undelivered(str(fault.reason)[:200]) from fault
        except OSError as fault:
            raise Undelivered(str(fault)[:200]) from fault


def signed(body: bytes, secret: str, at: datetime) -> dict[str, str]:
    """Return the headers by which a receiver knows that a message is ours and new."""
    moment = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Laksana-Timestamp": moment, "X-Laksana-Signature": f"sha256={digest}"}


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        """Follow nothing: what was agreed is one address."""
        return


_OPENER = urllib.request.build_opener(_NoRedirection)
ADAPTERS: Mapping[str, Adapter] = {"surel": EmailList(), "webhook": Webhook()}


def _listed(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in line.replace(",", " ").replace(";", " ").split()]
