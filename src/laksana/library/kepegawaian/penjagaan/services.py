"""The door to the lists of what falls due: who sees them, how far each row is, and confirming many at once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from laksana.cases import actions
from laksana.cases import services as cases
from laksana.cases.errors import Invalid, NotYours, Refused
from laksana.cases.models import Case, WorkItem
from laksana.library.kepegawaian.penjagaan.listing import make_lists
from laksana.library.kepegawaian.penjagaan.models import DueRow, Reading
from laksana.library.kepegawaian.riwayat.rights import KEEPERS
from laksana.library.kepegawaian.skp_asn.rules import QUARTERS
from laksana.people.models import Person
from laksana.people.services import desks_of
from laksana.sop.definition import FieldSpec

__all__ = [
    "DECREE", "KEEPERS", "READERS", "Confirmed", "State", "close_done", "confirm", "counts", "decree_kinds", "decree_of",
    "keeps", "make_lists", "note_reading", "open_rows", "rows", "sees", "set_aside", "state_of",
]  # fmt: skip

READERS = KEEPERS | {"position:sekretaris", "position:kepala-dinas"}
"""The desks that see these lists; `KEEPERS` keep them."""
DECREE = ("sk_terakhir_jenis", "sk_terakhir_nomor", "sk_terakhir_tanggal", "sk_terakhir_pejabat")
"""The fields of an increase that name the last decision on pay: one decision is often that of many."""


class State(StrEnum):
    """How far a row is."""

    LISTED = "terdaftar"
    OPENED = "dibuka"
    CONFIRMED = "dikonfirmasi"
    DONE = "selesai"
    NOT_APPLICABLE = "tidak-berlaku"


@dataclass
class Confirmed:
    """What came of confirming: how many were, and of the others why not."""

    done: int = 0
    refused: list[tuple[DueRow, str]] = field(default_factory=list)


def sees(person: Person, at: datetime) -> bool:
    """Return whether a person may see the lists: who keeps them, and those above."""
    return bool(READERS & desks_of(person, at))


def keeps(person: Person, at: datetime) -> bool:
    """Return whether a person may confirm rows and set them aside."""
    return bool(KEEPERS & desks_of(person, at))


def rows(kind: str = "") -> "QuerySet[DueRow]":
    """Return the rows, those due first before all, with what `state_of` asks."""
    first = WorkItem.objects.filter(case=OuterRef("case"), state=WorkItem.State.DONE)
    found = DueRow.objects.select_related("person", "case", "closed_by").annotate(begun=Exists(first))
    return found.filter(kind=kind) if kind else found


def open_rows(kind: str = "") -> "QuerySet[DueRow]":
    """Return the rows of which something is still to do: not closed, and of a case that runs."""
    running = Q(case=None) | Q(case__state=Case.State.RUNNING)
    return rows(kind).filter(running, closed="")


def counts() -> list[tuple[str, str, int]]:
    """Return each kind, what it is called, and how many open rows it has."""
    found = Counter(open_rows().order_by().values_list("kind", flat=True))
    return [(kind.value, str(kind.label), found[kind.value]) for kind in DueRow.Kind]


def state_of(row: DueRow) -> State:
    """Return how far a row of `rows` is, by its case or by how it was closed."""
    if row.closed:
        return State(row.closed)
    case = row.case
    if case is None:
        return State.LISTED
    if case.state == Case.State.CANCELLED:
        return State.NOT_APPLICABLE
    if case.state == Case.State.ENDED or (row.kind == DueRow.Kind.QUARTER and _evaluated(row, case)):
        return State.DONE
    return State.CONFIRMED if getattr(row, "begun", False) else State.OPENED


def _evaluated(row: DueRow, case: Case) -> bool:
    """Return whether the quarter of a row was evaluated in its case, which may begin in a later quarter."""
    begun = case.data.get("periode_mulai")
    skipped = (int(begun[5:7]) - 1) // 3 if begun else 0
    quarter = QUARTERS.index(row.key.partition("-")[2])
    return len(case.data.get("evaluasi_periodik") or ()) > quarter - skipped


def note_reading(person: Person, kind: str, count: int, at: datetime) -> None:
    """Keep that somebody read a list."""
    Reading.objects.create(person=person, kind=kind, count=count, at=at)


def confirm(
    keys: Iterable[int],
    person: Person,
    at: datetime,
    given: Mapping[str, Any] | None = None,
    evidence: str = "",
    decree: Mapping[str, Any] | None = None,
) -> Confirmed:
    """Do the first step of the cases of these rows with what they know, and with what is given for all.

    `decree` is one decision on pay that is the last of all of them; it fills only what their files do not say. Each is an action
    of its own with the rights of any other; what is refused is told, and the rest is done.
    """
    result = Confirmed()
    for row in rows().filter(pk__in=list(keys)):
        try:
            _confirm(row, person, at, given or {}, evidence, decree or {})
            result.done += 1
        except Refused as refusal:
            result.refused.append((row, _told(refusal, row)))
    return result


def _confirm(
    row: DueRow,
    person: Person,
    at: datetime,
    given: Mapping[str, Any],
    evidence: str,
    decree: Mapping[str, Any],
) -> None:
    if state_of(row) != State.OPENED or row.case is None:
        raise Refused(_("There is nothing to confirm here."))
    item = row.case.work_items.filter(state=WorkItem.State.OPEN).order_by("pk").first()
    if item is None:
        raise Refused(_("Somebody else has just done this."))
    procedure = cases.definition(row.case)
    asked = procedure.step(item.step).asks
    known = {name: value for name, value in row.case.data.items() if name in asked}
    values = {
        **_decree_for(known, decree),
        **known,
        **{name: value for name, value in given.items() if name in asked and value},
    }
    values = {name: value for name, value in values.items() if name in asked}
    actions.complete(item.pk, item.revision, person, values, at, evidence=evidence)


def _decree_for(known: Mapping[str, Any], decree: Mapping[str, Any]) -> dict[str, Any]:
    """Return what one decision says for an employee. Raises Refused where his file names another one."""
    number, own = decree.get("sk_terakhir_nomor"), known.get("sk_terakhir_nomor")
    if number and own and number != own:
        raise Refused(
            _("The file names %(own)s as the last decision, not %(number)s.") % {"own": own, "number": number}
        )
    return {name: value for name, value in decree.items() if name in DECREE and value}


def decree_of(row: DueRow) -> tuple[str, list[str]]:
    """Return the number of the last decision on pay that an increase rests on, and what its case does not know of it."""
    if row.kind != DueRow.Kind.PAY or row.case is None or state_of(row) != State.OPENED:
        return "", []
    fields, data = cases.definition(row.case).fields, row.case.data
    return str(data.get("sk_terakhir_nomor") or ""), [
        fields[name].label for name in DECREE if not data.get(name)
    ]


def decree_kinds(rows: Iterable[DueRow]) -> Mapping[str, str]:
    """Return the kinds of decision that an increase may rest on, as the procedure of the first row names them."""
    case = next((row.case for row in rows if row.kind == DueRow.Kind.PAY and row.case is not None), None)
    return cases.definition(case).fields["sk_terakhir_jenis"].choices or {} if case else {}


def _told(refusal: Refused, row: DueRow) -> str:
    """Return a refusal in words; of a form what its wrong fields are called."""
    if isinstance(refusal, Invalid) and refusal.errors and row.case is not None:
        fields = cases.definition(row.case).fields
        told = [_of_field(fields.get(name), why) for name, why in refusal.errors.items()]
        return _("Still to fill in: %(fields)s") % {"fields": ", ".join(told)}
    return str(refusal)


def _of_field(spec: FieldSpec | None, why: Any) -> str:
    """Return what a wrong field is called; of one that may be left empty also why this time it may not."""
    if spec is None:
        return str(why)
    return spec.label if spec.required or spec.required_if else f"{spec.label} ({why})"


@transaction.atomic
def set_aside(key: int, person: Person, reason: str, at: datetime) -> DueRow:
    """Close a row that does not apply, with a reason, and cancel its case where it has not gone on. Raises Refused.

    Nobody sets aside what falls due for himself.
    """
    row = _closable(key, person, at)
    if not reason.strip():
        raise Invalid({"reason": _("Say why it does not apply.")})
    if row.person_id == person.pk:
        raise Refused(_("Four eyes: what falls due for oneself is set aside by somebody else."))
    if state_of(row) == State.CONFIRMED and row.kind != DueRow.Kind.QUARTER:
        raise Refused(_("Its case goes on already; cancel it there."))
    if row.case is not None and row.kind != DueRow.Kind.QUARTER:
        with suppress(NotYours):  # a case that lies with the employee himself stays his to cancel
            actions.cancel(row.case.pk, person, reason, at)
    return _close(row, DueRow.Closed.NOT_APPLICABLE, reason, person, at)


@transaction.atomic
def close_done(key: int, person: Person, reason: str, at: datetime) -> DueRow:
    """Close a row that has no case of its own as done. Raises Refused."""
    row = _closable(key, person, at)
    if row.case is not None:
        raise Refused(_("The case says when it is done."))
    return _close(row, DueRow.Closed.DONE, reason, person, at)


def _closable(key: int, person: Person, at: datetime) -> DueRow:
    if not keeps(person, at):
        raise Refused(_("Only the personnel officer keeps the lists."))
    row = rows().filter(pk=key).select_for_update(of=("self",)).first()
    if row is None or state_of(row) in (State.DONE, State.NOT_APPLICABLE):
        raise Refused(_("This row is closed already."))
    return row


def _close(row: DueRow, how: str, reason: str, person: Person, at: datetime) -> DueRow:
    row.closed, row.reason, row.closed_at, row.closed_by = how, reason.strip()[:300], at, person
    row.save(update_fields=["closed", "reason", "closed_at", "closed_by"])
    return row
