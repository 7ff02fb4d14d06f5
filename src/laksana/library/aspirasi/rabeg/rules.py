"""What is computed of a RABEG report: its ticket number."""

from datetime import date

from laksana.numbering.services import Pattern
from laksana.sop.rules import rule

TICKET = "RBG-{tahun}-{urut:06}-{periksa}"


@rule(
    "rabeg.nomor-tiket",
    title="Nomor tiket RABEG",
    source="ketetapan desain; kantor dapat menetapkan pola lain",
)
def ticket_number(tahun: int, urut: int) -> str:
    """Return a ticket number with its Luhn check digit, such as RBG-2026-000123-3."""
    return Pattern(TICKET).written(urut, date(tahun, 1, 1))
