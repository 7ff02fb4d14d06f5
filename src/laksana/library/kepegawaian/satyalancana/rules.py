"""The rules of the medal: service without a break, the class it gives, what breaks it, and proposals that come too late."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from laksana.library.kepegawaian.service import full_months
from laksana.sop.rules import rule

_CLASSES = (30, 20, 10)


class Penalty(TypedDict):
    """A disciplinary punishment of one level, from one day to another; without an end it still runs."""

    tingkat: Literal["ringan", "sedang", "berat"]
    tanggal_mulai: date
    tanggal_selesai: NotRequired[date | None]


class Unpaid(TypedDict):
    """Unpaid leave."""

    mulai: date
    selesai: date


@rule(
    "satyalancana.masa-kerja",
    title="Masa kerja terus-menerus dalam bulan",
    source="PP 25/1994 Pasal 4",
    checked=True,
)
def served(mulai: date, tanggal_hitung: date) -> int:
    """Return the full months of service between two days."""
    return full_months(mulai, tanggal_hitung)


@rule(
    "satyalancana.jenis",
    title="Jenis Satyalancana yang diusulkan",
    source="PP 25/1994 Pasal 2 dan 4",
    checked=True,
)
def highest(bulan: int, dimiliki: int = 0) -> int | None:
    """Return the highest class reached that is not held yet, None where there is none."""
    return next((years for years in _CLASSES if bulan >= 12 * years and years > dimiliki), None)


@rule("satyalancana.mulai", title="Awal masa kerja yang dihitung", source="PP 35/2010; persyaratan BKD")
def counted_from(
    tmt_cpns: date,
    tanggal_hitung: date,
    kebijakan: Literal["gugur", "hitung_ulang"] = "gugur",
    hukdis: Sequence[Penalty] = (),
    cltn: Sequence[Unpaid] = (),
) -> date | None:
    """Return from when service counts: anew after a heavier penalty or unpaid leave, or not at all (None) by the other policy.

    A light penalty does not matter, nor does what begins after the day of calculation.
    """
    breaks = [
        row.get("tanggal_selesai") or tanggal_hitung
        for row in hukdis
        if row["tingkat"] != "ringan" and row["tanggal_mulai"] <= tanggal_hitung
    ]
    breaks += [row["selesai"] for row in cltn if row["mulai"] <= tanggal_hitung]
    if not breaks:
        return tmt_cpns
    if kebijakan == "gugur":
        return None
    return max(tmt_cpns, max(breaks) + timedelta(days=1))


@rule(
    "satyalancana.tahun-berikutnya",
    title="Tahun kemungkinan berikutnya",
    source="PP 25/1994 Pasal 4",
    checked=True,
)
def next_year(bulan: int, tanggal_hitung: date, dimiliki: int = 0) -> int | None:
    """Return the first later year in which the next class not held is reached on the same day; None when all are held."""
    lowest = min((years for years in _CLASSES if years > dimiliki), default=None)
    if lowest is None:
        return None
    return tanggal_hitung.year + max(1, -(-(12 * lowest - bulan) // 12))


@rule("satyalancana.batas-usul", title="Keterlambatan usul", source="edaran BKPSDM")
def late_by(tanggal_kirim: date, batas_bkpsdm: date) -> int:
    """Return by how many days a proposal came after the circular's day; it then waits for the next year. 0 in time."""
    return max(0, (tanggal_kirim - batas_bkpsdm).days)
