"""The rates of official travel, as the office has them in force."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.library.tables import Listed, Row, Settings, Table, YesNo


class DailyRate(Row):
    """Daily allowances of a province in rupiah per person and day."""

    kode_wilayah: str
    provinsi: str
    luar_kota: Decimal
    dalam_kota_lebih_8_jam: Decimal
    diklat: Decimal


class Ceiling(Row):
    """The most that a night costs in a province, in rupiah per room, by the column of the traveller."""

    kode_wilayah: str
    provinsi: str
    k1: Decimal
    k2: Decimal
    k3: Decimal
    k4: Decimal


class TaxiRate(Row):
    """The most that one taxi ride to or from a station costs, in rupiah; None where no figure is known."""

    kode_wilayah: str
    provinsi: str
    besaran: Decimal | None = None


class Representation(Row):
    """The representation allowance of a post in rupiah per day."""

    jabatan: str
    luar_kota: Decimal
    dalam_kota_lebih_8_jam: Decimal


class Level(Row):
    """A level of cost and who has it; a condition left empty holds for everybody."""

    urutan: int
    status: Listed = ()
    eselon: Listed = ()
    golongan: Listed = ()
    kolom_penginapan: str
    baris_representasi: str
    kelas_pesawat: str
    kelas_kereta_kapal: str

    def fits(self, traveller: Mapping[str, Any]) -> bool:
        """Return whether a traveller has this level: by status, echelon and the part of the grade before the stroke."""
        grade = str(traveller.get("golongan") or "").partition("/")[0].strip().upper()
        pairs = (
            (self.status, traveller.get("status")), (self.eselon, traveller.get("eselon")), (self.golongan, grade),
        )  # fmt: skip
        return all(not wanted or held in wanted for wanted, held in pairs)


class TripKind(Row):
    """What a kind of trip pays, and from which accounts; a column left empty is not paid."""

    jenis: str
    uang_harian: str = ""
    penginapan: YesNo
    representasi: str = ""
    kode_rekening: Listed


DAILY = Table(__file__, "../sppd-uang-harian.csv", DailyRate, key="kode_wilayah")
LODGING = Table(__file__, "../sppd-penginapan.csv", Ceiling, key="kode_wilayah")
TAXI = Table(__file__, "../sppd-taksi.csv", TaxiRate, key="kode_wilayah")
REPRESENTATION = Table(__file__, "../sppd-uang-representasi.csv", Representation, key="jabatan")
LEVELS = Table(__file__, "../sppd-tingkat-biaya.csv", Level)
KINDS = Table(__file__, "../sppd-jenis.csv", TripKind, key="jenis")
figure = Settings(__file__, "../ketentuan-sppd.csv")


def level(traveller: Mapping[str, Any]) -> Level:
    """Return the level of cost of a traveller: the first of the table that fits."""
    return next(each for each in sorted(LEVELS.rows(), key=lambda row: row.urutan) if each.fits(traveller))


def ceiling(province: str, traveller: Mapping[str, Any]) -> Decimal:
    """Return the most that a night costs for a traveller in a province, in rupiah."""
    amount: Decimal = getattr(LODGING[province], level(traveller).kolom_penginapan)
    return amount
