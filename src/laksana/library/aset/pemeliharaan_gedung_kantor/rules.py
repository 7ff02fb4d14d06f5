"""The rules of building repair: grade of damage, limits of cost, late work, and what is held back."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from laksana.library.rounding import down
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule


class Grade(Row):
    """A category of damage: up to which grade, and what share of a new building may be spent, both in percent."""

    kategori: str
    sampai: Decimal
    biaya_persen: Decimal


GRADES = Table(__file__, "../batas-kerusakan-gedung.csv", Grade, key="kategori")
figure = Settings(__file__, "../ketentuan-gedung.csv")
CONSTRUCTION = {
    "kecil": "konstruksi-kecil",
    "perseorangan_bersertifikat": "konstruksi-kecil",
    "tanpa_sertifikat": "konstruksi-tanpa",
}
"""Qualification of a contractor -> its tax; every other one is medium or large."""


@rule("gedung.tingkat", title="Tingkat kerusakan gedung (%)", source="Permen PU 24/2008")
def grade(components: Sequence[Mapping[str, Any]]) -> Decimal:
    """Return the grade of damage in percent: weight times damaged share, summed over the components."""
    return sum((row["bobot"] * row["kerusakan_persen"] / 100 for row in components), Decimal())


@rule("gedung.kategori", title="Kategori kerusakan", source="batas-kerusakan-gedung.csv")
def category(percent: Decimal) -> str:
    """Return the category of a grade; the limits belong to the lighter one."""
    return next(row.kategori for row in GRADES.rows() if percent <= row.sampai)


@rule("gedung.batas-biaya", title="Batas biaya perawatan", source="Permen PU 45/2007")
def highest_cost(kind: str, price_per_m2: Decimal, area: Decimal) -> Decimal:
    """Return the highest cost of a repair in rupiah."""
    return down(GRADES[kind].biaya_persen * price_per_m2 * area / 100)


@rule("gedung.kritis", title="Pekerjaan kritis", source="ketentuan kontrak konstruksi")
def critical(planned: Decimal, deviation: Decimal) -> bool:
    """Return whether work is so late that the contractor must show cause."""
    early = planned <= figure("kritis_ambang_rencana")
    return deviation < figure("kritis_deviasi_awal" if early else "kritis_deviasi_akhir")


@rule("gedung.retensi", title="Retensi atau jaminan pemeliharaan", source="Perpres 16/2018 pasal 35")
def retention(value: Decimal) -> Decimal:
    """Return what is held back until the final handover, in rupiah."""
    return down(Fraction(value) * Fraction(figure("retensi_persen")) / 100)
