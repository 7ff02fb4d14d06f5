"""How the quarters of a year make up its value, as the action plan promises it and the quarterly report measures it."""

from collections.abc import Sequence
from decimal import Decimal

from laksana.sop.rules import rule


@rule("perencanaan.agregasi-triwulan", title="Agregasi triwulan", source="manual indikator; praktik SAKIP")
def accumulated(quarters: Sequence[Decimal | None], aggregation: str) -> Decimal | None:
    """Return what the quarters up to now make, not rounded; a quarter that is None is not measured.

    A cumulative indicator adds up, a mean is the mean of the measured quarters, and of the others (end position, and a
    ratio, whose quarters stand for all of the year so far) the latest counts. None where no quarter is measured.
    """
    given = [value for value in quarters if value is not None]
    if not given:
        return None
    if aggregation == "kumulatif":
        return sum(given, Decimal())
    return sum(given, Decimal()) / len(given) if aggregation == "rata_rata" else given[-1]
