"""What the stock cards hold: every movement of an item, what is left of its lots, and what is promised or coming.

The cards are the two books "kartu-barang", of what came in and of what went out, with what the office enters outside of cases:
opening balances, results of a physical count, damage and returns (`mutasi-persediaan.csv`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases.models import Case
from laksana.library.aset.stock import MOVEMENTS, Lot
from laksana.registers import services as registers

BOUGHT, HANDED_OUT = "pengadaan-barang-pakai-habis", "distribusi-barang-pakai-habis"
CARD = "kartu-barang"
NONE = Decimal()


@dataclass(frozen=True)
class Move:
    """One movement of a lot, from a book or from the office's own entries; negative where goods leave."""

    day: date
    lot: str
    quantity: Decimal
    value: Decimal
    kind: str


@dataclass(frozen=True)
class Report:
    """What became of an item's stock in a year: quantities, and the value of what is left in rupiah."""

    opening: Decimal
    added: Decimal
    issued: Decimal
    counted: Decimal
    damaged: Decimal
    closing: Decimal
    value: Decimal


def moves(code: str) -> list[Move]:
    """Return every movement of an item, the office's own entries first, then the books in the order of their writing."""
    own = (row for row in MOVEMENTS.rows() if row.kode_barang == code)
    return [*(Move(row.tanggal, row.lot, row.jumlah, row.nilai, row.jenis) for row in own), *_booked(code)]


def _booked(code: str, **of: Any) -> Iterator[Move]:
    rows = registers.Entry.objects.filter(
        procedure__in=(BOUGHT, HANDED_OUT),
        register=CARD,
        kind=registers.Entry.Kind.ROW,
        values__kode_barang=code,
        **of,
    )
    for entry in rows.prefetch_related("later").order_by("at", "pk"):
        cells: dict[str, Any] = {
            name: registers.typed(held) for name, held in registers.current(entry).items()
        }
        way, sign = ("masuk", 1) if cells.get("masuk_jumlah") is not None else ("keluar", -1)
        quantity, value = sign * cells[f"{way}_jumlah"], sign * cells[f"{way}_nilai"]
        yield Move(cells["tanggal"], cells["lot"], quantity, value, way)


def lots(code: str) -> list[Lot]:
    """Return what is left of every lot of an item, the oldest first: by the day of receipt, then in the order of entry."""
    first: dict[str, Move] = {}
    quantity: dict[str, Decimal] = {}
    value: dict[str, Decimal] = {}
    for move in moves(code):
        first.setdefault(move.lot, move)
        quantity[move.lot] = quantity.get(move.lot, NONE) + move.quantity
        value[move.lot] = value.get(move.lot, NONE) + move.value
    left = [Lot(name, m.day, m.quantity, m.value, quantity[name], value[name]) for name, m in first.items()]
    return sorted((lot for lot in left if lot.quantity > 0), key=lambda lot: lot.day)


def balance(code: str) -> tuple[Decimal, Decimal]:
    """Return how much of an item the cards hold, and its value in rupiah: the sum of what is left of its lots."""
    held = lots(code)
    return sum((lot.quantity for lot in held), NONE), sum((lot.value for lot in held), NONE)


def report(code: str, year: int) -> Report:
    """Return what became of an item's stock in a year; what the office carried in at the start counts as opening."""
    all_moves = moves(code)
    this_year = [move for move in all_moves if move.day.year == year and move.kind != "saldo_awal"]
    before = (
        m.quantity for m in all_moves if m.day.year < year or (m.kind == "saldo_awal" and m.day.year == year)
    )

    def of(*kinds: str) -> Decimal:
        return sum((move.quantity for move in this_year if move.kind in kinds), NONE)

    quantity, value = balance(code)
    return Report(
        sum(before, NONE), of("masuk", "retur"), -of("keluar"), of("opname"), -of("rusak"), quantity, value
    )


def promised(code: str, but: Case) -> Decimal:
    """Return what SPPBs of other cases have ordered out of the store that is not booked yet."""
    running = Case.objects.filter(
        procedure=HANDED_OUT, state=Case.State.RUNNING, data__nomor_sppb__isnull=False
    )
    waiting = running.exclude(pk=but.pk).exclude(register_entries__register=CARD)
    return _sum(waiting, "jumlah_disetujui", code, "jumlah")


def on_order(code: str, but: Case) -> Decimal:
    """Return what approved purchases of other cases will bring that is not booked yet."""
    running = Case.objects.filter(
        procedure=BOUGHT, state=Case.State.RUNNING, data__tanggal_setuju__isnull=False
    )
    coming = running.exclude(pk=but.pk).exclude(register_entries__register=CARD)
    return _sum(coming, "hasil_netting", code, "jumlah_beli")


def proposed(code: str) -> Decimal:
    """Return how much of an item running purchases ask for, whether approved or not."""
    running = Case.objects.filter(procedure=BOUGHT, state=Case.State.RUNNING)
    return _sum(running.exclude(register_entries__register=CARD), "daftar_usulan", code, "jumlah_kebutuhan")


def _sum(cases: Iterable[Case], table: str, code: str, column: str) -> Decimal:
    rows = (row for case in cases for row in case.data.get(table) or ())
    return sum((Decimal(row.get(column) or 0) for row in rows if row.get("kode_barang") == code), NONE)


def received_in_quarter(code: str, unit: str, day: date) -> Decimal:
    """Return how much of an item a unit was handed out in the quarter of a day."""
    quarter = (day.year, (day.month - 1) // 3)
    out = _booked(code, case__data__unit=unit)
    return -sum(
        (m.quantity for m in out if m.kind == "keluar" and (m.day.year, (m.day.month - 1) // 3) == quarter),
        NONE,
    )
