"""What holds for stock of consumables: lots, taken oldest first, quotas, reorder points, and the physical count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from laksana.library.rounding import half_up
from laksana.library.tables import Row, Table
from laksana.sop.rules import RuleError, rule
from laksana.worktime.zone import local

FIFO = "PSAP 05 par. 17 (FIFO); pembulatan: standar internal"
INTERNAL = "standar internal"


class Standard(Row):
    """What is reasonable of an item in a quarter, in which packs it comes, and when it is bought again."""

    kode_barang: str
    nama: str
    satuan: str
    per: Literal["pegawai", "printer", "unit"]
    jumlah_per_triwulan: Decimal
    kemasan: Decimal
    stok_pengaman: Decimal
    titik_pesan: Decimal


class Movement(Row):
    """A movement of stock outside of cases; quantity and value are negative where goods leave."""

    kode_barang: str
    tanggal: date
    lot: str
    jumlah: Decimal
    nilai: Decimal
    jenis: Literal["saldo_awal", "opname", "rusak", "retur"]
    keterangan: str


class Count(Row):
    """A physical count: since when the store is frozen, and when its result is approved (the office's local time)."""

    beku_sejak: datetime
    disahkan: datetime
    keterangan: str


STANDARDS = Table(__file__, "standar-kebutuhan.csv", Standard, key="kode_barang")
MOVEMENTS = Table(__file__, "mutasi-persediaan.csv", Movement)
COUNTS = Table(__file__, "jadwal-opname.csv", Count)


@dataclass(frozen=True)
class Lot:
    """What came in together: its quantity and value in rupiah at first, and what is left of them."""

    name: str
    day: date
    quantity_first: Decimal
    value_first: Decimal
    quantity: Decimal
    value: Decimal


@dataclass(frozen=True)
class Taken:
    """What is taken from a lot."""

    lot: str
    day: date
    quantity: Decimal
    unit_price: Decimal
    value: Decimal


@rule("persediaan.fifo", title="Pengeluaran dari lot tertua", source=FIFO, checked=True)
def take(lot_ada: Sequence[Lot], jumlah: Decimal) -> list[Taken]:
    """Return what a quantity takes from lots in their order; what empties a lot takes all its value, so that none is lost."""
    taken: list[Taken] = []
    for lot in lot_ada:
        part = min(lot.quantity, jumlah)
        if part <= 0:
            continue
        price = lot.value_first / lot.quantity_first
        value = lot.value if part == lot.quantity else half_up(part * price, 0)
        taken.append(Taken(lot.name, lot.day, part, half_up(price), value))
        jumlah -= part
    return taken


@rule("persediaan.jatah", title="Yang dapat dipenuhi dan yang di atas jatah triwulan", source=INTERNAL)
def within_quota(diminta: Decimal, tersedia: Decimal, jatah_sisa: Decimal | None) -> tuple[Decimal, Decimal]:
    """Return how much can be met, and how much of it is above the quota that is left; None is no quota."""
    met = max(Decimal(), min(diminta, tersedia))
    return met, Decimal() if jatah_sisa is None else max(Decimal(), met - jatah_sisa)


@rule(
    "persediaan.kebutuhan-bersih",
    title="Kebutuhan bersih dan jumlah dibeli",
    source=f"{INTERNAL}; dapat diatur",
)
def net_need(
    kebutuhan: Decimal,
    saldo: Decimal,
    dalam_pesanan: Decimal,
    stok_pengaman: Decimal = Decimal(),
    kemasan: Annotated[Decimal, Field(gt=0)] = Decimal(1),
) -> tuple[Decimal, Decimal]:
    """Return the need beyond what is on hand and on order, never negative, and what is bought: whole packs of it."""
    net = max(Decimal(), kebutuhan + stok_pengaman - saldo - dalam_pesanan)
    return net, (net / kemasan).to_integral_value(ROUND_CEILING) * kemasan


@rule("persediaan.titik-pesan", title="Sudah mencapai titik pesan", source=INTERNAL)
def to_be_reordered(saldo: Decimal, titik_pesan: Decimal, dalam_pesanan: Decimal) -> bool:
    """Return whether an item is bought again: its balance has come down to the point, and none is on order."""
    return saldo <= titik_pesan and dalam_pesanan == 0


@rule(
    "persediaan.opname",
    title="Selisih opname fisik",
    source="PSAP 05 par. 12 dan 14; Permendagri 47/2021 pasal 38",
)
def count_difference(
    lot_ada: Sequence[Lot], fisik_baik: Decimal, harga_terakhir: Decimal
) -> tuple[Decimal, Decimal]:
    """Return what a count changes, in quantity and rupiah: a shortage at FIFO cost, a surplus at `harga_terakhir`."""
    difference = fisik_baik - sum((lot.quantity for lot in lot_ada), Decimal())
    if difference >= 0:
        return difference, half_up(difference * harga_terakhir, 0)
    return difference, -sum((part.value for part in take(lot_ada, -difference)), Decimal())


@rule("persediaan.retur", title="Retur barang yang tidak terpakai", source=INTERNAL)
def returned(dikeluarkan: Sequence[Taken], jumlah: Decimal) -> list[Taken]:
    """Return what goes back into the lots of an issue, the latest first, at their cost. Raises RuleError for too much."""
    if jumlah > sum((part.quantity for part in dikeluarkan), Decimal()):
        raise RuleError({"jumlah": "lebih banyak daripada yang dikeluarkan"})
    back: list[Taken] = []
    for part in reversed(dikeluarkan):
        amount = min(part.quantity, jumlah)
        if amount > 0:
            value = part.value if amount == part.quantity else half_up(part.value * amount / part.quantity, 0)
            back.append(Taken(part.lot, part.day, amount, part.unit_price, value))
        jumlah -= amount
    return back


def twice(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the code of an item that stands in several rows; "" where none does."""
    codes = [row["kode_barang"] for row in rows]
    return next((code for code in codes if codes.count(code) > 1), "")


def frozen(at: datetime) -> Count | None:
    """Return the count for which the store is frozen at an instant."""
    now = local(at).replace(tzinfo=None)
    return next((count for count in COUNTS.rows() if count.beku_sejak <= now < count.disahkan), None)


def closed_until(at: datetime) -> date | None:
    """Return the day of the last approved count: nothing may be dated on it or before."""
    now = local(at).replace(tzinfo=None)
    return max((count.disahkan.date() for count in COUNTS.rows() if count.disahkan <= now), default=None)


def dates_closed(at: datetime, field: str, day: date | None) -> dict[str, str]:
    """Return the error of a date that lies in the future or in a period closed by a count."""
    closed = closed_until(at)
    if day is not None and closed is not None and day <= closed:
        return {field: f"Opname sampai {closed:%d-%m-%Y} sudah disahkan; transaksi bertanggal sesudahnya."}
    if day is not None and day > local(at).date():
        return {field: "Tanggal belum tiba."}
    return {}


def card_day(at: datetime, day: date) -> date:
    """Return the day under which a movement is booked: its own, or one after the count that has closed it meanwhile."""
    closed = closed_until(at)
    return max(local(at).date(), closed + timedelta(days=1)) if closed and day <= closed else day
