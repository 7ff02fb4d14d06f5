"""Reading a letter that came as an e-mail file (.eml): who sent it, when, about what, and what is attached.

The file comes from outside and may hold anything: every limit is checked before memory is spent, headers are taken as text and
never trusted, names of attachments lose their path, and what cannot be read is refused with a reason.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from enum import StrEnum

from laksana.worktime.zone import OFFICE_ZONE

MAX_BYTES = 30 * 1024 * 1024
MAX_PARTS = 200
MAX_ATTACHMENTS = 20
_MAX_HEADER = 300
_MAX_TEXT = 20_000
_ADDRESS = re.compile(r"^(?P<name>.*?)\s*<(?P<address>[^<>]*)>$", re.DOTALL)


class Reason(StrEnum):
    """Why an e-mail is not taken."""

    TOO_LARGE = "too large"
    TOO_MANY_PARTS = "too many parts"
    TOO_MANY_ATTACHMENTS = "too many attachments"
    UNREADABLE = "cannot be read as an e-mail"
    NO_MAIL = "no e-mail: neither sender, date nor subject"


class MailError(ValueError):
    """The file is no e-mail that can be taken; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Enclosure:
    """A file attached to an e-mail."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """An e-mail as the front desk needs it. What a header does not say is empty."""

    sender: str
    address: str
    sent_at: datetime | None
    subject: str
    text: str
    enclosures: tuple[Enclosure, ...]


def read_mail(content: bytes) -> Mail:
    """Return what an .eml file says. Raises MailError."""
    if len(content) > MAX_BYTES:
        raise MailError(Reason.TOO_LARGE)
    try:
        message = BytesParser(policy=policy.default).parsebytes(content)
        parts = list(_parts(message))
        sender, address = _sender(message)
        mail = Mail(
            sender=sender,
            address=address,
            sent_at=_sent_at(message),
            subject=_header(message, "Subject"),
            text=_text(parts),
            enclosures=tuple(_enclosures(parts)),
        )
    except MailError:
        raise
    except (
        MessageError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as error:
        raise MailError(Reason.UNREADABLE) from error
    if not mail.address and not mail.subject and mail.sent_at is None:
        raise MailError(Reason.NO_MAIL)
    return mail


def _parts(message: Message) -> Iterator[EmailMessage]:
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS:
            raise MailError(Reason.TOO_MANY_PARTS)
        if isinstance(part, EmailMessage):
            yield part


def _header(message: Message, name: str) -> str:
    try:
        value = message.get(name)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError):
        return ""  # a header that the library cannot parse says nothing
    return _clean(str(value or ""))[:_MAX_HEADER]


def _clean(text: str) -> str:
    """Return a text on one line without characters that cannot be shown or that turn the direction of writing."""
    kept = (c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") else " " for c in text)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def _sender(message: Message) -> tuple[str, str]:
    written = _header(message, "From")
    match = _ADDRESS.match(written)
    name, address = (match["name"], match["address"]) if match else ("", written)
    address = address.strip() if "@" in address else ""
    return name.strip().strip('"') or address, address


def _sent_at(message: Message) -> datetime | None:
    try:
        sent = parsedate_to_datetime(_header(message, "Date"))
        return (sent if sent.tzinfo else sent.replace(tzinfo=OFFICE_ZONE)).astimezone(OFFICE_ZONE)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _text(parts: list[EmailMessage]) -> str:
    for part in parts:
        if part.get_content_type() == "text/plain" and not part.is_attachment():
            payload = part.get_payload(decode=True)
            content = payload if isinstance(payload, bytes) else b""
            text = _decoded(content[: 4 * _MAX_TEXT], part.get_content_charset())
            lines = (_clean(line) for line in text.splitlines())
            return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:_MAX_TEXT]
    return ""


def _decoded(content: bytes, charset: str | None) -> str:
    try:
        return content.decode(charset or "utf-8", errors="replace")
    except LookupError:
        return content.decode("utf-8", errors="replace")


def _enclosures(parts: list[EmailMessage]) -> Iterator[Enclosure]:
    found = 0
    for part in parts:
        name = part.get_filename()
        if part.is_multipart() or not (name or part.is_attachment()):
            continue
        found += 1
        if found > MAX_ATTACHMENTS:
            raise MailError(Reason.TOO_MANY_ATTACHMENTS)
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload:
            yield Enclosure(_file_name(name, found), part.get_content_type(), payload)


def _file_name(name: str | None, number: int) -> str:
    """Return the name of an attachment without path, hidden start or length that no file system takes."""
    last = re.split(r"[\\/]", _clean(name or ""))[-1].lstrip(". ")
    stem, dot, extension = last.rpartition(".")
    short = f"{stem[:80]}{dot}{extension[:10]}" if dot else last[:90]
    return short or f"lampiran-{number}"
