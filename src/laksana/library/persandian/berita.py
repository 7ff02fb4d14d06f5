"""What receiving and sending classified messages share: urgencies, and the number in the agenda."""

from datetime import datetime
from typing import Literal

from laksana.library.tables import Row, Table
from laksana.worktime.zone import local_day

Urgency = Literal["K", "S", "P", "B"]
"""Derajat kecepatan of a message: kilat, segera, penting, biasa."""
_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class UrgencyRow(Row):
    """How often a message of this urgency may be sent again."""

    derajat: Urgency
    nama: str
    kirim_ulang_maks: int


URGENCIES = Table(__file__, "derajat-berita.csv", UrgencyRow, key="derajat")


def agenda_number(book: str, number: int, at: datetime) -> str:
    """Return a number of the crypto agenda, such as SANDI.M/042/XI/2026, by the local day of `at`."""
    day = local_day(at)
    return f"{book}/{number:03d}/{_MONTHS[day.month - 1]}/{day.year}"


def retransmissions_left(derajat: str, used: int) -> int:
    """Return how often a message may still be sent again, by its urgency. Raises KeyError for an unknown one."""
    return max(0, URGENCIES[derajat].kirim_ulang_maks - used)
