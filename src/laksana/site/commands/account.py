"""`laksana account first`: the account of who looks after the system first; he makes the others in the workspace."""

import click
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.people import accounts
from laksana.people.models import Person
from laksana.site.database import require_database


@click.group("account", help=_("Accounts."))
def command() -> None:
    """Look for the office's tables before anything is asked of them."""
    require_database()


@command.command(
    "first",
    help=_(
        "Let the employee with this NIP look after the system, under USERNAME, and print the link with which he sets his"
        " password. Only where nobody does yet."
    ),
)
@click.argument("nip")
@click.argument("username")
@click.option("--email", default="", help=_("His e-mail address."))
def first(nip: str, username: str, email: str) -> None:
    """Make the first administrator and print the link with which he sets his password."""
    person = Person.objects.filter(nip=nip, active=True).first()
    if person is None:
        raise click.ClickException(_("There is no employee with the NIP %(nip)s.") % {"nip": nip})
    try:
        account = accounts.make_first_administrator(timezone.now(), person, username, email)
    except ValidationError as refused:
        raise click.ClickException(" ".join(refused.messages)) from None
    click.echo(
        _(
            "%(person)s looks after the system as %(account)s. He sets his password here, once, within three days:"
        )
        % {"person": person.name, "account": account.get_username()}
    )
    click.echo(accounts.password_link(account))
