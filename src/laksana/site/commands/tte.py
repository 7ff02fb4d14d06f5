"""`laksana tte`: who may sign electronically, with which certificate."""

from datetime import datetime

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.documents.services import letterhead
from laksana.people.models import Person
from laksana.signing import services as signing
from laksana.signing.services import Certificate, Subscriber
from laksana.sop.definition import FieldSpec
from laksana.sop.values import Invalid, parse
from laksana.worktime.zone import local

_SHORTEST = 12


@click.group("tte", help=_("Electronic signatures: certificates of the office, signers of BSrE."))
def command() -> None:
    """Group of what concerns signatures."""


@command.command("ca", help=_("Make the office's own certificate authority; one that is there stays."))
def authority() -> None:
    """Make the authority."""
    certificate = signing.ensure(letterhead()["office"], timezone.now())
    click.echo(f"{certificate.subject.rfc4514_string()} s.d. {certificate.not_valid_after_utc:%d-%m-%Y}")


@command.command(
    "issue", help=_("Give somebody a certificate; he types its passphrase, which is kept nowhere.")
)
@click.argument("nip")
@click.password_option(
    "--passphrase",
    prompt=_("Passphrase"),
    confirmation_prompt=_("Passphrase again"),
    help=_("Asked for where it is left out."),
)
def issue(nip: str, passphrase: str) -> None:
    """Issue a certificate."""
    if len(passphrase) < _SHORTEST:
        raise click.ClickException(
            _("The passphrase needs at least %(count)d characters.") % {"count": _SHORTEST}
        )
    try:
        made = signing.issue(_person(nip), passphrase, timezone.now())
    except LookupError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{made.serial} {made.person} s.d. {_day(made.until)}")


@command.command("revoke", help=_("Revoke a certificate by its serial number, for ever."))
@click.argument("serial")
@click.option("--reason", required=True, help=_("Why; it is shown to its holder."))
def revoke(serial: str, reason: str) -> None:
    """Revoke a certificate."""
    found = Certificate.objects.filter(serial=serial.lower()).select_related("person").first()
    if found is None:
        raise click.ClickException(_("There is no certificate %(serial)s.") % {"serial": serial})
    signing.revoke(found, reason[:200], timezone.now())
    state = _("revoked")
    click.echo(f"{found.serial} {found.person}: {state}")


@command.command("list", help=_("The certificates that the office issued, and how they stand."))
def listed() -> None:
    """List certificates."""
    at = timezone.now()
    for each in Certificate.objects.select_related("person").order_by("person__name", "since"):
        state = "dicabut" if each.revoked_at else "berakhir" if each.until < at else "berlaku"
        click.echo(f"{each.serial} {each.person} s.d. {_day(each.until)}: {state}")


@command.command("bsre", help=_("Say by which NIK BSrE knows somebody; he types it, no page shows it."))
@click.argument("nip")
@click.option("--nik", prompt="NIK", hide_input=True, help=_("Asked for where it is left out."))
def bsre(nip: str, nik: str) -> None:
    """Keep a signer's NIK."""
    person = _person(nip)
    try:
        number = parse(FieldSpec(label="NIK", type="nik"), nik)
    except Invalid as error:
        raise click.ClickException(str(error)) from None
    Subscriber.objects.update_or_create(person=person, defaults={"nik": number})
    where = settings.BSRE_URL or _("LAKSANA_BSRE_URL is not set")
    click.echo(f"{person}: {where}")


def _person(nip: str) -> Person:
    person: Person | None = Person.objects.filter(nip=nip, active=True).first()
    if person is None:
        raise click.ClickException(_("Nobody in service has the NIP %(nip)s.") % {"nip": nip})
    return person


def _day(moment: datetime) -> str:
    return f"{local(moment):%d-%m-%Y}"
