"""Who held which position on a day, for everybody at once: history, as reports tell it, not rights."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from laksana.people.models import Holding, Person, Position

_BY_RIGHT = {Holding.Kind.DEFINITIVE: 0, Holding.Kind.PLT: 1, Holding.Kind.PLH: 2}
Span = tuple[int, date, date | None, str]
"""How it counts (the lowest first), first day, last day, title of the position."""


@dataclass(frozen=True)
class Tenures:
    """Everybody of the office, with the positions held; read with two queries."""

    names: dict[int, str]
    units: dict[int, str]
    """Person -> the name of the unit he belongs to."""
    spans: dict[int, list[Span]]

    @classmethod
    def read(cls) -> "Tenures":
        """Return all of them as they are stored now."""
        spans: dict[int, list[Span]] = defaultdict(list)
        held = Holding.objects.values_list(
            "person", "kind", "position__kind", "since", "until", "position__title"
        )
        for person, kind, sort, since, until, title in held.order_by("-since", "pk"):
            duty = sort == Position.Kind.DUTY
            spans[person].append((_BY_RIGHT[Holding.Kind(kind)] + len(_BY_RIGHT) * duty, since, until, title))
        people = list(Person.objects.values_list("pk", "name", "unit__name"))
        return cls(
            {pk: name for pk, name, _unit in people},
            {pk: unit for pk, _name, unit in people},
            {person: sorted(own, key=lambda span: span[0]) for person, own in spans.items()},
        )

    def title(self, person: int, day: date) -> str:
        """Return the title of a person's position on a day, his own before one he acts for; "" where he had none."""
        return next(_on(day, self.spans.get(person, ())), "")


def _on(day: date, spans: Iterable[Span]) -> Iterator[str]:
    return (title for _rank, since, until, title in spans if since <= day and (until is None or day <= until))
