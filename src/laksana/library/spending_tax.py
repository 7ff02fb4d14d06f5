"""Taxes that a treasurer reckons when the office buys: rates as data, exact bases, rupiah rounded down."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from laksana.library.rounding import down, half_up
from laksana.library.tables import Row, Table
from laksana.sop.rules import rule


class TaxRate(Row):
    """A tax: its rate in percent of a part of the price without VAT, and above which price it is withheld."""

    kode: str
    nama: str
    persen: Decimal
    persen_tanpa_npwp: Decimal
    pembilang: int
    penyebut: int
    di_atas: Decimal


RATES = Table(__file__, "tarif-pajak-belanja.csv", TaxRate, key="kode")


@rule("belanja.pajak", title="Pajak atas belanja", source="tarif-pajak-belanja.csv")
def amount(code: str, base: Fraction, has_npwp: bool = True) -> Decimal:
    """Return a tax in whole rupiah, rounded down, whether or not it is withheld. Raises KeyError for an unknown tax."""
    rate = RATES[code]
    percent = rate.persen if has_npwp else rate.persen_tanpa_npwp
    return down(base * Fraction(rate.pembilang, rate.penyebut) * Fraction(percent) / 100)


@rule("belanja.dipungut", title="Pajak dipotong atau dipungut bendahara", source="PMK 59/PMK.03/2022")
def is_withheld(code: str, base: Fraction) -> bool:
    """Return whether the treasurer withholds a tax on a price without VAT: above its limit. Raises KeyError."""
    return base > RATES[code].di_atas


def withheld(code: str, base: Fraction, has_npwp: bool = True) -> Decimal:
    """Return what the treasurer withholds of a tax in rupiah: nothing up to its limit. Raises KeyError for an unknown tax."""
    return amount(code, base, has_npwp) if is_withheld(code, base) else Decimal()


@rule("belanja.dasar", title="Harga tanpa pajak di dalamnya", source="aritmetika")
def without(code: str, price: Decimal) -> Fraction:
    """Return the exact price without a tax that it contains. Raises KeyError for an unknown tax."""
    rate = RATES[code]
    share = Fraction(rate.persen) / 100 * Fraction(rate.pembilang, rate.penyebut)
    return Fraction(price) / (1 + share)


def income_tax(
    kind: Literal["pph22", "pph23"], base: Fraction, *, has_npwp: bool, small_business: bool
) -> tuple[str, Decimal]:
    """Return the income tax that a supplier bears, and how much in rupiah: the final one with a PP 55/2022 certificate."""
    if small_business:
        return "pph-umkm", amount("pph-umkm", base)
    return kind, withheld(kind, base, has_npwp)


def line(code: str, base: Fraction, tax: Decimal, *, has_npwp: bool = True) -> dict[str, Any]:
    """Return a row of a tax table: name, base in rupiah rounded half up, rate in percent, tax."""
    rate = RATES[code]
    shown = half_up(base, 0)
    percent = rate.persen if has_npwp else rate.persen_tanpa_npwp
    return {"jenis": rate.nama, "dasar": shown, "tarif": percent, "jumlah": tax}
