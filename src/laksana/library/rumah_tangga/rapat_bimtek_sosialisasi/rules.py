"""The rules of meetings: clashes of rooms, food, fees and the tax on them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from laksana.library.rounding import down, half_up
from laksana.library.rumah_tangga.rapat_bimtek_sosialisasi.tables import TAX, figure
from laksana.sop.rules import rule

Food = Literal["tidak", "kudapan", "makan"]


@rule("rapat.bentrok-ruang", title="Benturan pemakaian ruang rapat", source="praktik kantor")
def clash(start: datetime, end: datetime, other_start: datetime, other_end: datetime) -> bool:
    """Return whether two bookings of one room clash: they overlap, or leave less time than clearing needs."""
    gap = timedelta(minutes=figure("jeda_ruang_menit"))
    return start < other_end + gap and other_start < end + gap


@rule(
    "rapat.syarat-konsumsi",
    title="Konsumsi yang boleh diberikan",
    source="standar biaya masukan; belum dicocokkan dengan Perpres 72/2025",
)
def food(start: datetime, end: datetime, mode: str, groups: list[str]) -> Food:
    """Return what may be served: nothing at short or online meetings, meals where others than the office attend."""
    minutes = (end - start) / timedelta(minutes=1)
    if mode == "daring" or minutes < figure("konsumsi_paling_singkat_menit"):
        return "tidak"
    return "makan" if set(groups) - {"internal_dinas"} else "kudapan"


@rule(
    "rapat.jam-bicara",
    title="Jam bicara yang dibayar",
    source="praktik kantor; jam 60 menit menurut standar biaya",
)
def hours(minutes: int) -> Decimal:
    """Return the hours that are paid: counted in quarters of an hour, rounded down."""
    unit = figure("hitungan_honor_menit")
    return Decimal(minutes // unit * unit) / 60


@rule(
    "rapat.honor-narasumber",
    title="Honorarium narasumber, moderator, dan pembawa acara",
    source="Perpres 33/2020 Lampiran I, dari ingatan",
)
def speaker_fee(
    role: str, rate: Decimal, minutes: int, from_outside: bool, outsiders: int, present: int
) -> Decimal:
    """Return the gross fee; those of the organising office are paid only where most participants come from outside."""
    mostly_outside = present > 0 and outsiders * 100 >= present * figure("peserta_luar_persen")
    if not from_outside and not mostly_outside:
        return Decimal()
    if role != "narasumber":
        return rate
    share = Decimal(100 if from_outside else figure("honor_dalam_persen")) / 100
    return down(hours(minutes) * rate * share)


@rule(
    "rapat.panitia-dibayar",
    title="Panitia yang dibayar paling banyak",
    source="Perpres 33/2020 Lampiran I, dari ingatan",
)
def paid_committee(present: int) -> int:
    """Return how many of the committee are paid at most."""
    if present < figure("panitia_ambang_peserta"):
        return figure("panitia_di_bawah_ambang")
    return present * figure("panitia_persen") // 100


def tax_kind(status: str, grade: str | None) -> str:
    """Return the kind of recipient by which the table of taxes knows somebody.

    A PPPK is not named by PP 80/2010; until the office says otherwise he is taxed as one who is no employee.
    """
    if status == "pns" and grade:
        return grade.partition("/")[0]
    return "pejabat" if status in ("pejabat_negara", "tni_polri") else "bukan_pegawai"


@rule("rapat.pph21-honor", title="PPh pasal 21 atas honorarium", source="PP 80/2010 pasal 4; PMK 168/2023")
def tax(gross: Decimal, kind: str) -> Decimal:
    """Return the tax in whole rupiah, rounded down, payment by payment."""
    total, below = Decimal(), Decimal()
    for bracket in (row for row in TAX.rows() if row.penerima == kind):
        base = gross * bracket.dasar_persen / 100
        top = base if bracket.sampai is None else min(base, bracket.sampai)
        total += max(Decimal(), top - below) * bracket.persen / 100
        below = bracket.sampai or below
    return down(total)


def first_rate(kind: str) -> Decimal:
    """Return the rate in per cent that is printed beside the tax: the first one of the recipient's kind."""
    return next(row.persen for row in TAX.rows() if row.penerima == kind)


@rule("rapat.kehadiran", title="Persentase kehadiran", source="praktik kantor")
def attendance(present: int, invited: int) -> Decimal:
    """Return the attendance in per cent with one decimal, half rounded up."""
    return half_up(Decimal(100) * present / invited, 1)
