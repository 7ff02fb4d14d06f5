"""Whether one text speaks of what another names: by their words without affixes, and words of like spelling."""

from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz

from laksana.library.rounding import half_up
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule
from laksana.stemming import WORD, roots

figure = Settings(__file__, "kedekatan-informasi.csv")
_SHORTEST = 3


class CommonRow(Row):
    """A word too common to tell what an information is about."""

    kata: str


COMMON = Table(__file__, "kata-umum.csv", CommonRow, key="kata")


@rule(
    "informasi-dikecualikan.kedekatan",
    title="Bagian kata pokok suatu informasi yang disebut dalam suatu teks (%)",
    source="standar kantor",
)
def nearness(teks: str, informasi: str) -> Decimal:
    """Return which share of the telling words of an information a text holds, in percent; 0 where too few are the same.

    Words are compared without their affixes; one spelt nearly alike counts as the same.
    """
    wanted = _telling(informasi)
    if not wanted:
        return Decimal(0)
    there = _telling(teks)
    same = sum(1 for word in wanted if any(_same(word, other) for other in there))
    if same < min(figure.whole("kata_pokok_minimum"), len(wanted)):
        return Decimal(0)
    return half_up(Decimal(100 * same) / len(wanted), 1)


def speaks_of(text: str, *informations: str) -> bool:
    """Return whether a text touches one of these informations, so that somebody should look."""
    least = figure("kata_sama_persen")
    return any(nearness(text, each) >= least for each in informations if each)


def _telling(text: str) -> tuple[str, ...]:
    """Return the words of a text that tell what it is about, each once: no common ones, no years, nothing very short."""
    found = dict.fromkeys(WORD.findall(text.lower()))
    return tuple(w for w in found if len(w) >= _SHORTEST and not w.isdecimal() and COMMON.get(w) is None)


@lru_cache(maxsize=50_000)
def _same(word: str, other: str) -> bool:
    mine, its = roots(word), roots(other)
    if mine & its:
        return True
    least = float(figure("ejaan_mirip_persen"))
    return any(fuzz.ratio(a, b) >= least for a in mine for b in its)
