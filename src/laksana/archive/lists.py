"""Lists by which berkas leave: proposed by the archivist, approved by others in order, carried out with a berita acara."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from laksana.archive.erasing import erase_destroyed
from laksana.archive.models import Approval, DisposalList, Dossier, ListLine
from laksana.archive.reading import free
from laksana.archive.report import report_pdf
from laksana.archive.rights import keeps, positions
from laksana.archive.signing import ask_signatures
from laksana.archive.tables import figure
from laksana.cases.actions import destroy_files, record_beside
from laksana.cases.errors import NotYours
from laksana.documents.services import forget_data
from laksana.files import services as files
from laksana.jobs.services import enqueue
from laksana.numbering.services import Kind, Pattern, declare, give
from laksana.people.models import Person
from laksana.people.services import capacity, desks_of
from laksana.worktime.zone import local_day

_Kind, _State = DisposalList.Kind, DisposalList.State
_SERIES = {_Kind.TRANSFER: "DAP", _Kind.DESTRUCTION: "DAUM", _Kind.HANDOVER: "DAUS"}
"""Daftar arsip inaktif yang dipindahkan, usul musnah, usul serah."""
_REPORTS = "berita-acara-arsip"
for _series, _title in (
    ("DAP", "Daftar arsip inaktif yang dipindahkan"),
    ("DAUM", "Daftar arsip usul musnah"),
    ("DAUS", "Daftar arsip usul serah"),
):
    declare(Kind(_series, partial(Pattern, f"{_series}/{{tahun}}/{{urut:04}}"), title=_title))
declare(Kind(_REPORTS, partial(Pattern, "BA-ARSIP/{urut:03}/{tahun}"), title="Berita acara penyusutan arsip"))


@transaction.atomic
def propose(kind: str, dossier_ids: Collection[int], person: Person, at: datetime) -> DisposalList:
    """Make a list of berkas that are due, and ask for its approvals. Raises NotYours, ValidationError."""
    _check_keeper(person, at)
    limit = figure.whole("paling_banyak_per_daftar")
    if not dossier_ids or len(dossier_ids) > limit:
        raise ValidationError(_("Choose from 1 to %(most)d case files.") % {"most": limit})
    # Locked first, so that two lists cannot take the same berkas.
    list(Dossier.objects.select_for_update().filter(pk__in=dossier_ids).order_by("pk"))
    rows = list(free(kind, local_day(at)).filter(pk__in=dossier_ids))
    if len(rows) != len(set(dossier_ids)):
        raise ValidationError(_("One of the case files is not due, is held, or is on another list."))
    number = give(_SERIES[_Kind(kind)], at, str(_Kind(kind).label), by=person.name).written
    made = DisposalList.objects.create(kind=kind, number=number, by=person, at=at)
    ListLine.objects.bulk_create(ListLine(list=made, dossier=row, described=description(row)) for row in rows)
    Approval.objects.bulk_create(
        Approval(list=made, order=order, position=position)
        for order, position in enumerate(positions(kind), 1)
    )
    return made


def description(dossier: Dossier) -> dict[str, Any]:
    """Return how a list describes a berkas: as it is now, in plain JSON."""
    case = dossier.case
    return {
        "number": case.number,
        "subject": case.subject or case.sop.title,
        "procedure": case.sop.title,
        "code": dossier.code,
        "span": f"{local_day(case.opened_at):%d-%m-%Y} s.d. {dossier.closed_on:%d-%m-%Y}",
        "files": case.attachments.count(),
        "retention": " / ".join(part for part in (dossier.active, dossier.inactive) if part) or dossier.fate,
        "fate": dossier.fate,
        "hash": case.last_hash,
    }


def next_approval(listed: DisposalList) -> Approval | None:
    """Return the approval that a proposed list waits for."""
    if listed.state != _State.PROPOSED:
        return None
    return listed.approvals.filter(agreed=None).order_by("order").first()


def may_decide(listed: DisposalList, person: Person, at: datetime) -> bool:
    """Return whether a person may say yes or no now: he sits at the position, and has had no hand in this list yet."""
    waiting = next_approval(listed)
    if waiting is None or f"position:{waiting.position}" not in desks_of(person, at):
        return False
    return person.pk != listed.by_id and not listed.approvals.filter(person=person).exists()


@transaction.atomic
def decide(list_id: int, person: Person, at: datetime, *, agreed: bool, note: str = "") -> DisposalList:
    """Approve or refuse a list; a refusal says why. Raises NotYours, ValidationError."""
    listed = DisposalList.objects.select_for_update().get(pk=list_id)
    waiting = next_approval(listed)
    if waiting is None or not may_decide(listed, person, at):
        raise NotYours(_("This list does not wait for your approval."))
    if not agreed and not note.strip():
        raise ValidationError({"note": _("Say why.")})
    waiting.person, waiting.at, waiting.agreed, waiting.note = person, at, agreed, note.strip()[:500]
    waiting.acting_as = capacity(person, f"position:{waiting.position}", at)
    waiting.save()
    if not agreed:
        listed.state = _State.REFUSED
    elif next_approval(listed) is None:
        listed.state = _State.APPROVED
    listed.save()
    return listed


@transaction.atomic
def carry_out(list_id: int, person: Person, at: datetime, *, consent: str = "") -> DisposalList:
    """Carry out an approved list: custody changes, destroyed files go, the berita acara gets the next number and is made.

    What was held since stays where it is and says so. Raises NotYours, ValidationError.
    """
    _check_keeper(person, at)
    listed = DisposalList.objects.select_for_update().get(pk=list_id)
    if listed.state != _State.APPROVED:
        raise ValidationError(_("Only an approved list is carried out, and only once."))
    _check_consent(listed, consent)
    listed.done_by, listed.done_at, listed.state = person, at, _State.DONE
    listed.report_number = give(_REPORTS, at, listed.number, by=person.name).written
    listed.consent = consent.strip()[:300]
    list(Dossier.objects.select_for_update().filter(lines__list=listed).order_by("pk"))
    for line in listed.lines.select_related("dossier"):
        _carry_out_line(listed, line, person, at)
    pdf = report_pdf(listed, at)
    name = f"{listed.number.replace('/', '-')}.pdf"
    listed.report = files.store(BytesIO(pdf), name, accept=("application/pdf",), at=at)
    listed.save()
    ask_signatures(listed)
    if listed.kind == _Kind.DESTRUCTION:
        enqueue(erase_destroyed, list_id=listed.pk)
    return listed


def _carry_out_line(listed: DisposalList, line: ListLine, person: Person, at: datetime) -> None:
    dossier = line.dossier
    held = dossier.holds.filter(lifted_at=None).first()
    if held is not None:
        line.left_out = held.reason[:300]
        line.save()
        return
    data = {"list": listed.number, "report": listed.report_number}
    match _Kind(listed.kind):
        case _Kind.TRANSFER:
            dossier.custody = Dossier.Custody.CENTRE
            record_beside(dossier.case_id, "archive-moved", person, data, at)
        case _Kind.HANDOVER:
            dossier.custody = Dossier.Custody.ARCHIVES
            record_beside(dossier.case_id, "archive-handed-over", person, data, at)
        case _Kind.DESTRUCTION:
            dossier.custody = Dossier.Custody.DESTROYED
            destroy_files(dossier.case_id, person, data, at)
            forget_data(dossier.case_id)
    dossier.save()


def _check_keeper(person: Person, at: datetime) -> None:
    if not keeps(person, at):
        raise NotYours(_("Only who keeps the archive may do this."))


def _check_consent(listed: DisposalList, consent: str) -> None:
    if listed.kind != _Kind.TRANSFER and not consent.strip():
        told = _("Name the letter that agrees: nothing is destroyed or handed over without it.")
        raise ValidationError({"consent": told})
