"""What a procedure tells its applicant beyond its definition: the days that count, what he may do, and what belongs together.

A procedure's own module registers one function here; pages and letters ask by the procedure's id. Nothing of it names a person.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from laksana.cases.models import Case
from laksana.cases.services import definition
from laksana.sop.form import from_json
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.services import calendar
from laksana.worktime.zone import local_day


@dataclass(frozen=True)
class CountedDay:
    """A day that law or office counts to: what it is, how it was counted, and where that stands."""

    title: str
    day: date
    why: str = ""
    article: str = ""
    own: bool = False
    """Whether it is the applicant who must act by it."""


@dataclass(frozen=True)
class Right:
    """Something that the applicant may do: since when, until when, by what law, and the form that begins it here."""

    id: str
    title: str
    text: str
    since: date
    until: date | None = None
    article: str = ""
    form: str = ""
    """The procedure of which a form is begun; "" where it is done elsewhere or by the step that waits for him."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Field -> what the form opens with."""

    def holds_on(self, day: date) -> bool:
        """Return whether it may be used on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Told:
    """What is told of one case."""

    days: tuple[CountedDay, ...] = ()
    rights: tuple[Right, ...] = ()
    number: str = ""
    """The number in the book of the office, beside the case's own."""


@dataclass(frozen=True)
class Asked:
    """A case as it stands: its typed values and the calendar in force."""

    case: Case
    values: Mapping[str, Any]
    calendar: WorkCalendar
    at: datetime


Telling = Callable[[Asked], Told]
Chain = Callable[[Case], Iterable[Case]]
F = TypeVar("F", bound=Callable[..., Any])
_tellings: dict[str, Telling] = {}
_chains: dict[str, Chain] = {}


def tells(procedure: str) -> Callable[[F], F]:
    """Register what tells of a procedure's cases."""

    def register(function: F) -> F:
        _tellings[procedure] = function
        return function

    return register


def chains(*procedures: str) -> Callable[[F], F]:
    """Register what finds the cases that belong together with one of these procedures, itself included, in their order."""

    def register(function: F) -> F:
        _chains.update(dict.fromkeys(procedures, function))
        return function

    return register


def procedures_told() -> frozenset[str]:
    """Return the procedures of which something is told."""
    return frozenset(_tellings)


def told_of(asked: Asked) -> Told:
    """Return what is told of a case; nothing where its procedure registered nothing."""
    telling = _tellings.get(asked.case.procedure)
    return telling(asked) if telling else Told()


def chain_of(case: Case) -> list[Case]:
    """Return the cases that belong together with a case, itself included, in their order."""
    chain = _chains.get(case.procedure)
    return list(chain(case)) if chain else [case]


def told_at(case: Case, at: datetime) -> Told:
    """Return what is told of a case at an instant."""
    values = from_json(definition(case), case.data)
    return told_of(Asked(case, values, calendar(), at))


def rights_of(case: Case, at: datetime) -> list[Right]:
    """Return what an applicant may do by a form from now on, late or not."""
    today = local_day(at)
    return [right for right in told_at(case, at).rights if right.form and right.since <= today]
