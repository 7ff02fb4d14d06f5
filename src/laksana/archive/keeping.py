"""What the archivist does with one berkas: hold it, lift the hold, say that a condition is met, appraise it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from laksana.archive.filing import due_dates
from laksana.archive.models import Dossier, Hold
from laksana.archive.rights import keeps
from laksana.cases.actions import record_beside
from laksana.cases.errors import NotYours
from laksana.people.models import Person
from laksana.worktime.zone import local_day


@transaction.atomic
def hold(dossier_id: int, person: Person, reason: str, at: datetime) -> Hold:
    """Bar a berkas from destruction and handing over. Raises NotYours, ValidationError."""
    dossier = _opened(dossier_id, person, at)
    if dossier.holds.filter(lifted_at=None).exists():
        raise ValidationError(_("This case file is held already."))
    made = Hold.objects.create(dossier=dossier, reason=_said(reason), by=person, at=at)
    record_beside(dossier.case_id, "archive-held", person, {"reason": made.reason}, at)
    return made


@transaction.atomic
def lift(dossier_id: int, person: Person, reason: str, at: datetime) -> Hold:
    """End the hold of a berkas. Raises NotYours, ValidationError."""
    dossier = _opened(dossier_id, person, at)
    held = dossier.holds.filter(lifted_at=None).first()
    if held is None:
        raise ValidationError(_("This case file is not held."))
    held.lifted_by, held.lifted_at, held.lift_reason = person, at, _said(reason)
    held.save()
    record_beside(dossier.case_id, "archive-released", person, {"reason": held.lift_reason}, at)
    return held


@transaction.atomic
def meet_condition(dossier_id: int, person: Person, on: date, at: datetime) -> Dossier:
    """Say on which day what the retention waits for has happened; the dates follow. Raises NotYours, ValidationError."""
    dossier = _opened(dossier_id, person, at)
    if not dossier.condition:
        raise ValidationError(_("The retention of this case file waits for nothing."))
    if on > local_day(at):
        raise ValidationError({"on": _("This day is still to come.")})
    due = due_dates(dossier.closed_on, dossier.active, dossier.inactive, on)
    dossier.condition_met_on, dossier.inactive_on, dossier.final_on = on, due.inactive_on, due.final_on
    dossier.save()
    return dossier


@transaction.atomic
def appraise(dossier_id: int, person: Person, fate: str, reason: str, at: datetime) -> Dossier:
    """Decide the fate of a berkas that the JRA leaves open or wants appraised again. Raises NotYours, ValidationError."""
    dossier = _opened(dossier_id, person, at)
    if dossier.fate not in (Dossier.Fate.APPRAISE, ""):
        raise ValidationError(_("The retention schedule has decided the fate of this case file."))
    if fate not in (Dossier.Fate.DESTROY, Dossier.Fate.KEEP):
        raise ValidationError({"fate": _("Choose one of the two.")})
    dossier.fate = fate
    dossier.note = f"{person}: {_said(reason)}"[:300]
    dossier.save()
    record_beside(dossier.case_id, "archive-appraised", person, {"fate": fate, "reason": reason}, at)
    return dossier


def _opened(dossier_id: int, person: Person, at: datetime) -> Dossier:
    if not keeps(person, at):
        raise NotYours(_("Only who keeps the archive may do this."))
    dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
    if dossier.custody not in (Dossier.Custody.UNIT, Dossier.Custody.CENTRE):
        raise ValidationError(_("This case file is not here any more."))
    return dossier


def _said(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say why.")})
    return reason[:500]
