"""The arithmetic of the satisfaction survey: sample, means, index, grade."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from laksana.library.rounding import half_up
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule

PERMEN = "PermenPANRB 14/2017"
_CHI_SQUARE, _ERROR, _SHARE = Fraction(3841, 1000), Fraction(1, 20), Fraction(1, 2)
"""Chi square of one degree at 95 percent, margin of error and share assumed: constants of the method, not of the law."""


class Grade(Row):
    """A grade with the lowest index that has it."""

    mutu: str
    terendah: Decimal
    kinerja: str


GRADES = Table(__file__, "../skm-mutu.csv", Grade)
figure = Settings(__file__, "../ketentuan-skm.csv").whole


@rule("skm.sampel", title="Ukuran sampel", source="Krejcie dan Morgan 1970, dirujuk PermenPANRB 14/2017")
def sample_size(population: int) -> int:
    """Return how many users to ask; of ten or fewer everybody."""
    if population <= 10:
        return population
    spread = _CHI_SQUARE * _SHARE * (1 - _SHARE)
    return int(half_up(spread * population / (_ERROR**2 * (population - 1) + spread), 0))


@rule("skm.alokasi", title="Sampel per layanan", source="pilihan sistem: sisa terbesar")
def allocate(sample: int, populations: Sequence[int]) -> list[int]:
    """Return the sample of each service in proportion to its users, each at least 1; the largest remainders get the rest."""
    total = sum(populations)
    shares = [Fraction(sample * each, total) for each in populations]
    given = [int(share) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda place: given[place] - shares[place])
    for place in by_remainder[: sample - sum(given)]:
        given[place] += 1
    return [max(1, each) for each in given]


@rule("skm.nrr", title="Nilai rata-rata unsur", source=PERMEN, checked=True)
def mean(total: int, answers: int) -> Fraction:
    """Return the mean of an element over the questionnaires that answered it."""
    return Fraction(total, answers) if answers else Fraction(0)


@rule("skm.indeks", title="Nilai SKM", source=PERMEN, checked=True)
def index(totals: Sequence[int], answers: Sequence[int]) -> Decimal:
    """Return the index, 25 to 100 with two decimals: the mean of the elements' means, all of one weight, times 25."""
    means = [mean(total, count) for total, count in zip(totals, answers, strict=True)]
    return half_up(sum(means, Fraction(0)) * 25 / len(means))


@rule("skm.mutu", title="Mutu pelayanan", source=PERMEN, checked=True)
def grade(value: Decimal) -> str:
    """Return the grade of an index that is rounded to two decimals."""
    return next(
        row.mutu for row in sorted(GRADES.rows(), key=lambda row: -row.terendah) if value >= row.terendah
    )


@rule("skm.unsur-terendah", title="Unsur terendah", source="PermenPANRB 14/2017 (rencana tindak lanjut)")
def lowest(values: Mapping[str, Decimal], count: int = 3) -> list[str]:
    """Return the elements with the lowest values, lowest first; those that tie for the last place are all there."""
    ordered = sorted(values, key=lambda name: (values[name], name))
    bound = values[ordered[min(count, len(ordered)) - 1]]
    return [name for name in ordered if values[name] <= bound]
