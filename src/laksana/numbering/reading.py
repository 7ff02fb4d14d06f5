"""Reading the series of a year: what was given, reserved and void, and what is amiss."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from laksana.numbering.kinds import Kind, kind_of, kinds
from laksana.numbering.models import AllottedNumber, Series, SeriesPattern
from laksana.numbering.patterns import SEPARABLE, Pattern


@dataclass(frozen=True)
class Standing:
    """A counter in a year, and how many of its numbers are in which state."""

    key: str
    year: int
    kind: Kind | None
    first: int
    last: int
    given: int
    reserved: int
    void: int
    gaps: int

    @property
    def base(self) -> str:
        """Return the key without what is counted separately or by the day."""
        return self.key.split("|")[0].split("/")[0]


def standings(year: int) -> list[Standing]:
    """Return every counter of a year that keeps its numbers, and the declared kinds that have given none yet."""
    states = AllottedNumber.State
    counted = Series.objects.filter(year=year).annotate(
        rows=Count("numbers"),
        whole=Count("numbers", filter=Q(numbers__suffix="")),
        given=Count("numbers", filter=Q(numbers__state=states.GIVEN)),
        reserved=Count("numbers", filter=Q(numbers__state=states.RESERVED)),
        void=Count("numbers", filter=Q(numbers__state=states.VOID)),
    )
    found = [
        Standing(
            one.key,
            year,
            kind_of(one.key),
            one.first,
            one.last,
            one.given,
            one.reserved,
            one.void,
            max(one.last - one.first + 1 - one.whole, 0),
        )
        for one in counted.order_by("key")
        if one.rows or kind_of(one.key) is not None
    ]
    begun = {one.kind.key for one in found if one.kind is not None}
    idle = [Standing(kind.key, year, kind, 1, 0, 0, 0, 0, 0) for kind in kinds() if kind.key not in begun]
    return sorted(found + idle, key=lambda one: one.key)


def numbers_of(key: str, year: int) -> "QuerySet[AllottedNumber]":
    """Return the numbers of a counter in a year, the lowest first."""
    found = AllottedNumber.objects.filter(series__key=key, series__year=year).select_related("series")
    return found.order_by("value", "suffix")


def years_of(key: str) -> list[int]:
    """Return the years in which a counter has counted, the latest first."""
    return list(Series.objects.filter(key=key).order_by("-year").values_list("year", flat=True))


def years() -> list[int]:
    """Return the years in which any number was given, the latest first."""
    given = AllottedNumber.objects.order_by().values_list("series__year", flat=True).distinct()
    return sorted(given, reverse=True)


def first_of(key: str, year: int) -> int:
    """Return the first number that a counter gave by itself: those before it stand in a book on paper."""
    return Series.objects.filter(key=key, year=year).values_list("first", flat=True).first() or 1


def next_written(key: str, kind: Kind, pattern: Pattern, on: date, last: int) -> str:
    """Return how the next number of a counter would be written, with an example of what the paper gives."""
    separate = (name for name in SEPARABLE if name in pattern.separate)
    known = dict(zip(separate, key.split("|")[1:], strict=False))
    return pattern.written(last + 1, on, {**kind.example, **known})


def patterns_set(key: str) -> "QuerySet[SeriesPattern]":
    """Return the patterns that the office has set for a kind of series, the latest first."""
    return SeriesPattern.objects.filter(key=key).order_by("-since", "-pk")
