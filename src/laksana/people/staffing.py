"""Recording, from day to day, who holds or acts for a position and who is away: each change with who made it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from laksana.people import services
from laksana.people.models import Absence, Holding, OfficeChange, Person, Position, overlapping
from laksana.worktime.zone import local_day

KEEPERS = frozenset({"position:kasubag-umpeg", "position:pengelola-kepegawaian"})
"""The desks that record this; administrators may too."""


def may_record(person: Person, at: datetime) -> bool:
    """Return whether a person sits at one of the desks that record who sits where."""
    return not KEEPERS.isdisjoint(services.desks_of(person, at))


@transaction.atomic
def appoint(  # noqa: PLR0913  (an appointment says all of these)
    by: Person,
    at: datetime,
    person: Person,
    position: Position,
    since: date,
    until: date | None,
    *,
    kind: Holding.Kind,
    decree: str,
) -> Holding:
    """Let a person hold a position or act for its holder, and record by whom.

    Raises ValidationError, naming the field: his own appointment, without a decree, a Plh without an end, no free seat.
    """
    if person == by:
        raise ValidationError({"person": _("Your own appointment is recorded by somebody else.")})
    if not decree.strip():
        raise ValidationError({"decree": _("Name the decree or letter that appoints.")})
    if kind == Holding.Kind.PLH and until is None:
        raise ValidationError({"until": _("Who acts for an absent holder does so until a day.")})
    holding = services.appoint(person, position, since, until, kind=kind, decree=decree.strip())
    _record(by, at, _("Appointed: %(what)s, %(span)s, %(decree)s"), holding, decree=holding.decree)
    return holding


@transaction.atomic
def end_appointment(by: Person, at: datetime, holding: Holding, until: date, decree: str) -> Holding:
    """Let an appointment last until a day (included) by a decree; return it. Raises ValidationError.

    Of oneself nobody records a longer one.
    """
    list(Position.objects.select_for_update().filter(pk=holding.position_id))
    list(Person.objects.select_for_update().filter(pk=holding.person_id))
    holding = Holding.objects.select_for_update().get(pk=holding.pk)
    longer = holding.until is not None and until > holding.until
    if holding.person_id == by.pk and longer:
        raise ValidationError({"until": _("Your own appointment is recorded by somebody else.")})
    if not decree.strip():
        raise ValidationError({"decree": _("Name the decree or letter that ends it.")})
    holding.until = until
    holding.save()
    _record(by, at, _("Lasts until its end: %(what)s, %(span)s, %(decree)s"), holding, decree=decree.strip())
    return holding


@transaction.atomic
def cancel_appointment(by: Person, at: datetime, holding: Holding) -> None:
    """Take back an appointment that has not begun. Raises ValidationError for one that has."""
    if holding.since <= local_day(at):
        raise ValidationError(_("It has begun; give it an end instead."))
    _record(by, at, _("Appointment taken back: %(what)s, %(span)s"), holding)
    holding.delete()


@transaction.atomic
def record_absence(
    by: Person, at: datetime, person: Person, since: date, until: date, reason: str
) -> Absence:
    """Record that a person is away from one day to another (both included), and by whom. Raises ValidationError."""
    list(Person.objects.select_for_update().filter(pk=person.pk))
    other = Absence.objects.filter(overlapping(since, until), person=person).first()
    if other is not None:
        told = {"since": f"{other.since:%d-%m-%Y}", "until": f"{other.until:%d-%m-%Y}", "why": other.reason}
        raise ValidationError({"since": _("Away already from %(since)s to %(until)s: %(why)s.") % told})
    absence = services.record_absence(person, since, until, reason)
    _record(by, at, _("Away: %(what)s, %(span)s"), absence)
    return absence


@transaction.atomic
def end_absence(by: Person, at: datetime, absence: Absence, until: date) -> Absence:
    """Let an absence last until a day (included); return it. Raises ValidationError for a day before its first."""
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    absence.until = until
    absence.save()
    _record(by, at, _("Away until its end: %(what)s, %(span)s"), absence)
    return absence


@transaction.atomic
def cancel_absence(by: Person, at: datetime, absence: Absence) -> None:
    """Take back an absence that has not begun. Raises ValidationError for one that has."""
    if absence.since <= local_day(at):
        raise ValidationError(_("It has begun; give it an end instead."))
    _record(by, at, _("Absence taken back: %(what)s, %(span)s"), absence)
    absence.delete()


def _record(by: Person, at: datetime, text: str, row: Holding | Absence, **more: str) -> None:
    span = f"{row.since:%d-%m-%Y} – " + (f"{row.until:%d-%m-%Y}" if row.until else "…")
    what = str(row) if isinstance(row, Holding) else f"{row.person}: {row.reason}"
    OfficeChange.objects.create(at=at, by=by, what=text % {"what": what, "span": span, **more})
