"""The roll of the demonstration office (people.yaml), read and typed."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

EMAIL_DOMAIN = "diskominfo.example"
"""A domain that cannot exist (RFC 2606)."""
_FIRST_CONTRACT = "21"


@dataclass(frozen=True)
class Entry:
    """One person of the roll."""

    username: str
    name: str
    nip: str
    rank: str
    position: str
    duties: tuple[str, ...]
    tries: str
    """What is worth trying as this person; "" for the many others."""
    administrator: bool = False
    """Whether this person looks after the system."""

    @property
    def email(self) -> str:
        """Return the e-mail address."""
        return f"{self.username}@{EMAIL_DOMAIN}"


@dataclass(frozen=True)
class Acting:
    """A Plt or Plh, in days from the installation."""

    username: str
    position: str
    kind: str
    first: int
    last: int | None

    def days(self, today: date) -> tuple[date, date | None]:
        """Return the first and the last day; None where it has no end."""
        return today + timedelta(self.first), None if self.last is None else today + timedelta(self.last)


@dataclass(frozen=True)
class Away:
    """Days away, counted from the installation."""

    username: str
    first: int
    last: int
    reason: str

    def days(self, today: date) -> tuple[date, date]:
        """Return the first and the last day."""
        return today + timedelta(self.first), today + timedelta(self.last)


@dataclass(frozen=True)
class Roll:
    """Everybody of the demonstration office."""

    entries: tuple[Entry, ...]
    acting: tuple[Acting, ...]
    away: tuple[Away, ...]
    groups: dict[str, tuple[str, ...]]


@cache
def read() -> Roll:
    """Return the roll."""
    text = Path(__file__).with_name("people.yaml").read_text(encoding="utf-8")
    given = yaml.safe_load(text)
    return Roll(
        tuple(_entry(username, person) for username, person in given["people"].items()),
        tuple(Acting(a["person"], a["position"], a["kind"], a["from"], a.get("to")) for a in given["acting"]),
        tuple(Away(a["person"], a["from"], a["to"], a["reason"]) for a in given["absences"]),
        {code: tuple(people) for code, people in given["groups"].items()},
    )


def _entry(username: str, given: dict[str, Any]) -> Entry:
    return Entry(
        username,
        given["name"],
        _nip(given),
        given["rank"],
        given["position"],
        tuple(given.get("duties", ())),
        given.get("tries", ""),
        given.get("administrator", False),
    )


def _nip(given: dict[str, Any]) -> str:
    """Return the NIP that the birth, appointment and sex of a person ask for; nobody shares them, so it ends in 001."""
    born: date = given["born"]
    appointed = (
        str(given["cpns"]).replace("-", "") if "cpns" in given else f"{given['pppk']}{_FIRST_CONTRACT}"
    )
    return f"{born:%Y%m%d}{appointed}{'1' if given['sex'] == 'l' else '2'}001"
