"""The number of a RABEG ticket, which every intake of complaints knows: made with, and told wrong by, its check digit."""

import re
from datetime import date

from laksana.numbering.services import Pattern
from laksana.sop.rules import rule

_NUMBER = re.compile(r"RBG-(\d{4})-(\d{6})-(\d)")


TICKET = "RBG-{tahun}-{urut:06}-{periksa}"


@rule(
    "rabeg.nomor-tiket",
    title="Nomor tiket RABEG",
    source="ketetapan desain; kantor dapat menetapkan pola lain",
)
def ticket_number(tahun: int, urut: int) -> str:
    """Return a ticket number with its Luhn check digit, such as RBG-2026-000123-3."""
    return Pattern(TICKET).written(urut, date(tahun, 1, 1))


def is_ticket(text: str) -> bool:
    """Return whether a text is a ticket number whose check digit is right."""
    found = _NUMBER.fullmatch(text.strip())
    return found is not None and ticket_number(int(found[1]), int(found[2])) == found[0]


def ticket_in(subject: str) -> str | None:
    """Return the ticket that a subject names in brackets, [RBG-2026-000123-3]; None where there is none or its digit is wrong."""
    found = re.search(rf"\[({_NUMBER.pattern})\]", subject)
    return found[1] if found and is_ticket(found[1]) else None
