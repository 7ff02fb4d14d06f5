"""What receiving and sending classified messages share: their urgencies."""

from typing import Literal

from laksana.library.tables import Row, Table

Urgency = Literal["K", "S", "P", "B"]
"""Derajat kecepatan of a message: kilat, segera, penting, biasa."""


class UrgencyRow(Row):
    """How often a message of this urgency may be sent again."""

    derajat: Urgency
    nama: str
    kirim_ulang_maks: int


URGENCIES = Table(__file__, "derajat-berita.csv", UrgencyRow, key="derajat")


def retransmissions_left(derajat: str, used: int) -> int:
    """Return how often a message may still be sent again, by its urgency. Raises KeyError for an unknown one."""
    return max(0, URGENCIES[derajat].kirim_ulang_maks - used)
