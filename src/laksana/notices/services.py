"""The door to notices: tell somebody something, in the workspace and, where he wants it, by e-mail."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from laksana.jobs.services import enqueue
from laksana.notices.models import EmailChoice, Notice
from laksana.notices.tasks import send_notices
from laksana.people.models import Person

__all__ = [
    "When", "choose_email", "email_choice", "latest", "mark_read", "mark_unread", "notify", "notify_many",
    "since", "state_of", "unread", "unread_count",
]  # fmt: skip

When = EmailChoice.When
_LONGEST_TEXT = 500


def notify(person: Person | int, kind: str, text: str, url: str, at: datetime) -> Notice:
    """Tell one person something; see `notify_many`."""
    return notify_many([person], kind, text, url, at)[0]


def notify_many(people: Iterable[Person | int], kind: str, text: str, url: str, at: datetime) -> list[Notice]:
    """Tell several people (rows or their keys; each once) the same, and return their notices.

    `kind` names the occasion in one word; `url` is the path of the page to open. Joins the caller's
    transaction: one INSERT for all notices, one SELECT of who wants e-mail at once, and one INSERT of the job
    only if somebody does. The text goes out by e-mail: about a confidential case it must not say more than
    that there is something to do.
    """
    keys = dict.fromkeys(person if isinstance(person, int) else person.pk for person in people)
    told = [Notice(person_id=key, kind=kind, text=text[:_LONGEST_TEXT], url=url, at=at) for key in keys]
    if not told:
        return []
    Notice.objects.bulk_create(told)
    wanting = _wanting_email_at_once(keys)
    if by_email := [notice.pk for notice in told if notice.person_id in wanting]:
        enqueue(send_notices, notices=by_email)
    return told


def unread(person: Person) -> QuerySet[Notice]:
    """Return what a person has not read yet, the latest first."""
    return Notice.objects.filter(person=person, read_at=None)


def unread_count(person: Person) -> int:
    """Return how many notices a person has not read yet."""
    return unread(person).count()


def latest(person: Person) -> QuerySet[Notice]:
    """Return what a person was told, read or not, the latest first."""
    return Notice.objects.filter(person=person)


def mark_read(person: Person, at: datetime, notices: Iterable[int] | None = None) -> int:
    """Mark these notices of a person as read, or all; return how many were unread. Others' notices are left
    alone.
    """
    own = unread(person) if notices is None else unread(person).filter(pk__in=list(notices))
    return own.update(read_at=at)


def mark_unread(person: Person, read_at: datetime) -> int:
    """Undo marking as read: what was marked at this instant is unread again; return how many."""
    return Notice.objects.filter(person=person, read_at=read_at).update(read_at=None)


def state_of(person: Person) -> str:
    """Return what stands in a person's notices in one word, "count-latest of the unread"; another word where anything changed."""
    found = unread(person).aggregate(count=Count("pk"), latest=Max("pk"))
    return f"{found['count']}-{found['latest'] or 0}"


def since(person: Person, state: str, most: int) -> list[Notice]:
    """Return what a person was told and did not read since his notices stood as `state` says, the latest first."""
    latest = state.partition("-")[2]
    return list(unread(person).filter(pk__gt=int(latest) if latest.isdecimal() else 0)[:most])


def email_choice(person: Person) -> EmailChoice.When:
    """Return whether and when a person gets notices by e-mail."""
    choice = EmailChoice.objects.filter(person=person).first()
    return When(choice.when) if choice else When.AT_ONCE


def choose_email(person: Person, when: EmailChoice.When) -> None:
    """Keep whether and when a person gets notices by e-mail."""
    EmailChoice.objects.update_or_create(person=person, defaults={"when": when})


def _wanting_email_at_once(people: Iterable[int]) -> set[int]:
    at_once = Q(email_choice=None) | Q(email_choice__when=When.AT_ONCE)
    reachable = Person.objects.filter(at_once, pk__in=list(people), active=True, account__is_active=True)
    return set(reachable.exclude(account__email="").order_by().values_list("pk", flat=True))
