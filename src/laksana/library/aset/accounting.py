"""The city's accounting policy of fixed assets: what is capitalised, over how long it is used, and what it is worth on a day."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol, TypeVar

from laksana.library.aset.codes import is_of
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule

POLICY = "kebijakan akuntansi daerah"


class Threshold(Row):
    """From which unit cost goods of a group stand on the balance sheet, and from which what is spent on them later."""

    jenis: str
    awalan_kode: str
    batas_perolehan_rp: Decimal
    batas_pemeliharaan_rp: Decimal
    tambah_masa_manfaat_min_tahun: Decimal


class UsefulLife(Row):
    """Over how many years goods of a code prefix are depreciated; without a number they are not."""

    awalan_kode: str
    uraian: str
    masa_manfaat_tahun: int | None = None


figure = Settings(__file__, "ketentuan-akuntansi.csv")
THRESHOLDS = Table(__file__, "batas-kapitalisasi.csv", Threshold, key="awalan_kode")
LIVES = Table(__file__, "masa-manfaat.csv", UsefulLife, key="awalan_kode")


class _Coded(Protocol):
    @property
    def awalan_kode(self) -> str: ...


C = TypeVar("C", bound=_Coded)


def _closest(rows: Iterable[C], code: str) -> C | None:
    """Return the row with the longest prefix that fits a code."""
    fits = (row for row in rows if is_of(code, row.awalan_kode))
    return max(fits, key=lambda row: len(row.awalan_kode), default=None)


@rule("aset.batas-kapitalisasi", title="Batas kapitalisasi", source=POLICY)
def threshold(kode_barang: str) -> Decimal | None:
    """Return from which unit cost in rupiah goods of a code stand on the balance sheet; None for a group without one."""
    row = _closest(THRESHOLDS.rows(), kode_barang)
    return row.batas_perolehan_rp if row else None


@rule("aset.komptabel", title="Intra- atau ekstrakomptabel", source=POLICY)
def stands_on_balance_sheet(kode_barang: str, nilai_satuan: Decimal) -> bool:
    """Return whether a unit's cost reaches the threshold of its group; a group without one always does."""
    least = threshold(kode_barang)
    return least is None or nilai_satuan >= least


@rule("aset.kapitalisasi", title="Biaya pemeliharaan dikapitalisasi", source=f"PSAP 07; {POLICY}")
def is_capitalised(kode_barang: str, biaya: Decimal, tambah_tahun: Decimal | None = None) -> bool:
    """Return whether what is spent on goods is added to their value: it reaches the limit of their group and adds enough life.

    Without `tambah_tahun` only the limit is asked: that the work adds life or value is known otherwise.
    """
    row = _closest(THRESHOLDS.rows(), kode_barang)
    if row is None or biaya < row.batas_pemeliharaan_rp:
        return False
    return tambah_tahun is None or tambah_tahun >= row.tambah_masa_manfaat_min_tahun


@rule("aset.masa-manfaat", title="Masa manfaat", source=f"Permendagri 64/2013; {POLICY}")
def useful_life(kode_barang: str) -> int | None:
    """Return the useful life in years by the longest prefix that fits; None for what is not depreciated."""
    row = _closest(LIVES.rows(), kode_barang)
    return row.masa_manfaat_tahun if row else None


def in_periods(years: Decimal | int) -> int:
    """Return years as whole periods of depreciation."""
    return int(years * figure("penyusutan_periode_setahun"))


@rule("aset.nilai-buku", title="Penyusutan dan nilai buku", source="PSAP 07; Permendagri 64/2013")
def book_value(kode_barang: str, nilai: Decimal, diperoleh: date, pada: date) -> tuple[Decimal, Decimal]:
    """Return the depreciation so far and the book value in rupiah: straight line, by whole periods that have ended.

    The period of acquisition counts whole; each is rounded down, and the last takes the remainder.
    """
    life, left = useful_life(kode_barang), periods_left(kode_barang, diperoleh, pada)
    if life is None or left is None:
        return Decimal(), nilai
    periods = in_periods(life)
    written_off = nilai // periods * (periods - left) if left else nilai
    return written_off, nilai - written_off


def periods_left(kode_barang: str, diperoleh: date, pada: date) -> int | None:
    """Return how many periods of its useful life goods still have on a day; None for what is not depreciated."""
    life = useful_life(kode_barang)
    if life is None:
        return None
    used = _period(pada + timedelta(days=1)) - _period(diperoleh)
    return in_periods(life) - min(max(used, 0), in_periods(life))


@rule("aset.ganti-rugi", title="Dasar tuntutan ganti kerugian", source="PP 38/2016; Permendagri 133/2018")
def claim_base(nilai_buku: Decimal | None, nilai_wajar: Decimal | None) -> Decimal | None:
    """Return what is claimed for lost goods in rupiah: the higher of book value and fair value of the like, as far as known."""
    return max((value for value in (nilai_buku, nilai_wajar) if value is not None), default=None)


def _period(day: date) -> int:
    a_year = in_periods(1)
    return day.year * a_year + (day.month - 1) * a_year // 12
