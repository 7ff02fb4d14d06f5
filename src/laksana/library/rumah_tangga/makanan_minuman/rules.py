"""The rules of food and drink: what an event may be served, how many portions are paid, and who approves."""

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule
from laksana.worktime.zone import local


class Ceiling(Row):
    """The highest price of one portion, in rupiah."""

    jenis: str
    harga: Decimal


class Account(Row):
    """The account that an event's food is charged to."""

    jenis_acara: str
    kode_rekening: str


figure = Settings(__file__, "../ketentuan-konsumsi.csv")
CEILINGS = Table(__file__, "../plafon-konsumsi.csv", Ceiling, key="jenis")
ACCOUNTS = Table(__file__, "../akun-konsumsi.csv", Account, key="jenis_acara")


@rule("konsumsi.jam-makan", title="Acara meliputi jam makan", source="ketetapan kantor")
def covers_a_meal(start: datetime, end: datetime) -> bool:
    """Return whether an event lasts through the noon break, or into the evening beyond its hour, or overnight."""
    begins, ends = local(start), local(end)
    if ends.date() > begins.date():
        return True
    first, last = _hours(begins), _hours(ends)
    through_noon = first <= figure("makan_siang_mulai_jam") and last >= figure("makan_siang_sampai_jam")
    return through_noon or last > figure("makan_malam_sesudah_jam")


def _hours(at: datetime) -> Fraction:
    """Return the hours since midnight, exactly."""
    return Fraction(at.hour * 3600 + at.minute * 60 + at.second, 3600)


@rule("konsumsi.kudapan", title="Kudapan terbanyak bagi seorang", source="ketetapan kantor")
def snacks_at_most(start: datetime, end: datetime) -> int:
    """Return how many snacks one person may have: one for every so many hours begun, up to a number."""
    hours = (end - start) / timedelta(hours=1) / float(figure("kudapan_setiap_jam"))
    return min(figure.whole("kudapan_terbanyak"), ceil(hours))


@rule(
    "konsumsi.porsi-dibayar",
    title="Porsi yang dapat dibayar",
    source="ketetapan kantor; pembanding daftar hadir",
)
def payable(fit: int, present: int, staff: int) -> int:
    """Return the portions paid: those delivered and fit, but no more than who came and served with a spare, rounded up."""
    spare = Fraction(figure("cadangan_persen")) / 100
    return min(fit, ceil((1 + spare) * (present + staff)))


@rule("konsumsi.penyetuju", title="Pejabat yang menyetujui konsumsi", source="ketetapan kantor")
def approver(value: Decimal) -> str:
    """Return the position that approves an order of so many rupiah."""
    return "sekretaris" if value <= figure("delegasi_sekretaris") else "kepala-dinas"


@rule("konsumsi.meterai", title="Bea meterai kuitansi", source="UU 10/2020")
def stamp_duty(value: Decimal) -> Decimal:
    """Return the stamp duty on a receipt, in rupiah."""
    return figure("meterai") if value > figure("meterai_di_atas") else Decimal()
