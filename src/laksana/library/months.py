"""Months in words, as books and papers write them."""

from datetime import date

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def month_of(day: date) -> str:
    """Return the month of a day: "November 2026"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def months_between(first: date, last: date) -> str:
    """Return the months of a span: "November 2026", or "November 2026 s.d. Januari 2027"."""
    begun, ended = month_of(first), month_of(last)
    return begun if begun == ended else f"{begun} s.d. {ended}"
