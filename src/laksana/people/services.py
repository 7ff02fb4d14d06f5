"""The door to the people of the office: who sits where on a day, and the few things that change it.

Each question costs one query, for the token of the office's picture (and four more to draw it, when the office or the
day is another than the last time). Whoever has several takes `office_on` and asks it, by the people's keys.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from laksana.people import desks
from laksana.people.desks import Kind, Office
from laksana.people.installation import install_office
from laksana.people.models import Absence, Account, Group, Holding, Person, Position, Unit, overlapping
from laksana.people.picture import held, holding, office
from laksana.people.tenure import Tenures
from laksana.prepared import Select
from laksana.worktime.zone import local_day

__all__ = [
    "Tenures",
    "appoint",
    "capacity",
    "desk_title",
    "desk_titles",
    "desks_of",
    "holders",
    "holding",
    "install_office",
    "is_away",
    "may_dispose_to",
    "office_on",
    "person_of",
    "record_absence",
    "replaced",
    "shorten_absence",
    "subordinates_of",
    "superior_of",
]


def office_on(at: datetime) -> Office:
    """Return the picture of the office on the day of `at` (Asia/Jakarta)."""
    return office(local_day(at))


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
    today = office_on(at)
    seat = today.acting(person.pk, desk)
    return "" if seat is None else f"{Holding.Kind(seat.title).label} {today.posts[seat.post].title}"


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


def units_of_desks(keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return desk -> code and name of the unit that it belongs to; a group, which may span units, stands for itself."""
    found: dict[str, tuple[str, str]] = {}
    by_kind: dict[str, list[str]] = {}
    for key in set(keys):
        kind, _colon, code = key.partition(":")
        by_kind.setdefault(kind, []).append(code)
    for kind, codes in by_kind.items():
        for code, unit, name in _units_of(Kind(kind), codes):
            found[f"{kind}:{code}"] = (unit, name)
    return found


def _units_of(kind: Kind, codes: list[str]) -> Iterable[tuple[str, str, str]]:
    """Yield the code of each desk with the code and name of its unit."""
    match kind:
        case Kind.POSITION:
            return Position.objects.filter(code__in=codes).values_list("code", "unit__code", "unit__name")
        case Kind.UNIT | Kind.HEAD:
            return Unit.objects.filter(code__in=codes).values_list("code", "code", "name")
        case Kind.GROUP:
            return Group.objects.filter(code__in=codes).values_list("code", "code", "name")
        case Kind.PERSON | Kind.SUPERIOR:
            people = Person.objects.filter(pk__in=codes).values_list("pk", "unit__code", "unit__name")
            return [(str(pk), unit, name) for pk, unit, name in people]
    return []


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


def shorten_absence(person: Person, reason: str, until: date) -> None:
    """Let the absences recorded for this reason last until a day at most; one that would not begin by then is taken out."""
    for absence in Absence.objects.filter(person=person, reason=reason, until__gt=until):
        if absence.since > until:
            absence.delete()
        else:
            absence.until = until
            absence.save()


def is_away(person: int, since: date, until: date) -> bool:
    """Return whether a person is away on some day from `since` to `until` (both included)."""
    return Absence.objects.filter(overlapping(since, until), person=person).exists()


_person = Select(Person, "id = %s")


def _in_order(keys: Iterable[int]) -> list[Person]:
    keys = list(keys)
    if len(keys) == 1:
        return _person(*keys)
    found = Person.objects.in_bulk(keys)
    return [found[key] for key in keys]


def _titles(kind: Kind, codes: list[str]) -> Iterable[tuple[str, str]]:
    match kind:
        case Kind.POSITION:
            return _titles_of_positions(codes)
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


def _titles_of_positions(codes: list[str]) -> Iterable[tuple[str, str]]:
    """Return the titles, from the picture that the action under way holds, if one does and they are in it."""
    picture = held()
    if picture is not None and picture.posts.keys() >= set(codes):
        return [(code, picture.posts[code].title) for code in codes]
    return Position.objects.filter(code__in=codes).values_list("code", "title")
