"""Functional posts: their levels, the credit that a rating gives, and the credit that a promotion needs."""

from decimal import Decimal

from laksana.library.kepegawaian.ranks import RATINGS, order
from laksana.library.rounding import half_up
from laksana.library.tables import Row, Table
from laksana.sop.rules import rule


class Level(Row):
    """A level of functional posts: its grades, the credit of a year, and the credit for a rank and for the next level."""

    jenjang: str
    kategori: str
    golongan_awal: str
    golongan_akhir: str
    koefisien: Decimal
    ak_pangkat: Decimal
    ak_jenjang: Decimal | None = None


LEVELS = Table(__file__, "angka-kredit.csv", Level, key="jenjang")


@rule(
    "angka-kredit.konversi",
    title="Angka kredit dari predikat kinerja",
    source="Peraturan BKN 3/2023",
    checked=True,
)
def credit(jenjang: str, predikat: str, bulan: int = 12) -> Decimal:
    """Return the credit of a level for so many whole months with a rating, to two decimals, half up."""
    return half_up(bulan * RATINGS[predikat].persen * LEVELS[jenjang].koefisien / 1200)


@rule(
    "angka-kredit.kebutuhan",
    title="Angka kredit untuk kenaikan pangkat",
    source="Peraturan BKN 3/2023",
    checked=True,
)
def credit_needed(jenjang: str, golongan: str) -> tuple[Decimal, bool] | None:
    """Return the credit, gathered since the level was taken up, that the next rank needs, and whether it leads to the next level.

    Within a level each rank needs one more portion. None where the grade does not belong to the level, or no level is above.
    """
    level = LEVELS[jenjang]
    if not order(level.golongan_awal) <= order(golongan) <= order(level.golongan_akhir):
        return None
    if golongan == level.golongan_akhir:
        return None if level.ak_jenjang is None else (level.ak_jenjang, True)
    return (order(golongan) + 1 - order(level.golongan_awal)) * level.ak_pangkat, False
