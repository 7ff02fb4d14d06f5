"""The figures of the GRDP: growth, shares, implicit indices, per capita, and how far two ways of reckoning lie apart."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from laksana.library.rounding import half_up
from laksana.library.tables import Settings
from laksana.sop.rules import rule

figure = Settings(__file__, "../ketentuan-pdrb.csv")
FACTORS = {"juta": Decimal(10) ** 6, "miliar": Decimal(10) ** 9, "triliun": Decimal(10) ** 12}
"""Rupiah in one unit."""
STATUSES = ("xxx", "xx", "x", "tetap")
"""How sure a figure is; a yearly round takes it one step on."""
IMPORTS = "impor"
QUARTERS = (1, 2, 3, 4)


def rounded(value: Decimal | None, decimals: int = 2) -> Decimal | None:
    """Return a value rounded half away from zero, never -0; None for None."""
    return None if value is None else half_up(value, decimals) + 0


def ratio(part: Decimal | None, whole: Decimal | None, factor: int = 1) -> Decimal | None:
    """Return factor * part / whole, not rounded; None where either is missing or the whole is zero."""
    return factor * part / whole if part is not None and whole else None


def _step(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return ratio(now - before, before, 100) if now is not None and before else None


@rule("pdrb.nilai-tambah", title="Nilai tambah bruto", source="konsep BPS (SNA 2008)", checked=True)
def value_added(output: Decimal, intermediate: Decimal) -> Decimal:
    """Return output less intermediate consumption, in the unit of both."""
    return output - intermediate


@rule("pdrb.laju", title="Laju pertumbuhan", source="konsep BPS; diuji pada PDB 2022-2023", checked=True)
def growth(now: Decimal, base: Decimal | None) -> Decimal | None:
    """Return the growth of a constant-price value in percent with two decimals; None without a base."""
    return rounded(_step(now, base))


@rule("pdrb.distribusi", title="Distribusi", source="diuji pada 17 lapangan usaha Banten 2023", checked=True)
def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """Return a category's part of the GRDP at current prices in percent with two decimals."""
    return rounded(ratio(part, whole, 100))


@rule(
    "pdrb.indeks-implisit",
    title="Indeks implisit",
    source="konsep BPS; diuji pada PDB 2022-2023",
    checked=True,
)
def implicit(current: Decimal, constant: Decimal) -> Decimal | None:
    """Return the implicit index (base year 100) with two decimals; None without a constant-price value."""
    return rounded(ratio(current, constant, 100))


@rule(
    "pdrb.laju-implisit",
    title="Laju indeks implisit",
    source="konsep BPS; diuji pada PDB 2022-2023",
    checked=True,
)
def implicit_growth(
    current: Decimal, constant: Decimal, current_before: Decimal, constant_before: Decimal
) -> Decimal | None:
    """Return the growth of the index, from indices that are not rounded, in percent with two decimals."""
    return rounded(_step(ratio(current, constant), ratio(current_before, constant_before)))


@rule("pdrb.sumber-pertumbuhan", title="Sumber pertumbuhan", source="konsep BPS")
def contribution(now: Decimal, before: Decimal, total_before: Decimal) -> Decimal | None:
    """Return what a category adds to the growth of the total, in percentage points with two decimals."""
    return rounded(ratio(now - before, total_before, 100))


@rule(
    "pdrb.per-kapita", title="PDRB per kapita", source="konsep BPS; diuji pada Kota Serang 2015", checked=True
)
def per_capita(value: Decimal, people: Decimal, unit: str = "miliar", per: int = 1_000_000) -> Decimal | None:
    """Return the GRDP per person with two decimals, in units of `per` rupiah: million unless said."""
    return rounded(ratio(value * FACTORS[unit] / per, people))


@rule("pdrb.lq", title="Location quotient", source="praktik analisis")
def location_quotient(
    part: Decimal, whole: Decimal, province_part: Decimal | None, province_whole: Decimal | None
) -> Decimal | None:
    """Return the share in the city over that in the province, not rounded (above 1 is basis); None without the latter."""
    return ratio(ratio(part, whole), ratio(province_part, province_whole))


@rule("pdrb.diskrepansi", title="Diskrepansi statistik", source="komponen pengeluaran seri 2010")
def discrepancy(by_industry: Decimal, components: dict[str, Decimal]) -> Decimal:
    """Return the GRDP by industry less that by expenditure, imports subtracted, in the unit of both."""
    return by_industry - sum((-v if name == IMPORTS else v for name, v in components.items()), Decimal(0))


@rule(
    "pdrb.selisih-provinsi",
    title="Selisih terhadap provinsi",
    source="dihitung dari data 2010-2015",
    checked=True,
)
def difference(districts: Decimal, province: Decimal) -> Decimal | None:
    """Return how far the sum of the districts lies from the province, in percent with two decimals."""
    return rounded(_step(districts, province))


@rule("pdrb.rantai", title="Nilai konstan dirantai dari laju", source="konsep BPS")
def chained(base: Decimal, growths: Sequence[Decimal]) -> Decimal:
    """Return the constant-price value after years of growth in percent, from the base year's value, with one decimal."""
    for each in growths:
        base *= 1 + each / 100
    return half_up(base, 1)


@rule("pdrb.penduduk-turunan", title="Penduduk turunan", source="pemeriksaan silang")
def implied_people(value: Decimal, each: Decimal, unit: str = "miliar") -> Decimal | None:
    """Return how many people a GRDP and a GRDP per capita in million rupiah stand for."""
    return rounded(ratio(value * FACTORS[unit] / 1_000_000, each), 0)


@rule("pdrb.triwulan", title="Pertumbuhan triwulanan", source="konsep BPS", checked=True)
def quarterly(
    now: Sequence[Decimal], before: Sequence[Decimal], quarter: int
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return q-to-q, y-on-y and c-to-c of a quarter in percent, from the quarters of this year and of the year before."""
    this, last = now[quarter - 1], before[quarter - 1]
    previous = now[quarter - 2] if quarter > 1 else before[-1]
    cumulated, base = sum(now[:quarter], Decimal(0)), sum(before[:quarter], Decimal(0))
    return growth(this, previous), growth(this, last), growth(cumulated, base)


def half_digit(value: Decimal) -> Decimal:
    """Return one half of the last digit that a figure shows."""
    return Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)


def looks_like_thousand(one: Decimal, other: Decimal) -> bool:
    """Return whether two figures lie apart by about a thousand, so that one of them is in another unit."""
    apart = ratio(one, other)
    return bool(apart) and apart is not None and not Decimal("0.002") < apart < 500


def total(values: Iterable[Decimal]) -> Decimal:
    """Return the sum of values that are not rounded."""
    return sum(values, Decimal(0))
