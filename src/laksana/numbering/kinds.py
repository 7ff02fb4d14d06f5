"""The kinds of series that the program gives numbers from, each with the pattern that holds until the office sets its own."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from laksana.numbering.patterns import PARTS, Pattern, check

BARE = ("urut", "unit", "tahun", "bulan", "tanggal")
"""The parts that every paper has."""


@dataclass(frozen=True)
class Kind:
    """A kind of series: its key, what it numbers, its parts, and an example of those that the paper gives."""

    key: str
    default: Callable[[], Pattern]
    title: str = ""
    procedure: str = ""
    field_id: str = ""
    """Where the title is that of a procedure's field."""
    parts: tuple[str, ...] = BARE
    example: Mapping[str, str] = field(default_factory=dict)
    of_its_book: bool = False
    """Whether its numbers are told apart by their book and year, as agenda numbers are: 1 of each year is written alike."""


_kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Make a kind of series known; said twice it counts once. Raises ValueError for parts that no number has."""
    if unknown := set(kind.parts) - set(PARTS):
        raise ValueError(f"series {kind.key}: no parts of a number: {', '.join(sorted(unknown))}")
    _kinds[kind.key] = kind
    return kind


def declare_simple(
    key: str,
    template: str,
    procedure: str,
    field_id: str,
    *,
    also: tuple[str, ...] = (),
    of_its_book: bool = False,
) -> Kind:
    """Declare the series of a procedure's field by the template that it is written with; `also` are further parts it may have."""
    parts = (*BARE, *also)
    check(template, allowed=parts)
    declared = Kind(key, lambda: Pattern(template), "", procedure, field_id, parts, of_its_book=of_its_book)
    return declare(declared)


def kind_of(key: str) -> Kind | None:
    """Return the kind that a counter's key belongs to: "naskah-umum|500.12" is of "naskah-umum".

    So does one that begins anew within the year: "insiden-112/0301" is of "insiden-112".
    """
    return _kinds.get(key.split("|", maxsplit=1)[0].split("/", maxsplit=1)[0])


def kinds() -> Iterator[Kind]:
    """Yield every kind of series in order of its key."""
    yield from (_kinds[key] for key in sorted(_kinds))
