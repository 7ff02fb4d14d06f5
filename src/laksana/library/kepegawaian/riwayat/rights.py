"""Who may read which part of an employee's file, and the record of everybody who did.

- The employee himself reads all of his own file, and who else read it.
- Those who keep the files (personnel officer, head of the subdivision, who stands in for them) read and correct every file.
- Those above him read what they plan work with: grade, position, ratings (they give them), days of leave, attendance. Not pay,
  family, discipline, contract, cards or pension.
- Nobody else reads anything. Looking after the system is no reason.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from laksana.library.kepegawaian.riwayat.kinds import CONTENTS
from laksana.library.kepegawaian.riwayat.models import FileReading, FileRow
from laksana.people.models import Person
from laksana.people.services import desks_of, office_on

KEEPERS = frozenset({"position:kasubag-umpeg", "position:pengelola-kepegawaian"})
"""The desks that keep the files."""
ALL = tuple(CONTENTS)
TO_SUPERIORS = ("pangkat", "jabatan", "cuti", "kehadiran", "skp")
_SAME_VISIT = timedelta(hours=1)
"""A form that is drawn again and again is one reading."""


def keeps_files(reader: Person, at: datetime) -> bool:
    """Return whether a person sits, on the day of `at`, at a desk that keeps the files."""
    return not KEEPERS.isdisjoint(desks_of(reader, at))


def readable_parts(reader: Person, person: Person, at: datetime) -> tuple[str, ...]:
    """Return the kinds of rows that a person may read in an employee's file; none for most."""
    if reader == person or keeps_files(reader, at):
        return ALL
    return TO_SUPERIORS if person.pk in office_on(at).subordinates_of(reader.pk) else ()


def readable_people(reader: Person, at: datetime) -> QuerySet[Person]:
    """Return the employees in whose files a person may read something, himself left out."""
    people = Person.objects.exclude(pk=reader.pk)
    if keeps_files(reader, at):
        return people
    return people.filter(pk__in=office_on(at).subordinates_of(reader.pk))


def reads_others(reader: Person, at: datetime) -> bool:
    """Return whether there is anybody in whose file a person may read something."""
    return keeps_files(reader, at) or bool(office_on(at).subordinates_of(reader.pk))


def may_correct(reader: Person, person: Person, at: datetime) -> bool:
    """Return whether a person may write into an employee's file: those who keep the files, never into their own."""
    return reader != person and keeps_files(reader, at)


def note_reading(reader: Person, person: Person, parts: Collection[str], occasion: str, at: datetime) -> None:
    """Record that parts of an employee's file were shown to somebody else. Drawing one form again is the same reading."""
    if reader == person or not parts:
        return
    shown = sorted(parts)
    lately = FileReading.objects.filter(
        person=person, reader=reader, occasion=occasion, at__gt=at - _SAME_VISIT, at__lte=at
    )
    if not any(row.parts == shown for row in lately):
        FileReading.objects.create(person=person, reader=reader, at=at, parts=shown, occasion=occasion)


def note_export(reader: Person, people: Iterable[int], part: str, at: datetime) -> None:
    """Record that a part of many files was taken out."""
    FileReading.objects.bulk_create(
        FileReading(person_id=key, reader=reader, at=at, parts=[part], occasion="ekspor")
        for key in people
        if key != reader.pk
    )


def readings_of(person: Person) -> QuerySet[FileReading]:
    """Return who read an employee's file, the latest first."""
    return FileReading.objects.filter(person=person).select_related("reader")


def history_of(row: FileRow) -> list[FileRow]:
    """Return the rows that a row stands in place of, the latest first."""
    found: list[FileRow] = []
    while row.corrects is not None:
        row = row.corrects
        found.append(row)
    return found
