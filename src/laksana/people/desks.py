"""Who sits at which desk on one day. Pure: it works on a picture of the office that `services` makes.

A desk is where work lies:

    person:<pk>      one person
    superior:<pk>    the superior of a person
    position:<code>  a jabatan
    head:<unit>      the head of a unit, or of the next unit above that has one
    unit:<code>      anybody of a unit and of the units within it
    group:<code>     a named group

Who has a position is the first of these of whom anybody is present: its definitive holder, his Plt, his
Plh, and else whoever has the position above it, never one below. So a Plh counts on the days on which the
holder is away, and on no other. Whoever is away sits at his own `person:` desk only. For a group of which
nobody is present the superiors answer, for a unit its head.

Nobody is his own superior: who acts for his superior has the next one above as his.

Source: UU 30/2014 article 14 (Plh for a temporary, Plt for a permanent absence).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """The kinds of desks; the value stands before the colon."""

    PERSON = "person"
    POSITION = "position"
    UNIT = "unit"
    GROUP = "group"
    SUPERIOR = "superior"
    HEAD = "head"


_KINDS = frozenset(Kind)


class Title(StrEnum):
    """By what title somebody has a position; the order is the order in which they count."""

    DEFINITIVE = "definitif"
    PLT = "plt"
    PLH = "plh"


@dataclass(frozen=True)
class Post:
    """A position as the desks see it."""

    title: str
    unit: str
    superior: str | None = None
    heads: bool = False
    duty: bool = False


@dataclass(frozen=True)
class Seat:
    """A person has a position today, by a title."""

    person: int
    post: str
    title: Title = Title.DEFINITIVE


@dataclass(frozen=True)
class Members:
    """Who belongs to a group: people named, and the holders of positions."""

    people: frozenset[int] = frozenset()
    posts: tuple[str, ...] = ()


def split(desk: str) -> tuple[Kind, str]:
    """Return the kind and the code (or person) of a desk. Raises ValueError for what is no desk."""
    kind, _colon, of = desk.partition(":")
    if kind not in _KINDS or not of or (kind in (Kind.PERSON, Kind.SUPERIOR) and not of.isdecimal()):
        raise ValueError(f"{desk!r} is no desk; expected " + ", ".join(f"{k}:..." for k in Kind))
    return Kind(kind), of


Sitters = dict[int, Seat | None]
"""Person -> the seat by which he sits at a desk; None where he does in his own right."""


@dataclass(frozen=True)
class Office:
    """The office on one day."""

    units: Mapping[str, str | None]
    """Unit -> the unit above it."""
    posts: Mapping[str, Post]
    staff: Mapping[int, str]
    """Everybody in service -> his unit."""
    seats: tuple[Seat, ...] = ()
    """Positions had today, the longest first."""
    away: frozenset[int] = frozenset()
    groups: Mapping[str, Members] = field(default_factory=dict)

    def holders(self, desk: str) -> tuple[int, ...]:
        """Return who sits at a desk; nobody where there is none. Raises ValueError for what is no key."""
        split(desk)
        return tuple(self._sitters.get(desk, ()))

    def desks_of(self, person: int) -> frozenset[str]:
        """Return every desk at which a person sits."""
        return self._desks.get(person, frozenset())

    def superior_of(self, person: int) -> int | None:
        """Return a person's superior; None for the head of the office, and for whoever acts for him."""
        return next(iter(self._sitters.get(f"{Kind.SUPERIOR}:{person}", ())), None)

    def acting(self, person: int, desk: str) -> Seat | None:
        """Return the seat by which a person acts for another at a desk; None where he is there by right."""
        seat = self._sitters.get(desk, {}).get(person)
        return None if seat is None or seat.title is Title.DEFINITIVE else seat

    def replaced(self, desk: str) -> tuple[int, ...]:
        """Return the absent holders for whom others answer at a position's desk or that of a unit's head."""
        kind, of = split(desk)
        post = of if kind is Kind.POSITION else self._head_of(of) if kind is Kind.HEAD else None
        definitive = [s.person for s in self.seats if s.post == post and s.title is Title.DEFINITIVE]
        return tuple(definitive) if all(person in self.away for person in definitive) else ()

    def subordinates_of(self, person: int) -> frozenset[int]:
        """Return everybody below a person, down to the bottom, and below those for whom he acts."""
        mine, below = self._posts_of(person), self._below(person)
        led = {s.person for s in self.seats if s.post in below and not self.posts[s.post].duty}
        loose = {
            q
            for q, unit in self.staff.items()
            if q not in self._own_post and self._head_of(unit) in mine | below
        }
        return frozenset(led & self.staff.keys() | loose) - {person}

    def may_dispose_to(self, giver: int, desk: str) -> bool:
        """Return whether whoever sits at a desk is below the giver, so that he may pass work to it."""
        kind, of = split(desk)
        below = self._below(giver)
        match kind:
            case Kind.PERSON:
                return int(of) in self.subordinates_of(giver)
            case Kind.POSITION:
                return of in below
            case Kind.HEAD:
                return self._head_of(of) in below
            case Kind.UNIT:
                return of in self.units and self._head_of(of) in below | self._posts_of(giver)
            case Kind.GROUP:
                return self._is_below(self.groups.get(of, Members()), giver)
            case Kind.SUPERIOR:
                return False

    def _is_below(self, group: Members, giver: int) -> bool:
        people = group.people & self.staff.keys()
        members = bool(people or group.posts)
        return (
            members and people <= self.subordinates_of(giver) and self._below(giver).issuperset(group.posts)
        )

    @cached_property
    def _sitters(self) -> dict[str, Sitters]:
        """Every desk there is -> who sits at it."""
        desks: dict[str, Sitters] = {f"{Kind.PERSON}:{person}": {person: None} for person in self.staff}
        desks |= {f"{Kind.SUPERIOR}:{person}": self._superiors_of(person) for person in self.staff}
        desks |= {f"{Kind.POSITION}:{post}": self._answering(post) for post in self.posts}
        desks |= {f"{Kind.HEAD}:{unit}": self._answering(self._head_of(unit)) for unit in self.units}
        desks |= {f"{Kind.UNIT}:{unit}": self._of_unit(unit) for unit in self.units}
        desks |= {f"{Kind.GROUP}:{code}": self._of_group(group) for code, group in self.groups.items()}
        return desks

    @cached_property
    def _desks(self) -> dict[int, frozenset[str]]:
        """Person -> every desk at which he sits."""
        desks: defaultdict[int, set[str]] = defaultdict(set)
        for desk, sitters in self._sitters.items():
            for person in sitters:
                desks[person].add(desk)
        return {person: frozenset(his) for person, his in desks.items()}

    @cached_property
    def _sitting(self) -> dict[str, Sitters]:
        """Position -> those present who have it, by the first title that counts."""
        sitting: dict[str, Sitters] = {}
        for title in Title:
            here: dict[str, Sitters] = {}
            for seat in self.seats:
                if seat.title is title and seat.person in self.staff and seat.person not in self.away:
                    here.setdefault(seat.post, {})[seat.person] = seat
            sitting = here | sitting
        return sitting

    @cached_property
    def _own_post(self) -> dict[int, str]:
        """Person -> his own position: the definitive one that is no additional duty."""
        return {
            s.person: s.post
            for s in self.seats
            if s.title is Title.DEFINITIVE and not self.posts[s.post].duty
        }

    @cached_property
    def _heads(self) -> dict[str, str]:
        return {post.unit: code for code, post in self.posts.items() if post.heads}

    @cached_property
    def _lower(self) -> dict[str | None, list[str]]:
        """Position -> the positions right below it."""
        lower: dict[str | None, list[str]] = {}
        for code, post in self.posts.items():
            lower.setdefault(post.superior, []).append(code)
        return lower

    def _answering(self, post: str | None, but: int | None = None) -> Sitters:
        """Return those who answer for a position: who has it, or the next one above; never `but`."""
        for code in _upwards(post, lambda code: self.posts[code].superior):
            if sitters := {p: seat for p, seat in self._sitting.get(code, {}).items() if p != but}:
                return sitters
        return {}

    def _head_of(self, unit: str) -> str | None:
        """Return the position that heads a unit, or the next unit above that has a head."""
        return next((self._heads[u] for u in _upwards(unit, self.units.get) if u in self._heads), None)

    def _superiors_of(self, person: int) -> Sitters:
        own = self._own_post.get(person)
        above = self.posts[own].superior if own else self._head_of(self.staff[person])
        return self._answering(above, but=person)

    def _of_unit(self, unit: str) -> Sitters:
        here: Sitters = {p: None for p in self.staff if p not in self.away and unit in self._units_of[p]}
        return here or self._answering(self._head_of(unit))

    @cached_property
    def _units_of(self) -> dict[int, set[str]]:
        return {person: set(_upwards(unit, self.units.get)) for person, unit in self.staff.items()}

    def _of_group(self, group: Members) -> Sitters:
        named: Sitters = {p: None for p in self.staff if p in group.people and p not in self.away}
        if here := _merged([named, *(self._sitting.get(post, {}) for post in group.posts)]):
            return here
        return _merged(
            [self._superiors_of(p) for p in self.staff if p in group.people]
            + [self._answering(post) for post in group.posts]
        )

    def _posts_of(self, person: int) -> set[str]:
        return {post for post in self.posts if person in self._sitters[f"{Kind.POSITION}:{post}"]}

    def _below(self, person: int) -> set[str]:
        """Return the positions below those that a person has or answers for."""
        below: set[str] = set()
        open_posts = list(self._posts_of(person))
        while open_posts:
            lower = [post for post in self._lower.get(open_posts.pop(), ()) if post not in below]
            below.update(lower)
            open_posts += lower
        return below


def _merged(sitters: Iterable[Sitters]) -> Sitters:
    """Return all of them; who comes twice sits there by the first."""
    merged: Sitters = {}
    for some in sitters:
        for person, seat in some.items():
            merged.setdefault(person, seat)
    return merged


def _upwards(start: str | None, above: Callable[[str], str | None]) -> Iterator[str]:
    """Yield a code and those above it, each once."""
    seen: set[str] = set()
    while start is not None and start not in seen:
        yield start
        seen.add(start)
        start = above(start)
