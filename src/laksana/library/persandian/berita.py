"""What receiving and sending classified messages share: their urgencies."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule

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


figure = Settings(__file__, "ketentuan-berita.csv")
_CLASSES = ("B", "T", "R", "SR")
"""From the lowest to the highest."""
_COURIER = "kurir_dinas"


@rule("berita.penerima-siap", title="Kekurangan penerima berita", source="praktik persandian")
def lacks(penerima: Mapping[str, Any], klasifikasi: str, waktu_dibuat: datetime) -> str:
    """Return in words what a recipient lacks for a message of this class made at this time; "" when he is ready.

    His key must hold for hours after the message was made, so that it cannot end on the way. Who gets it by courier needs none.
    """
    if _CLASSES.index(penerima.get("izin") or "B") < _CLASSES.index(klasifikasi):
        return f"izin belum sampai {klasifikasi}"
    if penerima.get("saluran") == _COURIER:
        return ""
    if not penerima.get("sidik_dicocokkan"):
        return "sidik kunci belum dicocokkan"
    since, until = penerima.get("kunci_mulai"), penerima.get("kunci_sampai")
    hours = figure.whole("kunci_jam")
    if until is None or until <= waktu_dibuat + timedelta(hours=hours):
        return f"kunci tidak berlaku sampai {hours} jam sesudah berita dibuat"
    return "kunci belum berlaku" if since is not None and since > waktu_dibuat else ""
