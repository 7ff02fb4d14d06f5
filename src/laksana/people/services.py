"""The door to the people of the office: who sits where on a day, and the few things that change it.

Each question reads the office of that day anew (four queries, whatever its size); whoever has several at once
takes `office_on` and asks it, by the people's keys.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils.translation import gettext

from laksana.people import desks
from laksana.people.desks import Kind, Members, Office, Post, Seat, Title
from laksana.people.installation import install_office
from laksana.people.models import Absence, Account, Group, Holding, Person, Position, Unit
from laksana.worktime.zone import local_day

__all__ = [
    "appoint",
    "capacity",
    "desk_title",
    "desk_titles",
    "desks_of",
    "holders",
    "install_office",
    "may_dispose_to",
    "office_on",
    "person_of",
    "record_absence",
    "replaced",
    "subordinates_of",
    "superior_of",
]


def office_on(at: datetime) -> Office:
    """Return the picture of the office on the day of `at` (Asia/Jakarta)."""
    day = local_day(at)
    units, posts = _structure()
    staff, seats, away = _people(day)
    return Office(units, posts, staff, tuple(seats), frozenset(away), _groups())


def desks_of(person: Person, at: datetime) -> frozenset[str]:
    """Return the keys of all desks at which a person sits on the day of `at`; none for one who has left."""
    return office_on(at).desks_of(person.pk)


def holders(desk: str, at: datetime) -> list[Person]:
    """Return who sits at a desk on the day of `at`. Raises ValueError for what is no desk key."""
    return _in_order(office_on(at).holders(desk))


def superior_of(person: Person, at: datetime) -> Person | None:
    """Return a person's superior on the day of `at`; None for whom nobody of the office is above."""
    superior = office_on(at).superior_of(person.pk)
    return None if superior is None else Person.objects.get(pk=superior)


def subordinates_of(person: Person, at: datetime) -> list[Person]:
    """Return everybody below a person on the day of `at`, down to the bottom, by name."""
    return list(Person.objects.filter(pk__in=office_on(at).subordinates_of(person.pk)))


def may_dispose_to(giver: Person, receiver_desk: str, at: datetime) -> bool:
    """Return whether the giver may pass work on to a desk: whoever sits there must be below him."""
    return office_on(at).may_dispose_to(giver.pk, receiver_desk)


def capacity(person: Person, desk: str, at: datetime) -> str:
    """Return by what right a person sits at a desk: "Plh. Kepala Dinas"; "" where it is his own."""
    office = office_on(at)
    seat = office.acting(person.pk, desk)
    return "" if seat is None else f"{Holding.Kind(seat.title).label} {office.posts[seat.post].title}"


def replaced(desk: str, at: datetime) -> list[Person]:
    """Return the absent holders of a position's desk, for whom another acts; papers print both names."""
    return _in_order(office_on(at).replaced(desk))


def person_of(account: Account) -> Person | None:
    """Return the employee who signs in with an account; None for one that belongs to nobody in service."""
    return Person.objects.filter(account=account, active=True).first()


def desk_title(desk: str) -> str:
    """Return what a desk is called: the title of a position, the name of a person, unit or group."""
    return desk_titles([desk])[desk]


def desk_titles(keys: Iterable[str]) -> dict[str, str]:
    """Return what each desk is called, with one query for each kind; the key itself for one that is gone."""
    named: dict[Kind, dict[str, str]] = {}
    keys = list(keys)
    for key in keys:
        kind, of = desks.split(key)
        named.setdefault(kind, {})[of] = key
    titles = {key: key for key in keys}
    for kind, wanted in named.items():
        titles.update({wanted[of]: title for of, title in _titles(kind, list(wanted))})
    return titles


@transaction.atomic
def appoint(
    person: Person,
    position: Position,
    since: date,
    until: date | None = None,
    *,
    kind: Holding.Kind = Holding.Kind.DEFINITIVE,
    decree: str = "",
) -> Holding:
    """Let a person hold a position, or act for its holder, from `since` to `until` (both included).

    Raises ValidationError when the position has no free seat then, or the person another position of his own.
    """
    # Two appointments to one seat, or of one person, wait for each other here.
    list(Position.objects.select_for_update().filter(pk=position.pk))
    list(Person.objects.select_for_update().filter(pk=person.pk))
    return Holding.objects.create(
        person=person, position=position, kind=kind, since=since, until=until, decree=decree
    )


def record_absence(person: Person, since: date, until: date, reason: str) -> Absence:
    """Record that a person is away from `since` to `until` (both included). Raises ValidationError."""
    return Absence.objects.create(person=person, since=since, until=until, reason=reason)


def _in_order(keys: Iterable[int]) -> list[Person]:
    found = Person.objects.in_bulk(list(keys))
    return [found[key] for key in keys]


def _structure() -> tuple[dict[str, str | None], dict[str, Post]]:
    """Return the units and positions; one query, in which a unit without positions has a row as well."""
    units: dict[str, str | None] = {}
    posts: dict[str, Post] = {}
    rows = Unit.objects.order_by("order", "code", "positions__order", "positions__code").values_list(
        "code",
        "parent__code",
        "positions__code",
        "positions__title",
        "positions__superior__code",
        "positions__heads_unit",
        "positions__kind",
    )
    for unit, parent, code, title, superior, heads, kind in rows:
        units[unit] = parent
        if code is not None:
            posts[code] = Post(title, unit, superior, heads=heads, duty=kind == Position.Kind.DUTY)
    return units, posts


def _people(day: date) -> tuple[dict[int, str], list[Seat], set[int]]:
    """Return everybody in service with his unit, the positions had on a day, and who is away; one query."""
    staff: dict[int, str] = {}
    seats: list[Seat] = []
    away: set[int] = set()
    rows = (
        Person.objects.filter(active=True)
        .alias(
            now=FilteredRelation(
                "holdings",
                condition=Q(holdings__since__lte=day)
                & (Q(holdings__until=None) | Q(holdings__until__gte=day)),
            )
        )
        .annotate(
            away=Exists(Absence.objects.filter(person=OuterRef("pk"), since__lte=day, until__gte=day)),
            title=F("now__kind"),
            post=F("now__position__code"),
        )
        .order_by("now__since", "name", "pk")
        .values_list("pk", "unit__code", "away", "title", "post")
    )
    for person, unit, is_away, title, post in rows:
        staff[person] = unit
        if is_away:
            away.add(person)
        if post is not None:
            seats.append(Seat(person, post, Title(title)))
    return staff, seats, away


def _groups() -> dict[str, Members]:
    """Return the groups; two queries, the people named in them and their positions."""
    people: dict[str, set[int]] = {}
    posts: dict[str, list[str]] = {}
    for code, person in Group.objects.values_list("code", "people__pk"):
        people.setdefault(code, set()).update([] if person is None else [person])
    for code, post in Group.objects.filter(positions__isnull=False).values_list("code", "positions__code"):
        posts.setdefault(code, []).append(post)
    return {code: Members(frozenset(named), tuple(posts.get(code, ()))) for code, named in people.items()}


def _titles(kind: Kind, codes: list[str]) -> Iterable[tuple[str, str]]:
    match kind:
        case Kind.POSITION:
            return Position.objects.filter(code__in=codes).values_list("code", "title")
        case Kind.UNIT:
            return Unit.objects.filter(code__in=codes).values_list("code", "name")
        case Kind.GROUP:
            return Group.objects.filter(code__in=codes).values_list("code", "name")
        case Kind.HEAD:
            units = Unit.objects.filter(code__in=codes).values_list("code", "name")
            return [(code, gettext("Head of %(unit)s") % {"unit": name}) for code, name in units]
        case Kind.PERSON | Kind.SUPERIOR:
            names = [
                (str(pk), name) for pk, name in Person.objects.filter(pk__in=codes).values_list("pk", "name")
            ]
            if kind is Kind.PERSON:
                return names
            return [(pk, gettext("Superior of %(person)s") % {"person": name}) for pk, name in names]
