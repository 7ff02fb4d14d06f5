"""What is owed for an official vehicle: tax with its surcharge, road accident contribution, fees, and what lateness adds."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from laksana.library.rounding import half_up
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

TAX = "UU 1/2022; Perda Provinsi Banten 1/2024"
INTEREST = "UU 1/2022; PP 35/2023"
CONTRIBUTION = "PMK 16/PMK.010/2017"
Kind = Literal["r2", "r4_sedan_jeep_minibus", "pick_up"]
Class = Literal["A", "B", "C1", "C2", "DP", "DU", "F"]
Payment = Literal["tahunan", "lima_tahunan"]


class Contribution(Row):
    """What a class of vehicles contributes in a year."""

    golongan: str
    kendaraan: str
    sumbangan: Decimal
    kartu_dana: Decimal


class Fine(Row):
    """From which day late on which share of the contribution is added."""

    sejak_hari: int
    persen: Decimal


figure = Settings(__file__, "../ketentuan-pajak-kendaraan.csv")
CONTRIBUTIONS = Table(__file__, "../swdkllj.csv", Contribution, key="golongan")
FINES = Table(__file__, "../denda-swdkllj.csv", Fine)


@dataclass(frozen=True)
class Vehicle:
    """What of a vehicle its tax depends on."""

    jenis: Kind
    golongan: Class
    njkb: Decimal
    bobot: Decimal
    tarif: Decimal


@dataclass(frozen=True)
class Owed:
    """What is owed for one tax year, in rupiah."""

    pkb: Decimal
    opsen: Decimal
    sanksi: Decimal
    swdkllj: Decimal
    denda: Decimal
    pnbp: Decimal
    bulan: int
    hari: int

    @property
    def total(self) -> Decimal:
        """Return the sum of all parts."""
        return self.pkb + self.opsen + self.sanksi + self.swdkllj + self.denda + self.pnbp


@rule("pajak-kendaraan-dinas.pkb", title="Pajak kendaraan bermotor", source=TAX)
def tax(njkb: Decimal, bobot: Decimal, tarif: Decimal) -> Decimal:
    """Return the tax in rupiah: the vehicle's value by weight and rate (percent), rounded up to the hundred."""
    unit = figure("pembulatan_pkb")
    return (njkb * bobot * tarif / 100 / unit).to_integral_value(ROUND_CEILING) * unit


@rule("pajak-kendaraan-dinas.opsen", title="Opsen PKB", source="UU 1/2022", checked=True)
def surcharge(pkb: Decimal) -> Decimal:
    """Return the city's surcharge on the tax, in rupiah."""
    return half_up(pkb * figure("opsen_persen") / 100, 0)


@rule("pajak-kendaraan-dinas.bulan-terlambat", title="Bulan terlambat", source="PP 35/2023 (praktik)")
def months_late(jatuh_tempo: date, tanggal_bayar: date) -> int:
    """Return the months late, part of a month counted as a whole one; 0 on the due date or before it."""
    months = 0
    while months_later(jatuh_tempo, months) < tanggal_bayar:
        months += 1
    return months


@rule("pajak-kendaraan-dinas.sanksi", title="Bunga PKB dan opsen", source=INTEREST)
def interest(pkb: Decimal, opsen: Decimal, bulan: int) -> Decimal:
    """Return the interest in rupiah on tax and surcharge, each rounded by itself, for so many months at most."""
    share = min(Decimal(bulan), figure("sanksi_bulan_terbanyak")) * figure("sanksi_persen_sebulan") / 100
    return half_up(pkb * share, 0) + half_up(opsen * share, 0)


@rule("pajak-kendaraan-dinas.swdkllj", title="SWDKLLJ setahun", source=CONTRIBUTION, checked=True)
def contribution(golongan: Class) -> Decimal:
    """Return the road accident contribution of a class with its card, in rupiah."""
    row = CONTRIBUTIONS[golongan]
    return row.sumbangan + row.kartu_dana


@rule("pajak-kendaraan-dinas.denda-swdkllj", title="Denda SWDKLLJ", source=CONTRIBUTION + " pasal 7 ayat (3)")
def fine(golongan: Class, hari: int) -> Decimal:
    """Return the fine in rupiah by days late: a share of the contribution of one year, up to the greatest fine."""
    share = max((row.persen for row in FINES.rows() if hari >= row.sejak_hari), default=Decimal())
    return min(half_up(CONTRIBUTIONS[golongan].sumbangan * share / 100, 0), figure("denda_swdkllj_terbanyak"))


@rule("pajak-kendaraan-dinas.pnbp", title="PNBP STNK dan TNKB", source="PP 76/2020", checked=True)
def fees(jenis: Kind, lima_tahunan: bool) -> Decimal:
    """Return the police's fees in rupiah: registration and plates every five years, else the yearly endorsement."""
    wheels = "r2" if jenis == "r2" else "r4"
    if lima_tahunan:
        return figure(f"stnk_{wheels}") + figure(f"tnkb_{wheels}")
    return figure(f"pengesahan_{wheels}")


@rule("pajak-kendaraan-dinas.jenis", title="Tahunan atau lima tahunan", source="UU 22/2009 Pasal 70")
def kind_of_payment(jatuh_tempo: date, jatuh_tempo_stnk: date) -> Payment:
    """Return `lima_tahunan` where the STNK ends within so many days after the due date or has ended before it."""
    last = jatuh_tempo + timedelta(days=figure.whole("lima_tahunan_hari"))
    return "lima_tahunan" if jatuh_tempo_stnk <= last else "tahunan"


@rule("pajak-kendaraan-dinas.jatuh-tempo", title="Jatuh tempo berikut", source="UU 22/2009 Pasal 70")
def next_due(jatuh_tempo: date) -> date:
    """Return the next yearly due date: a late payment does not move it; 29 February becomes 28 February."""
    return months_later(jatuh_tempo, 12)


@rule("pajak-kendaraan-dinas.masa-stnk", title="Masa berlaku STNK berikut", source="UU 22/2009 Pasal 70")
def next_registration(jatuh_tempo_stnk: date) -> date:
    """Return until when a renewed STNK holds: so many years after the last one ended."""
    return months_later(jatuh_tempo_stnk, 12 * figure.whole("masa_stnk_tahun"))


@rule(
    "pajak-kendaraan-dinas.hapus-registrasi", title="Registrasi dapat dihapus", source="UU 22/2009 Pasal 74"
)
def struck_off_from(jatuh_tempo_stnk: date) -> date:
    """Return from when a vehicle whose STNK was not renewed may be struck off the registration."""
    return months_later(jatuh_tempo_stnk, figure.whole("hapus_registrasi_bulan"))


def owed(vehicle: Vehicle, due: date, paid: date, *, five_yearly: bool) -> Owed:
    """Return everything that is owed for a tax year when it is paid on a day."""
    pkb = tax(vehicle.njkb, vehicle.bobot, vehicle.tarif)
    opsen = surcharge(pkb)
    months, days = months_late(due, paid), max(0, (paid - due).days)
    return Owed(
        pkb=pkb, opsen=opsen, sanksi=interest(pkb, opsen, months), swdkllj=contribution(vehicle.golongan),
        denda=fine(vehicle.golongan, days), pnbp=fees(vehicle.jenis, five_yearly), bulan=months, hari=days,
    )  # fmt: skip
