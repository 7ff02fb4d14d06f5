"""The door to the employee file: writing a row, correcting one by a row over it, and asking what holds on a day.

Who may read which part, and that it was read: `rights`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from laksana.cases.models import Case
from laksana.library.kepegawaian.riwayat.kinds import CONTENTS, ContentError, content
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.people.models import Person, overlapping

SUCCESSIVE = frozenset({"pangkat", "gaji", "jabatan"})
"""Kinds of which one row holds at a time: a later one ends the one before it."""


BY_MEMBER = {"keluarga": ("nama", "tanggal_lahir")}
"""Kinds of which one row holds at a time for each that these columns name."""


@dataclass(frozen=True)
class Proof:
    """What proves a row: a document by its number, a case, or both."""

    document: str = ""
    case: Case | None = None
    place: int = 0
    """Which of several rows of one kind the case decided."""


def record(
    person: Person,
    kind: str,
    span: tuple[date, date | None],
    given: Mapping[str, Any],
    proof: Proof,
    *,
    at: datetime,
    by: Person | None = None,
) -> FileRow:
    """Write a row into an employee's file. Raises ContentError naming each thing that is wrong."""
    faults = _faults(span, proof)
    if by == person:
        faults[""] = "berkas sendiri dicatat oleh orang lain"
    if faults:
        raise ContentError(faults)
    held = content(kind, given).model_dump(mode="json")
    return FileRow.objects.create(
        person=person, kind=kind, since=span[0], until=span[1], data=held, document=proof.document,
        case=proof.case, place=proof.place, recorded_at=at, recorded_by=by,
    )  # fmt: skip


@transaction.atomic
def correct(
    row: FileRow,
    span: tuple[date, date | None],
    given: Mapping[str, Any],
    proof: Proof,
    *,
    reason: str,
    at: datetime,
    by: Person | None,
) -> FileRow:
    """Write a row that stands in place of another, which stays readable. Raises ContentError; also for one corrected already.

    Without `by` the system corrects, from a case that is the proof.
    """
    # Two who correct the same row wait for each other here.
    row = FileRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    faults = _faults(span, proof)
    if not reason.strip():
        faults["reason"] = "belum diisi"
    if FileRow.objects.filter(corrects=row).exists():
        faults[""] = "baris ini sudah dikoreksi; koreksilah baris penggantinya"
    if by == row.person:
        faults[""] = "berkas sendiri dikoreksi oleh orang lain"
    if faults:
        raise ContentError(faults)
    held = content(row.kind, given).model_dump(mode="json")
    return FileRow.objects.create(
        person=row.person, kind=row.kind, since=span[0], until=span[1], data=held, document=proof.document,
        case=proof.case, place=proof.place, corrects=row, reason=reason.strip(), recorded_at=at, recorded_by=by,
    )  # fmt: skip


def _faults(span: tuple[date, date | None], proof: Proof) -> dict[str, str]:
    since, until = span
    faults = {}
    if until is not None and until < since:
        faults["until"] = "berakhir sebelum dimulai"
    if not proof.document.strip() and proof.case is None:
        faults["document"] = "belum ada dokumen atau perkara yang membuktikan"
    return faults


def standing(kind: str | None = None) -> QuerySet[FileRow]:
    """Return the rows that no correction has replaced."""
    rows = FileRow.objects.filter(corrected_by=None)
    return rows if kind is None else rows.filter(kind=kind)


def file_of(person: Person) -> QuerySet[FileRow]:
    """Return an employee's whole file as it stands."""
    return standing().filter(person=person)


def holding_on(person: Person, kind: str, day: date) -> list[FileRow]:
    """Return what holds of a kind on a day, the latest first; of a successive kind at most one row."""
    rows = list(standing(kind).filter(overlapping(day, day), person=person).order_by("-since", "-pk"))
    return current(kind, rows)


def current(kind: str, rows: Iterable[FileRow]) -> list[FileRow]:
    """Return which rows of a kind hold, of rows that lie on one day, the latest first."""
    if kind in SUCCESSIVE:
        return list(rows)[:1]
    member = BY_MEMBER.get(kind)
    if member is None:
        return list(rows)
    latest: dict[tuple[Any, ...], FileRow] = {}
    for row in rows:
        latest.setdefault(tuple(row.data.get(name) for name in member), row)
    return list(latest.values())


def columns(kind: str) -> Iterable[str]:
    """Return the columns of a kind. Raises KeyError for an unknown one."""
    return CONTENTS[kind].model_fields
