"""Puts the demonstration office into the tables."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from laksana.people.demo import roll
from laksana.people.demo.roll import Entry
from laksana.people.installation import install_office
from laksana.people.models import Absence, Account, Group, Holding, OfficeRevision, Person, Position
from laksana.worktime.zone import local_day

PASSWORD = "contoh-saja-1"  # noqa: S105  (told to everybody, on the demonstration's own page)
"""The password of every demonstration account, where `settings.DEMO` says that this is a demonstration."""
PASSPHRASE = "frasa-contoh-1"  # noqa: S105  (told to everybody, on the demonstration's own page)
"""The passphrase of every demonstration certificate."""
SINCE = date(2024, 1, 2)
"""Since when the people hold their positions: before anything that the demonstration plays."""


@transaction.atomic
def install(at: datetime) -> None:
    """Make the demonstration office as it is on the day of `at`: structure, people, accounts, acting officials, absences.

    It may be run again: people and groups are brought up to the roll, passwords set back, what is held stays. The
    accounts can sign in only where `settings.DEMO` is set.
    """
    install_office()
    people = _people()
    _holdings(people, local_day(at))
    _absences(people, local_day(at))
    _groups(people)


def _people() -> dict[str, Person]:
    entries = roll.read().entries
    accounts = _accounts(entries)
    units = dict(Position.objects.values_list("code", "unit"))
    rows = [
        Person(
            nip=entry.nip,
            account=accounts[entry.username],
            name=entry.name,
            rank=entry.rank,
            unit_id=units[entry.position],
        )
        for entry in entries
    ]
    for row in rows:
        row.clean_fields()
    Person.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["nip"],
        update_fields=["account", "name", "rank", "unit"],
    )
    people = {
        person.nip: person for person in Person.objects.filter(nip__in=[entry.nip for entry in entries])
    }
    return {entry.username: people[entry.nip] for entry in entries}


def _accounts(entries: Sequence[Entry]) -> dict[str, Account]:
    # One hash for all: hashing is slow on purpose, and this password is no secret.
    password = make_password(PASSWORD if settings.DEMO else None)
    Account.objects.bulk_create(
        [
            Account(
                username=e.username,
                email=e.email,
                first_name=e.name.partition(",")[0],
                password=password,
                is_staff=e.administrator,
            )
            for e in entries
        ],
        update_conflicts=True,
        unique_fields=["username"],
        update_fields=["email", "first_name", "password", "is_staff"],
    )
    accounts = {a.username: a for a in Account.objects.filter(username__in=[e.username for e in entries])}
    EmailAddress.objects.filter(user__in=accounts.values()).delete()
    EmailAddress.objects.bulk_create(
        EmailAddress(user=accounts[e.username], email=e.email, verified=True, primary=True) for e in entries
    )
    return accounts


def _holdings(people: Mapping[str, Person], today: date) -> None:
    """Let people hold what the roll says, unless they do by an earlier installation."""
    wanted = [
        (entry.username, position, Holding.Kind.DEFINITIVE, SINCE, None)
        for entry in roll.read().entries
        for position in (entry.position, *entry.duties)
    ] + [
        (acting.username, acting.position, Holding.Kind(acting.kind), *acting.days(today))
        for acting in roll.read().acting
    ]
    held = set(Holding.objects.values_list("person", "position__code", "kind"))
    positions = {position.code: position for position in Position.objects.all()}
    Holding.objects.bulk_create(
        Holding(
            person=people[username],
            position=positions[code],
            kind=kind,
            since=since,
            until=until,
            decree="SK contoh",
        )
        for username, code, kind, since, until in wanted
        if (people[username].pk, code, kind) not in held
    )


def _absences(people: Mapping[str, Person], today: date) -> None:
    for away in roll.read().away:
        person = people[away.username]
        if not person.absences.exists():
            since, until = away.days(today)
            Absence.objects.create(person=person, since=since, until=until, reason=away.reason)


def _groups(people: Mapping[str, Person]) -> None:
    groups = {group.code: group for group in Group.objects.all()}
    named = Group.people.through.objects
    members = roll.read().groups
    named.filter(group__code__in=members).delete()
    named.bulk_create(
        named.model(group=groups[code], person=people[username])
        for code, usernames in members.items()
        for username in usernames
    )
    OfficeRevision.renew()
