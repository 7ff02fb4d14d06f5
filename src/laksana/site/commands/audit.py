"""`laksana audit verify`: whether the chain of events of every case holds."""

import json

import click
from django.utils.translation import gettext as _

from laksana.cases.chain import verify
from laksana.cases.models import Case


@click.group("audit", help=_("The audit trail."))
def command() -> None:
    """Group."""


@command.command(
    "verify",
    help=_("Check the chain of one case, or of all; name the first broken link of each that does not hold."),
)
@click.argument("number", required=False)
@click.option("--json", "as_json", is_flag=True, help=_("Answer as JSON."))
def verify_chains(number: str | None, as_json: bool) -> None:
    """Check the chain of one case, or of all; name the first broken link of each that does not hold."""
    cases = Case.objects.filter(number=number) if number else Case.objects.order_by("pk")
    if number and not cases.exists():
        raise click.ClickException(_("There is no case %(number)s.") % {"number": number})
    broken = list(verify(cases.iterator()))
    if as_json:
        click.echo(json.dumps({"cases": cases.count(), "broken": [vars(b) for b in broken]}))
    else:
        for link in broken:
            click.secho(f"{link.case}: {link.reason}", fg="red")
        told = {"cases": cases.count(), "broken": len(broken)}
        click.echo(_("%(cases)d cases checked, %(broken)d broken") % told)
    if broken:
        raise SystemExit(1)
