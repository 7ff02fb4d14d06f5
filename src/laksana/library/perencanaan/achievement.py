"""How much of a target was reached, by the polarity of its indicator, and the rank of an achievement."""

from decimal import Decimal

from laksana.library.tables import Row, Table
from laksana.sop.rules import rule

ALL, NOTHING = Decimal(100), Decimal(0)


class Grade(Row):
    """A rank with the achievement that it must exceed."""

    peringkat: str
    lebih_dari: Decimal


SCALE = Table(__file__, "skala-kinerja.csv", Grade)


@rule(
    "perencanaan.capaian-maksimum", title="Capaian indikator maksimum", source="PermenPANRB 53/2014; praktik"
)
def of_maximum(target: Decimal, realised: Decimal) -> Decimal | None:
    """Return the achievement in percent, not rounded, where more is better; None for a target of zero, which none may have."""
    return realised / target * 100 if target else None


@rule("perencanaan.capaian-minimum", title="Capaian indikator minimum", source="praktik SAKIP")
def of_minimum(target: Decimal, realised: Decimal, form: str = "selisih") -> Decimal:
    """Return the achievement in percent, not rounded, where less is better: by the difference, or as target / realised.

    By the difference it is never below 0. A target of zero is reached in full or not at all; so is any target, in the
    second form, where nothing was realised.
    """
    if not target:
        return NOTHING if realised else ALL
    if form == "banding":
        return target / realised * 100 if realised else ALL
    return max(NOTHING, (2 * target - realised) / target * 100)


@rule("perencanaan.capaian-rentang", title="Capaian indikator rentang", source="pilihan sistem")
def of_range(low: Decimal, high: Decimal, realised: Decimal) -> Decimal:
    """Return 100 inside the range, both bounds included, and outside the achievement against the nearest bound."""
    if realised < low:
        return realised / low * 100
    return ALL if realised <= high else of_minimum(high, realised)


def achievement(target: Decimal, realised: Decimal, polarity: str, form: str = "selisih") -> Decimal | None:
    """Return the achievement in percent, not rounded, by an indicator's polarity; `form` is how a minimum is measured.

    None where more is better and the target is zero.
    """
    if polarity == "minimum":
        return of_minimum(target, realised, form)
    return of_maximum(target, realised)


@rule("perencanaan.peringkat", title="Peringkat kinerja", source="Permendagri 86/2017")
def rank(value: Decimal) -> str:
    """Return the rank of an achievement that is not rounded: the lower bound does not belong to it."""
    grades = sorted(SCALE.rows(), key=lambda row: -row.lebih_dari)
    return next(row.peringkat for row in grades if value > row.lebih_dari)
