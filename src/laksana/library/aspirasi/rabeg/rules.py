"""What is computed of a RABEG report: its ticket number."""

from laksana.sop.rules import rule


@rule("rabeg.nomor-tiket", title="Nomor tiket RABEG", source="ketetapan desain")
def ticket_number(tahun: int, urut: int) -> str:
    """Return a ticket number with its Luhn check digit, such as RBG-2026-000123-3."""
    digits = f"{tahun:04d}{urut:06d}"
    total = sum(_doubled(int(d)) if place % 2 == 0 else int(d) for place, d in enumerate(reversed(digits)))
    return f"RBG-{tahun:04d}-{urut:06d}-{-total % 10}"


def _doubled(digit: int) -> int:
    return digit * 2 - 9 if digit > 4 else digit * 2
