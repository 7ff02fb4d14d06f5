"""The picture of the office on a day, made of the tables by four queries and kept while its token stands.

Who may do what must be right at once, also when another process has just changed the office: so every question first
reads the token (one query), and makes the picture anew only when it is another. A picture that a transaction made of
its own changes is kept under a token that nobody else sees before the commit, and nobody ever after a rollback.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.signals import m2m_changed, post_delete, post_save

from laksana.people.desks import Members, Office, Post, Seat, Title
from laksana.people.models import Absence, Group, Holding, OfficeRevision, Person, Position, Unit
from laksana.prepared import execute

_DAYS_KEPT = 32
_kept: tuple[object, dict[date, Office]] = (None, {})
_held: ContextVar[dict[date, Office] | None] = ContextVar("held", default=None)
"""The pictures that one action has looked at: it sees them as they were when it first looked."""


@contextmanager
def holding() -> Iterator[None]:
    """Let everything asked inside be answered by the same picture, asked for once; a change made inside is seen at once."""
    before = _held.set({})
    try:
        yield
    finally:
        _held.reset(before)


def held() -> Office | None:
    """Return a picture that the action has looked at, if any, for what does not depend on the day."""
    return next(iter((_held.get() or {}).values()), None)


def office(day: date) -> Office:
    """Return the office on a day."""
    held_days = _held.get()
    if held_days is None:
        return _current(day)
    if day not in held_days:
        held_days[day] = _current(day)
    return held_days[day]


def _current(day: date) -> Office:
    global _kept  # noqa: PLW0603  (one for each process; replaced as a whole, so that threads need no lock)
    token = _token()
    kept_token, days = _kept
    if token is None or token != kept_token:
        days = {}
    if (seen := days.get(day)) is not None:
        return seen
    drawn = draw(day)
    kept_days = dict(list(days.items())[-_DAYS_KEPT + 1 :])
    _kept = (token, {**kept_days, day: drawn})
    return drawn


def _token() -> object:
    """Return the office's token as the database gives it; None before the first change. Asked at every step of every case."""
    return next((token for (token,) in execute("SELECT token FROM people_officerevision", ())), None)


def draw(day: date) -> Office:
    """Return the office on a day, read anew."""
    units, posts = _structure()
    staff, seats, away = _people(day)
    return Office(units, posts, staff, tuple(seats), frozenset(away), _groups())


def watch() -> None:
    """Renew the token with every saved or deleted row, and with every person or position put in a group."""
    for model in (Unit, Position, Person, Holding, Group, Absence):
        post_save.connect(_changed, sender=model, dispatch_uid=f"people.saved.{model.__name__}")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"people.deleted.{model.__name__}")
    post_save.connect(_forget_held, sender=OfficeRevision, dispatch_uid="people.renewed")
    for members in (Group.people.through, Group.positions.through):
        m2m_changed.connect(_members_changed, sender=members, dispatch_uid=f"people.{members.__name__}")


def _changed(**_kwargs: Any) -> None:
    OfficeRevision.renew()


def _forget_held(**_kwargs: Any) -> None:
    if (held_days := _held.get()) is not None:
        held_days.clear()


def _members_changed(action: str, **_kwargs: Any) -> None:
    if action.startswith("post_"):
        OfficeRevision.renew()


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
    led = Group.objects.filter(positions__isnull=False).order_by(
        "code", "positions__order", "positions__code"
    )
    for code, post in led.values_list("code", "positions__code"):
        posts.setdefault(code, []).append(post)
    return {code: Members(frozenset(named), tuple(posts.get(code, ()))) for code, named in people.items()}
