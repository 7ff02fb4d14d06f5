"""`laksana case migrate`: running cases to another version of their procedure."""

import json
from collections.abc import Iterator
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.cases import actions
from laksana.cases.errors import Refused
from laksana.cases.models import Case, SopVersion
from laksana.people.models import Person


@click.command(
    "migrate",
    help=_(
        "Say which running cases can move to another version of their procedure, and what hinders the others; move them."
    ),
)
@click.argument("numbers", metavar="[NUMBER]...", nargs=-1)
@click.option(
    "--all-of", metavar="PROCEDURE", help=_("Every running case of a procedure on another version.")
)
@click.option("--to", "version", type=int, required=True, help=_("The version to move to."))
@click.option(
    "--by", "account", help=_("The account of the administrator who moves them; without it nothing is moved.")
)
@click.option("--json", "as_json", is_flag=True, help=_("One JSON object for each case."))
def migrate(
    numbers: tuple[str, ...], all_of: str | None, version: int, account: str | None, as_json: bool
) -> None:
    """Say which running cases can move to another version of their procedure, and what hinders the others; move them.

    Without --by it only says so. A case that cannot move stays as it is, and the command ends with 1.
    """
    person = _person(account) if account else None
    told = [_moved(case, version, person) for case in _cases(numbers, all_of, version)]
    for each in told:
        click.echo(json.dumps(each, ensure_ascii=False) if as_json else _line(each))
    if any(each["obstacles"] for each in told):
        raise SystemExit(1)


def _person(account: str) -> Person:
    person: Person | None = Person.objects.filter(account__username=account, active=True).first()
    if person is None:
        raise click.ClickException(_("No employee signs in as %(account)s.") % {"account": account})
    return person


def _cases(numbers: tuple[str, ...], all_of: str | None, version: int) -> Iterator[Case]:
    for number in numbers:
        case = Case.objects.filter(number=number).first()
        if case is None:
            raise click.ClickException(_("There is no case %(number)s.") % {"number": number})
        yield case
    if all_of:
        running = Case.objects.filter(procedure=all_of, state=Case.State.RUNNING)
        yield from running.exclude(sop__version=version).order_by("pk")


def _moved(case: Case, version: int, person: Person | None) -> dict[str, Any]:
    """Move a case if somebody is to; return what was or would be done."""
    to = SopVersion.objects.filter(procedure=case.procedure, version=version).first()
    if to is None:
        raise click.ClickException(
            _("%(procedure)s has no version %(version)d.") % {"procedure": case.procedure, "version": version}
        )
    preview = actions.preview_migration(case, to)
    obstacles, moved = list(preview.obstacles), False
    if person is not None and preview.possible:
        try:
            actions.migrate(case.pk, to, person, timezone.now())
            moved = True
        except Refused as refusal:
            obstacles = [str(refusal)]
    return {"case": case.number, "open": list(preview.open_steps), "obstacles": obstacles, "moved": moved}


def _line(told: dict[str, Any]) -> str:
    state = _("moved") if told["moved"] else _("stays") if told["obstacles"] else _("can move")
    return ": ".join([f"{told['case']} ({', '.join(told['open'])})", state, *told["obstacles"]])
