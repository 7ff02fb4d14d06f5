"""The public lists as every visitor reads them: worked out when something of theirs has changed, not for each page.

Any act on a case writes an event, any row or correction of a book an entry, and what was decided before Laksana has rows of its
own. While the last of each is the same, and the day, the lists are the same. Four look-ups by an index tell it; what they lead to
is held by each process.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar, cast

from django.db.models import Max

from laksana.cases.models import Case, Event
from laksana.library.informasi import exempt, published
from laksana.library.informasi.exempt import Exemption
from laksana.library.informasi.models import EarlierExemption
from laksana.library.informasi.published import PublicInformation
from laksana.registers.models import Entry
from laksana.worktime.zone import local_day

T = TypeVar("T")
Stamp = tuple[date, object, object, object]
_SOURCES = (published.PROCEDURE, exempt.PROCEDURE)
_held: dict[str, tuple[Stamp, object]] = {}


def published_now(now: datetime) -> list[PublicInformation]:
    """Return the list of public information as it stands now; an earlier day is asked of `published`."""
    return _kept("dip", now, published.published)


def exemptions_now(now: datetime) -> list[Exemption]:
    """Return the list of exempt information as it stands now; an earlier day is asked of `exemptions`."""
    return _kept("dik", now, exempt.exemptions)


def _kept(name: str, now: datetime, work_out: Callable[[datetime], list[T]]) -> list[T]:
    stamp = _stamp(now)
    known = _held.get(name)
    if known is None or known[0] != stamp:
        known = _held[name] = (stamp, work_out(now))
    return list(cast("list[T]", known[1]))


def _stamp(now: datetime) -> Stamp:
    """Return what is another one as soon as anything has changed from which the lists are worked out."""
    cases = Case.objects.filter(procedure__in=_SOURCES).values("pk")
    last = Event.objects.filter(case__in=cases).aggregate(last=Max("pk"))["last"]
    event = Event.objects.filter(pk=last).values_list("pk", "hash").first()
    entry = Entry.objects.filter(procedure__in=_SOURCES).aggregate(last=Max("pk"))["last"]
    earlier = EarlierExemption.objects.aggregate(last=Max("pk"))["last"]
    return local_day(now), event, entry, earlier


def forget() -> None:
    """Let everything be worked out anew: for whoever changes rows without an act."""
    _held.clear()
