"""What an e-mail says of itself: when the city's server received it, and which ticket it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from email.utils import parsedate_to_datetime

from laksana.library.aspirasi.tickets import ticket_in
from laksana.library.tables import Settings
from laksana.sop.rules import rule

figure = Settings(__file__, "../ketentuan-rabeg.csv")
NEW, REPLY = "aspirasi_baru", "balasan_utas"


@dataclass(frozen=True)
class Headers:
    """What the headers of an e-mail say; times are aware, and None where the header is missing or no date."""

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    subject: str
    sent: datetime | None
    received: datetime | None


def headers_of(raw: bytes) -> Headers:
    """Return the headers of an e-mail as it came; `received` by the topmost Received header, which the own server wrote."""
    message = BytesParser(EmailMessage, policy=default).parsebytes(raw)
    received = message.get_all("Received") or [""]
    return Headers(
        _text(message, "Message-ID"),
        _text(message, "In-Reply-To"),
        tuple(_text(message, "References").split()),
        _text(message, "Subject"),
        _instant(_text(message, "Date")),
        _instant(str(received[0]).rpartition(";")[2]),
    )


def _text(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name) or "").split())


def _instant(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text.strip())
    except (TypeError, ValueError, IndexError):
        return None
    return found if found.tzinfo is not None else None


@rule("rabeg-email.selisih-tanggal", title="Tanggal surel yang tidak wajar", source="ketetapan desain")
def is_far_off(menurut_pengirim: datetime, diterima: datetime) -> bool:
    """Return whether the sender's date lies further from the receipt than mail travels; deadlines count from the receipt."""
    return abs(diterima - menurut_pengirim) > timedelta(hours=figure.whole("tanggal_surel_jam"))


@dataclass(frozen=True)
class Match:
    """Which ticket an e-mail may belong to, whether it is proposed as a reply to it, and why."""

    proposal: str
    ticket: str | None
    reason: str


def matched(
    mentioned: list[str],
    subject: str,
    sender: str,
    ticket_of_message: Callable[[str], str | None],
    reporters_of: Callable[[str], set[str]],
) -> Match:
    """Return the ticket of an e-mail: by the messages it answers, else by a ticket in its subject from one of its reporters.

    `mentioned` are In-Reply-To and then the References from the last to the first. A like subject alone is never a reason.
    """
    for message_id in mentioned:
        if ticket := ticket_of_message(message_id):
            return Match(REPLY, ticket, "Menjawab surel yang sudah tercatat")
    ticket = ticket_in(subject)
    if ticket is None:
        return Match(NEW, None, "")
    if sender.lower() in reporters_of(ticket):
        return Match(REPLY, ticket, "Nomor tiket pada subjek, dari pelapornya")
    return Match(NEW, ticket, "Nomor tiket pada subjek, tetapi bukan dari pelapornya: tiket hanya diusulkan")
