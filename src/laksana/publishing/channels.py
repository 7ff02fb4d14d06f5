"""The port to channels, and its adapters: an e-mail list, a signed webhook, accounts on social networks by their name.

An adapter names the recipients behind an address. It hands a message to one of them and raises `Undelivered` where it did not
arrive; the job tries again with those who have not got it. To an account somebody posts by hand and records the link.
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
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.utils.text import Truncator
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

    @property
    def title(self) -> Any:
        """Return its name for people."""

    @property
    def by_hand(self) -> bool:
        """Return whether a person takes items there and records that he did; nothing is sent then."""

    def check(self, where: Address) -> None:
        """Raise ValidationError, naming fields, where the address cannot be one of this kind."""

    def recipients(self, where: Address) -> list[str]:
        """Return who is behind an address, each once."""

    def deliver(self, message: Message, recipient: str, secret: str, at: datetime) -> None:
        """Send a message to one recipient. Raises Undelivered."""


class EmailList:
    """An e-mail to each address of a list, one message each, so that nobody sees the others."""

    title = gettext_lazy("E-mail list")
    by_hand = False

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

    def recipients(self, where: Address) -> list[str]:
        """Return the addresses of the list; one that stands there twice gets it once."""
        return list({each.lower(): each for each in _listed(where.address)}.values())

    def deliver(self, message: Message, recipient: str, secret: str, at: datetime) -> None:  # noqa: ARG002  (as every adapter)
        """Send it to one address, under an identification by which a second copy of it is known."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        mark = hashlib.sha256(f"{message.id}{recipient}".encode()).hexdigest()[:32]
        letter = EmailMessage(
            subject=" ".join(message.title.split())[:150],
            body=f"{message.title}\n\n{message.text}\n\n{message.byline}\n{message.url}\n",
            to=[recipient],
            headers={
                "Message-ID": f"<{mark}@{domain}>",
                "Auto-Submitted": "auto-generated",
                "Precedence": "bulk",
            },
        )
        try:
            letter.send()
        except OSError as fault:  # also what a mail server refuses (smtplib.SMTPException)
            raise Undelivered(str(fault)[:200]) from fault


class Webhook:
    """A POST of JSON, signed with the secret shared with its receiver (HMAC-SHA256 over the moment and the body)."""

    title = gettext_lazy("Webhook")
    by_hand = False

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

    def recipients(self, where: Address) -> list[str]:
        """Return the one address."""
        return [where.address.strip()]

    def deliver(self, message: Message, recipient: str, secret: str, at: datetime) -> None:
        """Send it; whatever is not a 2xx is no delivery, and a redirection is not followed."""
        body = json.dumps(asdict(message), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", **signed(body, secret, at)}
        request = urllib.request.Request(recipient, body, headers, method="POST")  # noqa: S310  (checked)
        try:
            with _OPENER.open(request, timeout=SECONDS) as answer:
                if not 200 <= answer.status < 300:
                    raise Undelivered(f"HTTP {answer.status}")
        except urllib.error.HTTPError as fault:
            fault.close()
            raise Undelivered(f"HTTP {fault.code}") from fault
        except urllib.error.URLError as fault:
            raise Undelivered(str(fault.reason)[:200]) from fault
        except OSError as fault:
            raise Undelivered(str(fault)[:200]) from fault


@dataclass(frozen=True)
class Account:
    """An account of the office on a social network: somebody posts there, and records the link and the time."""

    title: Any
    hosts: tuple[str, ...]
    """Where its accounts and posts have their addresses."""
    longest: int | None = None
    """How many characters a post may have there, as the office's list of channels says it."""
    by_hand: bool = True

    def check(self, where: Address) -> None:
        """Refuse an address that is none of this network."""
        if not self.holds(where.address):
            hosts = _(" or ").join(f"https://{host}/" for host in self.hosts)
            raise ValidationError(
                {"address": _("The account has an address under %(hosts)s.") % {"hosts": hosts}}
            )

    def holds(self, address: str) -> bool:
        """Return whether an address is one of this network: of an account, or of a post."""
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        return parts.scheme == "https" and host in self.hosts and not parts.username and len(parts.path) > 1

    def recipients(self, where: Address) -> list[str]:
        """Return the account."""
        return [where.address.strip()]

    def deliver(self, message: Message, recipient: str, secret: str, at: datetime) -> None:  # noqa: ARG002
        """Never be asked: a person posts it."""
        raise Undelivered(_("Somebody posts it by hand."))

    def post_of(self, message: Message) -> str:
        """Return what is to be posted: title, text as far as it fits, and the address of the item."""
        text = f"{message.title}\n\n{message.text}".strip()
        if self.longest is not None:
            text = Truncator(text).chars(self.longest - len(message.url) - 2)
        return f"{text}\n\n{message.url}"


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
NETWORKS: Mapping[str, Account] = {
    "ig": Account("Instagram", ("instagram.com",), 2200),
    "fb": Account("Facebook", ("facebook.com", "fb.com", "fb.watch")),
    "x": Account("X", ("x.com", "twitter.com"), 280),
    "yt": Account("YouTube", ("youtube.com", "youtu.be"), 5000),
    "wa": Account(gettext_lazy("WhatsApp channel"), ("whatsapp.com",), 1024),
}
"""Under the names by which the plan of a release calls them."""
ADAPTERS: Mapping[str, Adapter] = {"surel": EmailList(), "webhook": Webhook(), **NETWORKS}


def _listed(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in line.replace(",", " ").replace(";", " ").split()]
