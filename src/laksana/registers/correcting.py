"""Correcting a row of a book by hand: a visible correction beside what stands."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laksana.cases.errors import Invalid, NotFound, NotYours
from laksana.cases.services import cases_seen_by
from laksana.people.models import Person
from laksana.people.services import desks_of
from laksana.registers.books import book
from laksana.registers.cells import Cell
from laksana.registers.models import Entry
from laksana.registers.writing import current


def correct(entry_id: int, values: Mapping[str, Cell], person: Person, reason: str, at: datetime) -> Entry:
    """Correct columns of a row and return the correction. Only who sits at the desk that wrote the row may.

    Raises NotFound, NotYours, and Invalid where the reason is missing, a column is unknown or nothing differs.
    """
    with transaction.atomic():
        rows = Entry.objects.select_for_update(of=("self",)).select_related("work_item")
        entry = rows.filter(pk=entry_id, kind=Entry.Kind.ROW).first()
        if entry is None or entry.case_id not in cases_seen_by(person, at, {entry.case_id}):
            raise NotFound(_("There is no such row, or you may not see it."))
        if not may_correct(entry, person, at):
            raise NotYours(_("Only who keeps this book may correct it."))
        changed = _checked(entry, values, reason)
        return Entry.objects.create(
            procedure=entry.procedure,
            register=entry.register,
            year=entry.year,
            number=entry.number,
            kind=Entry.Kind.CORRECTION,
            changes=entry,
            case_id=entry.case_id,
            instance=entry.instance,
            row=entry.row,
            values=changed,
            reason=reason.strip(),
            by=person,
            at=at,
        )


def may_correct(entry: Entry, person: Person, at: datetime) -> bool:
    """Return whether a person sits at the desk whose step wrote a row."""
    return entry.work_item is not None and entry.work_item.desk in desks_of(person, at)


def _checked(entry: Entry, values: Mapping[str, Cell], reason: str) -> dict[str, Cell]:
    known = {column.key for column in book(entry.procedure, entry.register).columns}
    errors = {column: _("This book has no such column.") for column in values if column not in known}
    if not reason.strip():
        errors["reason"] = _("Say why the row is corrected.")
    before = current(entry)
    changed = {column: held for column, held in values.items() if held != before.get(column)}
    if not changed and not errors:
        errors[""] = _("Nothing differs from what stands.")
    if errors:
        raise Invalid(errors)
    return changed
