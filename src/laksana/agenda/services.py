"""The door of `agenda`: what a person has before him between two days, and the feed that his own calendar reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from secrets import token_urlsafe

from django.utils.translation import gettext as _

from laksana.agenda.models import Feed
from laksana.cases import services as cases
from laksana.cases.models import Clock, WorkItem
from laksana.people.models import Absence, Person, overlapping
from laksana.people.services import desks_of
from laksana.worktime.models import Holiday
from laksana.worktime.zone import local, local_day

_MOST = 500
"""Tasks looked at; who has more has another trouble than a calendar."""


class Kind(StrEnum):
    """What an entry is."""

    TASK = "tugas"
    LIMIT = "batas"
    ABSENCE = "absen"
    HOLIDAY = "libur"


@dataclass(frozen=True)
class Entry:
    """One thing of an agenda: a whole day or days from `first` to `last`, or at the instant `due` of that day."""

    kind: Kind
    key: str
    """Names it among all entries of a person, and stays while it is moved."""
    first: date
    last: date
    text: str
    """What may leave the office: the activity and the number of its case, never its subject."""
    number: str = ""
    """The case, where it is one's."""
    item: int | None = None
    """The open step, where it is a task."""
    due: datetime | None = None


def entries(person: Person, first: date, last: date, at: datetime) -> list[Entry]:
    """Return what a person has from one day to another, both included, in order; few queries however many."""
    found = [*_tasks(person, at), *_limits(person, at), *_absences(person, first, last), *_off(first, last)]
    within = [each for each in found if each.first <= last and each.last >= first]
    return sorted(within, key=lambda each: (each.first, each.due is not None, each.due or at, each.key))


class Reason(StrEnum):
    """Why somebody is absent, as far as his colleagues need to know it."""

    LEAVE = "cuti"
    ILL = "sakit"
    TRAVEL = "dinas"
    ASKED = "diminta"
    OTHER = "lain"


@dataclass(frozen=True)
class Away:
    """Days on which somebody is absent."""

    person: Person
    first: date
    last: date
    reason: Reason


def away(people: Iterable[Person], first: date, last: date) -> list[Away]:
    """Return who of these people is absent between two days, both included, in order; one query. The reason is but its kind."""
    by_key = {person.pk: person for person in people}
    found = Absence.objects.filter(overlapping(first, last), person__in=by_key)
    absent = [Away(by_key[row.person_id], row.since, row.until, _kind_of(row.reason)) for row in found]
    return sorted(absent, key=lambda each: (each.first, each.person.name))


_WORDS = (
    (Reason.ILL, ("sakit",)),
    (Reason.LEAVE, ("cuti",)),
    (Reason.TRAVEL, ("dinas", "perjalanan", "tugas", "sppd")),
)


def _kind_of(reason: str) -> Reason:
    said = reason.lower()
    return next((kind for kind, words in _WORDS if any(word in said for word in words)), Reason.OTHER)


def switch_on(person: Person, at: datetime) -> str:
    """Make a new secret for a person's feed and return it: only now can it be seen. An address given before no longer works."""
    token = token_urlsafe(32)
    Feed.objects.update_or_create(person=person, defaults={"token_hash": _hashed(token), "made_at": at})
    return token


def switch_off(person: Person) -> None:
    """Let a person's feed be read by nobody."""
    Feed.objects.filter(person=person).delete()


def feed_of(token: str) -> Person | None:
    """Return whose feed a secret opens, None when it is nobody's or he no longer belongs to the office."""
    feed = (
        Feed.objects.filter(token_hash=_hashed(token), person__active=True).select_related("person").first()
    )
    return feed.person if feed else None


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _tasks(person: Person, at: datetime) -> Iterator[Entry]:
    for item in cases.inbox(person, at, limit=_MOST):
        if item.due_at is not None:
            text = f"{cases.definition(item.case).step(item.step).activity} ({item.case.number})"
            yield _at(Kind.TASK, f"tugas-{item.pk}", item.due_at, text, item.case.number, item.pk)


def _limits(person: Person, at: datetime) -> Iterator[Entry]:
    """Yield the time limits that run in cases of which a step lies on one of a person's desks."""
    mine = WorkItem.objects.on_desks(person, desks_of(person, at)).values("case")
    running = Clock.objects.filter(state=Clock.State.RUNNING, case__in=mine).select_related("case")
    for clock in running.defer("case__search_text"):
        name = clock.clock.replace("-", " ").capitalize()
        text = _("%(limit)s ends (%(number)s)") % {"limit": name, "number": clock.case.number}
        yield _at(Kind.LIMIT, f"batas-{clock.pk}", clock.due_at, text, clock.case.number)


def _at(kind: Kind, key: str, due: datetime, text: str, number: str, item: int | None = None) -> Entry:
    day = local_day(due)
    return Entry(kind, key, day, day, text, number, item, local(due))


def _absences(person: Person, first: date, last: date) -> Iterator[Entry]:
    for each in Absence.objects.filter(overlapping(first, last), person=person):
        yield Entry(Kind.ABSENCE, f"absen-{each.pk}", each.since, each.until, each.reason)


def _off(first: date, last: date) -> Iterator[Entry]:
    for each in Holiday.objects.filter(date__range=(first, last)):
        yield Entry(Kind.HOLIDAY, f"libur-{each.date}", each.date, each.date, each.name)
