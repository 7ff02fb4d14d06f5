"""Versions of tables: proposed by one person, put in force by another, from a day on; what was computed before stays."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from laksana.cases.errors import NotFound, NotYours
from laksana.library.law.current import versions_changed
from laksana.library.law.differences import Differences, differences
from laksana.library.law.sheets import lines_before, text_of
from laksana.library.models import TableRevision, TableVersion
from laksana.library.tables import (
    Contents,
    Origin,
    Table,
    TableError,
    TableFault,
    Version,
    read_text,
    table_of,
)
from laksana.people.models import Person
from laksana.people.services import desks_of

DECIDERS = frozenset({"position:sekretaris"})
"""The desks that, beside the administrators, propose versions of tables and put them in force."""


@dataclass(frozen=True)
class Proposal:
    """What is proposed of a table."""

    table: str
    origin: Origin
    reason: str
    file_name: str
    content: bytes


@dataclass(frozen=True)
class Span:
    """A version as a table's history shows it: the shipped or the office's file is one without a row."""

    since: date | None
    until: date | None
    origin: Origin
    row: TableVersion | None
    in_force: bool


def may_decide(person: Person, at: datetime) -> bool:
    """Return whether a person may propose versions and put those of others in force."""
    account = person.account
    if account is not None and account.is_active and account.is_staff:
        return True
    return not DECIDERS.isdisjoint(desks_of(person, at))


def read_proposal(proposal: Proposal) -> tuple[str, Contents[Any]]:
    """Return a proposal as the text that would be kept, and its rows. Raises TableError with each fault in the sender's lines."""
    table = table_of(proposal.table)
    text = text_of(proposal.file_name, proposal.content, proposal.origin)
    try:
        return text, _read(table, text)
    except TableError as error:
        moved = lines_before(text, proposal.content, proposal.file_name)
        raise TableError(
            [
                TableFault(proposal.file_name, max(1, fault.line - moved), fault.column, fault.reason)
                for fault in error.faults
            ]
        ) from None


def _read(table: Table[Any], text: str) -> Contents[Any]:
    contents = read_text(table.shipped, text, table.row, table.key)
    if not contents.rows:
        raise TableError([TableFault(table.name, len(text.splitlines()), 0, "the table has no row")])
    return contents


@transaction.atomic
def propose(proposal: Proposal, person: Person, at: datetime) -> TableVersion:
    """Keep a version for somebody else to put in force; an open one of the table is taken back only by name.

    Raises NotYours, TableError, ValidationError naming a field.
    """
    _check_right(person, at)
    origin = proposal.origin
    if origin.valid_from is None:
        raise ValidationError({"valid_from": _("Say from which day it is valid.")})
    if origin.valid_until is not None and origin.valid_until < origin.valid_from:
        raise ValidationError({"valid_until": _("It would end before it begins.")})
    text, contents = read_proposal(proposal)
    if not difference(table_of(proposal.table), contents.rows, origin.valid_from).any and _same_origin(
        proposal.table, origin
    ):
        raise ValidationError({"file": _("The table says the same from that day already.")})
    try:
        with transaction.atomic():
            return TableVersion.objects.create(
                table=proposal.table,
                valid_from=origin.valid_from,
                valid_until=origin.valid_until,
                source=origin.source,
                checked=origin.checked,
                content=text,
                digest=sha256(text.encode()).hexdigest(),
                reason=proposal.reason,
                proposed_by=person,
                proposed_at=at,
            )
    except IntegrityError:
        raise ValidationError(
            _("Another version of this table waits to be put in force. Decide that one first.")
        ) from None


def _same_origin(table: str, origin: Origin) -> bool:
    day = origin.valid_from
    return day is not None and _in_force(table_of(table), day).origin == origin


def difference(table: Table[Any], rows: Any, day: date, without: int | None = None) -> Differences:
    """Return what rows would change in a table from a day on. Raises TableError."""
    return differences(table.row, _in_force(table, day, without).rows, rows, table.key)


def preview(version: TableVersion) -> Differences:
    """Return what a version changes against what is in force on its first day without it. Raises TableError."""
    table = table_of(version.table)
    return difference(table, _read(table, version.content).rows, version.valid_from, version.pk)


def contents_on(name: str, day: date) -> Contents[Any]:
    """Return what a table says on a day. Raises KeyError, TableError."""
    return _in_force(table_of(name), day)


def _in_force(table: Table[Any], day: date, without: int | None = None) -> Contents[Any]:
    kept = [each for each in _versions(table.name) if each.key != without]
    chosen = table.chosen(day, kept)
    return table.contents_of(chosen) if chosen else table.contents_of_file()


def _versions(name: str) -> list[Version]:
    rows = TableVersion.objects.filter(table=name, state=TableVersion.State.IN_FORCE).order_by("valid_from")
    return [Version(*row) for row in rows.values_list("pk", "digest", "valid_from", "valid_until")]


@transaction.atomic
def put_in_force(key: int, person: Person, at: datetime, note: str = "") -> TableVersion:
    """Let a proposed version hold from its day on; one of the same day is replaced. Not by who proposed it.

    Raises NotFound, NotYours, TableError where the program has come to expect other columns meanwhile.
    """
    _check_right(person, at)
    revision = _locked()
    version = _open(key)
    if version.proposed_by_id == person.pk:
        raise NotYours(_("You proposed this version yourself: somebody else puts it in force."))
    _read(table_of(version.table), version.content)
    same_day = TableVersion.objects.filter(
        table=version.table, valid_from=version.valid_from, state=TableVersion.State.IN_FORCE
    )
    same_day.update(state=TableVersion.State.REPLACED)
    _decide(version, TableVersion.State.IN_FORCE, person, at, note)
    revision.token = uuid.uuid4()
    revision.save()
    versions_changed(revision.token)
    return version


@transaction.atomic
def give_up(key: int, person: Person, at: datetime, note: str) -> TableVersion:
    """Give a proposed version up: by who proposed it, or by somebody who refuses it. Raises NotFound, NotYours."""
    _check_right(person, at)
    _locked()
    version = _open(key)
    _decide(version, TableVersion.State.DROPPED, person, at, note)
    return version


def _locked() -> TableRevision:
    """Return the revision, locked: two decisions wait for each other."""
    revision, _made = TableRevision.objects.select_for_update().get_or_create(pk=TableRevision.SINGLE)
    return revision


def _open(key: int) -> TableVersion:
    version = TableVersion.objects.filter(pk=key, state=TableVersion.State.PROPOSED).first()
    if version is None:
        raise NotFound(_("This version does not wait to be decided."))
    return version


def _decide(version: TableVersion, state: str, person: Person, at: datetime, note: str) -> None:
    version.state, version.decided_by, version.decided_at, version.note = state, person, at, note
    version.save(update_fields=["state", "decided_by", "decided_at", "note"])


def _check_right(person: Person, at: datetime) -> None:
    if not may_decide(person, at):
        raise NotYours(_("Only administrators and the secretary change tables of law."))


def history(name: str, today: date) -> list[Span]:
    """Return what held and holds when, newest first; the file is among it. Raises KeyError, TableError."""
    table = table_of(name)
    chosen = table.chosen(today, _versions(name))
    file = table.contents_of_file().origin
    rows = list(TableVersion.objects.filter(table=name).select_related("proposed_by", "decided_by"))
    spans = [_span(row, bool(chosen and chosen.key == row.pk)) for row in rows]
    spans.append(Span(file.valid_from, file.valid_until, file, None, chosen is None))
    spans.sort(key=lambda span: (span.since or date.min, span.row.pk if span.row else 0), reverse=True)
    return list(_ended(spans))


def _span(row: TableVersion, in_force: bool) -> Span:
    origin = Origin(
        source=row.source, checked=row.checked, valid_from=row.valid_from, valid_until=row.valid_until
    )
    return Span(row.valid_from, row.valid_until, origin, row, in_force)


def _ended(spans: list[Span]) -> Iterator[Span]:
    """Yield spans, each ending at the latest on the eve of the next that is in force from some day on."""
    following: date | None = None
    for span in spans:
        counts = span.row is None or span.row.state == TableVersion.State.IN_FORCE
        if counts and following is not None:
            eve = following - timedelta(days=1)
            yield Span(span.since, min(span.until or eve, eve), span.origin, span.row, span.in_force)
        else:
            yield span
        if counts and span.since is not None:
            following = span.since
