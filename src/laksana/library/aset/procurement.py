"""What holds for every purchase: limits of method, HPS, form of contract, bonds, fines, taxes, and shared costs."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from laksana.library import spending_tax
from laksana.library.rounding import down, half_up
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule

E_PURCHASING, DIRECT, TENDER = "epurchasing", "pengadaan_langsung", "tender"
LAW = "Perpres 16/2018 jo. Perpres 12/2021 jo. Perpres 46/2025"


class ContractForm(Row):
    """Which form a contract takes up to a value, for e-purchasing and for the rest."""

    metode: str
    batas_atas: Decimal | None = None
    kode: str
    bentuk: str


figure = Settings(__file__, "ketentuan-pengadaan.csv")
CONTRACTS = Table(__file__, "bentuk-kontrak.csv", ContractForm)


@rule("pengadaan.hps-wajib", title="HPS wajib disusun", source=f"{LAW} Pasal 26 ayat (7)", checked=True)
def hps_needed(pagu: Decimal, nilai: Decimal, metode: str) -> bool:
    """Return whether an HPS is needed: not for small ceilings, nor for e-purchasing up to its limit; limits included."""
    return pagu > figure("hps_pagu") and not (metode == E_PURCHASING and nilai <= figure("hps_epurchasing"))


@rule(
    "pengadaan.batas-langsung",
    title="Pengadaan langsung boleh",
    source=f"{LAW} Pasal 1 angka 40",
    checked=True,
)
def direct_allowed(nilai: Decimal, konstruksi: bool = False) -> bool:
    """Return whether goods, or construction, of a value in rupiah may be bought directly; the limit itself may."""
    return nilai <= figure("pengadaan_langsung_konstruksi" if konstruksi else "pengadaan_langsung")


@rule("pengadaan.pelaku-epurchasing", title="Pelaku e-purchasing", source=LAW)
def buyer_desk(nilai: Decimal) -> str:
    """Return the desk that carries out an e-purchase of a value: the Pejabat Pengadaan up to the limit, above it the PPK."""
    small = nilai <= figure("epurchasing_pejabat_pengadaan")
    return "position:pejabat-pengadaan" if small else "position:pejabat-pembuat-komitmen"


@rule("pengadaan.bentuk-kontrak", title="Bentuk kontrak", source="Perpres 16/2018 Pasal 28", checked=True)
def contract_form(nilai: Decimal, metode: str) -> str:
    """Return the form of a contract of a value in rupiah; the limits themselves fall in the lower form."""
    return _form(nilai, metode).bentuk


def form_code(nilai: Decimal, metode: str) -> str:
    """Return the code of the form that a contract of a value in rupiah has, such as "spk"."""
    return _form(nilai, metode).kode


def _form(value: Decimal, method: str) -> ContractForm:
    group = E_PURCHASING if method == E_PURCHASING else "lain"
    rows = (row for row in CONTRACTS.rows() if row.metode == group)
    return next(row for row in rows if row.batas_atas is None or value <= row.batas_atas)


@rule("pengadaan.jaminan-pelaksanaan", title="Jaminan pelaksanaan", source="Perpres 16/2018 Pasal 33")
def bond(nilai_kontrak: Decimal, metode: str, nilai_penawaran: Decimal, hps: Decimal | None) -> Decimal:
    """Return the performance bond in rupiah, rounded down: of the contract, or of the HPS where the offer is far below it."""
    if metode == E_PURCHASING or nilai_kontrak <= figure("jaminan_batas"):
        return Decimal()
    is_low = hps is not None and nilai_penawaran * 100 < hps * figure("jaminan_penawaran_persen")
    base = hps if hps is not None and is_low else nilai_kontrak
    return down(base * figure("jaminan_persen") / 100)


def _without_tax(value: Decimal, pkp: bool) -> Fraction:
    """Return the exact price without PPN; a supplier who is no PKP adds none."""
    return spending_tax.without("ppn", value) if pkp else Fraction(value)


@rule("pengadaan.pajak", title="PPN dan PPh Pasal 22", source="PMK 131/2024; PMK 59/PMK.03/2022; PMK 81/2024")
def taxes(
    nilai: Decimal, npwp: bool, pkp: bool = True, dipecah: bool = False, pihak_lain: bool = False
) -> tuple[Decimal, Decimal]:
    """Return the PPN and the PPh 22 that the treasurer collects on a price including PPN, each rounded down to the rupiah.

    Nothing is collected of a payment up to the limit unless it was split, nor where the platform (`pihak_lain`) collects.
    """
    base = _without_tax(nilai, pkp)
    if pihak_lain:
        return Decimal(), Decimal()
    collected = spending_tax.amount if dipecah else spending_tax.withheld
    return collected("ppn", base) if pkp else Decimal(), collected("pph22", base, npwp)


@rule("pengadaan.denda", title="Denda keterlambatan", source="Perpres 16/2018 Pasal 79 ayat (4) dan (5)")
def fine(bagian: Sequence[tuple[Decimal, int]], pkp: bool = True) -> Decimal:
    """Return the fine in rupiah for parts of a contract (value with PPN, days late): 1/1000 a day before PPN, rounded down."""
    share = Fraction(figure("denda_permil_per_hari")) / 1000
    return down(sum((_without_tax(value, pkp) * days * share for value, days in bagian), Fraction()))


@rule(
    "pengadaan.biaya-perolehan",
    title="Biaya perolehan dengan ongkos bersama",
    source="PSAP 05 par. 15-16; PSAP 07",
)
def with_shared_cost(nilai: Sequence[Decimal], ongkos: Decimal) -> list[Decimal]:
    """Return each value with its share of a common cost, by value, rounded half up; the last takes what rounding leaves."""
    if not nilai:
        return []
    total = sum(nilai, Decimal()) or Decimal(1)
    shares = [half_up(ongkos * value / total, 0) for value in nilai[:-1]]
    shares.append(ongkos - sum(shares, Decimal()))
    return [half_up(value, 0) + share for value, share in zip(nilai, shares, strict=True)]
