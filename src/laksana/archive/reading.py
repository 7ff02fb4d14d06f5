"""The berkas of the archive by how they stand on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from laksana.archive.models import DisposalList, Dossier, Hold, ListLine
from laksana.cases.models import Case
from laksana.cases.services import search

_OPEN = (DisposalList.State.PROPOSED, DisposalList.State.APPROVED)
_HERE = (Dossier.Custody.UNIT, Dossier.Custody.CENTRE)


class Standing(StrEnum):
    """How a berkas stands; the value is the word in an address."""

    ACTIVE = "aktif"
    TRANSFER = "pindah"
    """Inactive, and still with the unit that made it."""
    INACTIVE = "inaktif"
    DESTROY = "musnah"
    APPRAISE = "nilai"
    PERMANENT = "permanen"
    """Permanent, and its time here is over or was never limited."""
    WAITING = "menunggu"
    """Nothing says how long: no JRA, or a condition that is not met yet."""
    HELD = "ditahan"
    GONE = "keluar"


@dataclass(frozen=True)
class Counted:
    """How many berkas stand so."""

    standing: Standing
    count: int


def dossiers(standing: Standing, on: date) -> "QuerySet[Dossier]":
    """Return the berkas that stand so on a day, with their cases, the longest closed first."""
    return _with_holds().filter(_condition(standing, on)).select_related("case__sop")


def counts(on: date) -> list[Counted]:
    """Return how many berkas stand in each way."""
    return [Counted(each, _with_holds().filter(_condition(each, on)).count()) for each in Standing]


def found(rows: "QuerySet[Dossier]", code: str, words: str, year: int | None) -> "QuerySet[Dossier]":
    """Return those of `rows` under a code, of cases that hold the words, closed in a year."""
    if code:
        rows = rows.filter(Q(code=code) | Q(code__startswith=f"{code}."))
    if year:
        rows = rows.filter(closed_on__year=year)
    if words.strip():
        rows = rows.filter(
            Q(case__in=search(Case.objects.all(), words)) | Q(case__number__iexact=words.strip())
        )
    return rows


def free(kind: str, on: date) -> "QuerySet[Dossier]":
    """Return the berkas that a list of a kind may take: due, not held, and on no other open list."""
    standing = {
        DisposalList.Kind.TRANSFER: Standing.TRANSFER,
        DisposalList.Kind.DESTRUCTION: Standing.DESTROY,
        DisposalList.Kind.HANDOVER: Standing.PERMANENT,
    }[DisposalList.Kind(kind)]
    listed = ListLine.objects.filter(dossier=OuterRef("pk"), list__state__in=_OPEN)
    ended = dossiers(standing, on).exclude(case__state=Case.State.RUNNING)
    return ended.filter(~Exists(listed), ~Exists(_open_holds()))


def _with_holds() -> "QuerySet[Dossier]":
    return Dossier.objects.annotate(held=Exists(_open_holds()))


def _open_holds() -> "QuerySet[Hold]":
    return Hold.objects.filter(dossier=OuterRef("pk"), lifted_at=None)


def _condition(standing: Standing, on: date) -> Q:
    here = Q(custody__in=_HERE)
    over = Q(final_on__lte=on)
    inactive = Q(inactive_on__lte=on)
    unlimited = Q(fate=Dossier.Fate.KEEP, active="")
    conditions = {
        Standing.ACTIVE: Q(custody=Dossier.Custody.UNIT) & Q(inactive_on__gt=on),
        Standing.TRANSFER: Q(custody=Dossier.Custody.UNIT) & inactive & Q(final_on__gt=on),
        Standing.INACTIVE: here & inactive & Q(final_on__gt=on),
        Standing.DESTROY: here & over & Q(fate=Dossier.Fate.DESTROY),
        Standing.APPRAISE: here & over & Q(fate__in=(Dossier.Fate.APPRAISE, "")),
        Standing.PERMANENT: here & Q(fate=Dossier.Fate.KEEP) & (over | unlimited),
        Standing.WAITING: here & Q(inactive_on=None) & ~unlimited,
        Standing.HELD: here & Q(held=True),
        Standing.GONE: ~here,
    }
    return conditions[standing]
