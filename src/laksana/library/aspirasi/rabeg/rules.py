"""What is computed of RABEG reports: likely duplicates, the text for the public, and the month's figures."""

import re
from collections.abc import Sequence
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from laksana.library.rounding import half_up, percent
from laksana.library.tables import Settings
from laksana.sop.rules import rule

figure = Settings(__file__, "../ketentuan-rabeg.csv")
_EARTH_METRES = 6_371_000
_MASKS = (
    (re.compile(r"\b(?:\d{18}|\d{16})\b"), "[nomor identitas disamarkan]"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[surel disamarkan]"),
    (re.compile(r"(?<!\d)(?:\+62|62|0)[ -]?8(?:[ -]?\d){7,11}(?!\d)"), "[nomor telepon disamarkan]"),
)


@rule("rabeg.jarak", title="Jarak dua titik (meter)", source="haversine, jari-jari bumi 6.371.000 m")
def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> Decimal:
    """Return the distance of two points on the ground in metres, to one decimal."""
    phi1, phi2 = radians(lat1), radians(lat2)
    half = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return half_up(Decimal(str(2 * _EARTH_METRES * asin(sqrt(half)))), 1)


@rule("rabeg.duplikat", title="Kemungkinan duplikat", source="ketetapan setempat")
def may_be_the_same(meter: Decimal, selisih_hari: int) -> bool:
    """Return whether two reports of one category may be of the same thing: near enough, and not too many days apart."""
    return meter <= figure("duplikat_meter") and abs(selisih_hari) <= figure("duplikat_hari")


@rule("rabeg.penyamaran", title="Naskah untuk publik", source="UU 27/2022; ketetapan desain")
def masked(teks: str) -> str:
    """Return a text without identity numbers (16 or 18 digits), e-mail addresses and mobile numbers."""
    for found, instead in _MASKS:
        teks = found.sub(instead, teks)
    return teks


class Figures(NamedTuple):
    """The figures of a month: cases that count, and percentages of them; None where there is nothing to divide by."""

    cases: int
    on_time: Decimal | None
    completed: Decimal | None


@rule("rabeg.indikator", title="Indikator bulanan RABEG", source="ketetapan setempat")
def indicators(
    diterima: int, tidak_dihitung: int, tepat: int, lambat: int, lewat_belum_selesai: int
) -> Figures:
    """Return the figures of a month; duplicates, refused, referred and lapsed reports (`tidak_dihitung`) are no cases."""
    cases = diterima - tidak_dihitung
    due = tepat + lambat + lewat_belum_selesai
    return Figures(
        cases, percent(Decimal(tepat), Decimal(due)), percent(Decimal(tepat + lambat), Decimal(cases))
    )


@rule("rabeg.kepuasan", title="Kepuasan pelapor", source="ketetapan setempat")
def satisfaction(nilai: Sequence[int]) -> tuple[Decimal, Decimal] | None:
    """Return the mean rating and the percent of ratings of 4 and 5; None where nobody rated."""
    if not nilai:
        return None
    content = sum(each >= figure("puas_mulai") for each in nilai)
    return half_up(Decimal(sum(nilai)) / len(nilai)), half_up(Decimal(100 * content) / len(nilai))
