"""What the editors' guide says of an item: its age, its score, what its similarity allows, and titles that are alike."""

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

from laksana.library.inputs import OfficeTime
from laksana.library.rounding import half_up
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule

GUIDE = "pedoman redaksi (contoh)"
LONG_LIVED = ("sosial_budaya", "wisata")
"""Sections whose items stay news for longer."""
ACCURACY = "akurasi"
_WORD = re.compile(r"\w+")


class CriterionRow(Row):
    """A criterion of the rubric: its weight in percent, and what each score means."""

    kode: str
    kriteria: str
    bobot_persen: int
    skor_1: str
    skor_2: str
    skor_3: str
    skor_4: str


RUBRIC = Table(__file__, "rubrik-pewarta-warga.csv", CriterionRow, key="kode")
figure = Settings(__file__, "../ketentuan-pewarta-warga.csv")


@rule("pewarta-warga.basi", title="Berita melewati usianya", source=GUIDE)
def stale(waktu_kirim: OfficeTime, kapan: OfficeTime, kategori: str) -> bool:
    """Return whether an event lies too far back: by the clock, days of 24 hours."""
    name = "usia_berita_panjang_hari" if kategori in LONG_LIVED else "usia_berita_hari"
    return waktu_kirim - kapan > timedelta(days=figure.whole(name))


@rule("pewarta-warga.nilai", title="Nilai naskah menurut rubrik", source="rubrik-pewarta-warga.csv")
def score(skor: Mapping[str, int]) -> Decimal:
    """Return the weighted score, 1.00 to 4.00, half rounded up."""
    total = sum((Decimal(skor[row.kode] * row.bobot_persen) for row in RUBRIC.rows()), Decimal(0))
    return half_up(total / sum(row.bobot_persen for row in RUBRIC.rows()))


@rule("pewarta-warga.layak", title="Naskah memenuhi nilai", source="rubrik-pewarta-warga.csv")
def worthy(skor: Mapping[str, int]) -> bool:
    """Return whether the score is enough and the facts can be checked; accuracy is not outweighed by anything."""
    return score(skor) >= figure("nilai_layak") and skor[ACCURACY] >= figure("akurasi_minimum")


@rule("pewarta-warga.kemiripan", title="Akibat kemiripan naskah", source=GUIDE)
def by_similarity(persen: Decimal) -> Literal["bebas", "perbaikan", "tolak"]:
    """Return what a text's similarity in percent to others still allows."""
    if persen >= figure("kemiripan_tolak_persen"):
        return "tolak"
    return "perbaikan" if persen >= figure("kemiripan_perbaikan_persen") else "bebas"


@rule("pewarta-warga.kemiripan-teks", title="Kemiripan dua teks (persen)", source=GUIDE)
def similarity(teks: str, teks_lain: str) -> Decimal:
    """Return how much of a text stands in another word for word: the share of its runs of five words that are there too.

    Capitals, signs and line ends do not count. A text shorter than one run is compared as a whole. To one decimal, half up.
    """
    return share(runs(teks), runs(teks_lain))


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of words of a text."""
    words, long = _WORD.findall(text.lower()), figure.whole("kemiripan_kata")
    if not words:
        return frozenset()
    return frozenset(tuple(words[at : at + long]) for at in range(max(1, len(words) - long + 1)))


def share(mine: frozenset[tuple[str, ...]], theirs: frozenset[tuple[str, ...]]) -> Decimal:
    """Return what percentage of one text's runs another has."""
    return half_up(Decimal(100 * len(mine & theirs)) / len(mine), 1) if mine else Decimal(0)


@rule("pewarta-warga.judul-serupa", title="Judul dianggap sama", source=GUIDE)
def same_title(judul: str, judul_lain: str) -> bool:
    """Return whether two titles are so alike that the items count as one, whatever their capitals and spaces."""
    one, other = (" ".join(text.lower().split()) for text in (judul, judul_lain))
    return Decimal(str(SequenceMatcher(None, one, other).ratio() * 100)) >= figure("judul_serupa_persen")


@rule(
    "pewarta-warga.anak",
    title="Foto dan nama anak atau korban boleh tayang",
    source="UU 23/2002 jo. UU 35/2014; UU 11/2012 pasal 19; UU 12/2022",
)
def may_show(subjek_anak: bool, subjek_perkara: bool, dikaburkan: bool, ada_izin: bool) -> bool:
    """Return whether an item may run: with consent or blurred; a child before the law or a victim only blurred."""
    return not subjek_anak or dikaburkan or (ada_izin and not subjek_perkara)
