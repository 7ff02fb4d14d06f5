"""Files of books, made in the background for the one who asked, with how far they have come."""

import io
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q, QuerySet

from laksana.jobs.services import enqueue
from laksana.people.models import Person
from laksana.registers.books import Book, book
from laksana.registers.exports import write_csv, write_pdf, write_xlsx
from laksana.registers.models import Entry, Export, Reading
from laksana.registers.reading import Line, containing, in_order, lines, rows

FORMS = ("csv", "xlsx", "pdf")
MOST_SORTED = 5_000
"""How many rows are put in the order of a column; longer books stay in the order of their numbers."""
_TOLD_EVERY = 500


@dataclass(frozen=True)
class Asked:
    """Which part of a book somebody wants, in which order.

    `sort` is a column, "-" before it for falling; "-" alone is the newest first.
    """

    year: int | None = None
    month: int | None = None
    words: str = ""
    sort: str = ""


def read(opened: Book, asked: Asked, person: Person, at: datetime) -> Iterator[Line]:
    """Yield the rows asked for, as a person may read them now. Only what he sees is searched and sorted by."""
    found = part_of(opened, asked)
    if asked.sort == "-":
        found = found.order_by("-year", "-number")
    shown = lines(found, opened, person, at)
    if asked.words:
        shown = containing(shown, asked.words)
    column = asked.sort.removeprefix("-")
    if column in {each.key for each in opened.columns} and may_sort(found):
        return iter(in_order(shown, column, falling=asked.sort.startswith("-")))
    return shown


def part_of(opened: Book, asked: Asked) -> "QuerySet[Entry]":
    """Return the rows of the year and month asked for."""
    return rows(opened, asked.year, asked.month)


def may_sort(found: "QuerySet[Entry]") -> bool:
    """Return whether rows are few enough to be put in another order."""
    return len(found.order_by().values_list("pk", flat=True)[: MOST_SORTED + 1]) <= MOST_SORTED


def note_reading(opened: Book, asked: Asked, person: Person, at: datetime, how: str, count: int) -> None:
    """Record who has read a book that is not open to all, or has personal columns."""
    if opened.is_watched:
        Reading.objects.create(
            person=person,
            procedure=opened.procedure,
            register=opened.register,
            year=asked.year,
            month=asked.month,
            words=asked.words,
            how=how,
            rows=count,
            at=at,
        )


def readings(opened: Book) -> "QuerySet[Reading]":
    """Return who has read a book, the latest first."""
    found = Reading.objects.filter(procedure=opened.procedure, register=opened.register)
    return found.select_related("person").order_by("-at", "-pk")


@transaction.atomic
def ask(opened: Book, asked: Asked, form: str, person: Person, at: datetime) -> Export:
    """Order the file of a book; a job makes it. Raises ValueError for a form that there is not."""
    from laksana.registers.tasks import make_export

    if form not in FORMS:
        raise ValueError(form)
    export = Export.objects.create(
        person=person,
        procedure=opened.procedure,
        register=opened.register,
        title=opened.title,
        form=form,
        year=asked.year,
        month=asked.month,
        words=asked.words,
        sort=asked.sort,
        total=part_of(opened, asked).count(),
        asked_at=at,
    )
    enqueue(make_export, export=str(export.pk))
    return export


def exports_of(person: Person) -> "QuerySet[Export]":
    """Return the files that a person has asked for: nobody else finds them."""
    return Export.objects.filter(person=person)


def fetch(export: Export, at: datetime) -> IO[bytes] | None:
    """Return the file of an export, open; None where it is not ready, or not kept any more."""
    if export.state != Export.State.READY or export.kept_until is None or export.kept_until <= at:
        return None
    try:
        opened: IO[bytes] = storages["exports"].open(export.stored_as, "rb")
    except FileNotFoundError:
        return None
    return opened


def make(key: UUID, at: datetime) -> None:
    """Make the file of an export, with the rights that its person has now; what was made already stays."""
    export = Export.objects.select_related("person").get(pk=key)
    if export.state == Export.State.READY:
        return
    opened = book(export.procedure, export.register)
    asked = Asked(export.year, export.month, export.words, export.sort)
    total = part_of(opened, asked).count()
    Export.objects.filter(pk=key).update(state=Export.State.MAKING, total=total, done=0)
    with tempfile.TemporaryFile() as file:
        target = cast("BinaryIO", file)
        counted = _Counted(export)
        _write(export.form, opened, counted.through(read(opened, asked, export.person, at)), target, at)
        size = target.tell()
        target.seek(0)
        storages["exports"].delete(export.stored_as)
        storages["exports"].save(export.stored_as, File(target))
    with transaction.atomic():
        Export.objects.filter(pk=key).update(
            state=Export.State.READY,
            done=counted.rows,
            size=size,
            kept_until=at + settings.EXPORTS_KEPT,
        )
        note_reading(opened, asked, export.person, at, export.form, counted.rows)


class _Counted:
    """Counts the rows that pass, and tells now and then how many there were."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self.rows = 0

    def through(self, shown: Iterable[Line]) -> Iterator[Line]:
        """Yield the rows, counting."""
        for line in shown:
            yield line
            self.rows += 1
            if self.rows % _TOLD_EVERY == 0:
                Export.objects.filter(pk=self._export.pk).update(done=self.rows)


def _write(form: str, opened: Book, shown: Iterable[Line], target: BinaryIO, at: datetime) -> None:
    if form == "csv":
        text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
        write_csv(opened, shown, text)
        text.detach()
    elif form == "xlsx":
        write_xlsx(opened, shown, target)
    else:
        write_pdf(opened, shown, target, at)
    target.seek(0, io.SEEK_END)


def give_up(key: UUID) -> None:
    """Say of an export that it could not be made."""
    Export.objects.filter(pk=key).exclude(state=Export.State.READY).update(state=Export.State.FAILED)


def remove_old(at: datetime) -> None:
    """Remove the files whose time is over, and what was asked for long ago and never made."""
    old = Q(kept_until__lte=at) | Q(kept_until=None, asked_at__lte=at - settings.EXPORTS_KEPT)
    for export in Export.objects.filter(old):
        storages["exports"].delete(export.stored_as)
        export.delete()
