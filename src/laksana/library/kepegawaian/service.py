"""Length of service, as personnel papers tell it."""

from datetime import date


def full_months(since: date, until: date) -> int:
    """Return the full months between two days."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)


def in_words(months: int) -> str:
    """Return months as papers write them: years and months."""
    return f"{months // 12} tahun {months % 12} bulan"
