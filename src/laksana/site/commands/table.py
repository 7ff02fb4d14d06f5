"""`laksana table ...`: the tables of law and office, what they say on a day, and new versions of them."""

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.cases.errors import Refused
from laksana.library.law import services as law
from laksana.library.models import TableVersion
from laksana.library.tables import Origin, Table, TableError, all_tables, table_of
from laksana.people.models import Person
from laksana.site.database import require_database
from laksana.sop.law import law_of
from laksana.worktime.zone import local_day

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group("table", help=_("Tables of law and office, and their versions."))
def command() -> None:
    """Look for the office's tables before anything is asked of them."""
    require_database()


@command.command(
    "list", help=_("List every table with its source and validity; exit 1 where one cannot be read.")
)
@click.option("--on", "day", type=_DAY, help=_("The day whose law is asked for; today otherwise."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer as JSON."))
@click.pass_context
def list_tables(context: click.Context, day: datetime | None, as_json: bool) -> None:
    """List every table with its source and validity; exit 1 where one cannot be read."""
    with law_of(_day(day)):
        found = [_plain(table) for table in all_tables()]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2, default=str))
    else:
        for each in found:
            mark = "" if each["checked"] else _("  (not checked)")
            click.echo(f"{each['table']:<40} {each['valid_from'] or '':<10} {each['source']}{mark}")
            for fault in each["faults"]:
                click.echo(f"  {fault}", err=True)
    if any(each["faults"] for each in found):
        context.exit(1)


@command.command("show", help=_("Show what a table says on a day, its history, and what reads it."))
@click.argument("name")
@click.option("--on", "day", type=_DAY, help=_("The day whose law is asked for; today otherwise."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer as JSON."))
def show(name: str, day: datetime | None, as_json: bool) -> None:
    """Show what a table says on a day, its history, and what reads it."""
    table, on = _table(name), _day(day)
    try:
        with law_of(on):
            contents = table.contents()
        spans = law.history(table.name, on)
    except TableError as error:
        raise click.ClickException(str(error)) from None
    columns = list(table.row.model_fields)
    rows = [law.written(row, columns) for row in contents.rows]
    if as_json:
        told = {
            **_plain(table, contents.origin),
            "columns": columns,
            "rows": rows,
            "history": [_span(span) for span in spans],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=str))
        return
    click.echo(f"{table.name}: {contents.origin.source}")
    for span in spans:
        mark = "*" if span.in_force else " "
        click.echo(f"{mark} {span.since or '...'} - {span.until or '...'}  {span.origin.source}")
    click.echo("\t".join(columns))
    for cells in rows:
        click.echo("\t".join(cells))


@command.command(
    "replace",
    help=_(
        "Propose the version of a table in a CSV or XLSX file; without --by only say what it would change."
    ),
)
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "since", type=_DAY, required=True, help=_("The first day on which it is valid."))
@click.option("--until", type=_DAY, help=_("The last day on which it is valid."))
@click.option("--source", required=True, help=_("The regulation or decree that it comes from."))
@click.option("--checked", is_flag=True, help=_("Somebody has held it against its source."))
@click.option("--reason", default="", help=_("Why it is replaced."))
@click.option("--by", "account", help=_("The account of who proposes it."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer as JSON."))
def replace(  # noqa: PLR0913, PLR0917  (a version is made of all of these)
    name: str,
    file: Path,
    since: datetime,
    until: datetime | None,
    source: str,
    checked: bool,
    reason: str,
    account: str | None,
    as_json: bool,
) -> None:
    """Propose a version of a table; somebody else puts it in force, in the workspace or by `table approve`."""
    table = _table(name)
    origin = Origin(
        source=source, checked=checked, valid_from=since.date(), valid_until=until.date() if until else None
    )
    proposal = law.Proposal(table.name, origin, reason or source, str(file), file.read_bytes())
    try:
        _text, contents = law.read_proposal(proposal)
        found = law.difference(table, contents.rows, since.date())
        made = law.propose(proposal, _person(account), timezone.now()) if account else None
    except TableError as error:
        raise click.ClickException(str(error)) from None
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from None
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    if as_json:
        told = {**asdict(found), "version": made.pk if made else None}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for change in found.changed:
        cells = "; ".join(f"{cell.column}: {cell.before} -> {cell.after}" for cell in change.cells)
        click.echo(f"~ {change.name}: {cells}")
    for mark, rows in (("+", found.added), ("-", found.removed)):
        for cells_of_row in rows:
            click.echo(f"{mark} {', '.join(cells_of_row)}")
    click.echo(_("%(n)d rows stay as they are") % {"n": found.same})
    if made:
        click.echo(_("Version %(key)d waits for somebody else to put it in force.") % {"key": made.pk})


@command.command("approve", help=_("Put a proposed version in force."))
@click.argument("key", type=int)
@click.option(
    "--by", "account", required=True, help=_("The account of who decides; not the one who proposed.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer as JSON."))
def approve(key: int, account: str, as_json: bool) -> None:
    """Put a proposed version in force."""
    try:
        version = law.put_in_force(key, _person(account), timezone.now())
    except TableError as error:
        raise click.ClickException(str(error)) from None
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    if as_json:
        click.echo(json.dumps(_version(version), ensure_ascii=False, default=str))
        return
    told = {"table": version.table, "day": version.valid_from}
    click.echo(_("%(table)s holds in its new version from %(day)s on.") % told)


def _day(given: datetime | None) -> date:
    return given.date() if given else local_day(timezone.now())


def _table(name: str) -> Table[Any]:
    try:
        return table_of(name if name.endswith(".csv") else f"{name}.csv")
    except KeyError:
        raise click.ClickException(
            _("There is no table %(table)s; see `laksana table list`.") % {"table": name}
        ) from None


def _person(account: str) -> Person:
    person: Person | None = Person.objects.filter(account__username=account, active=True).first()
    if person is None:
        raise click.ClickException(_("No employee signs in as %(account)s.") % {"account": account})
    return person


def _plain(table: Table[Any], origin: Origin | None = None) -> dict[str, Any]:
    faults: list[str] = []
    try:
        origin = origin or table.origin
    except TableError as error:
        faults = [str(fault) for fault in error.faults]
    readers = law.readers_of(table.name)
    return {
        "table": table.name,
        "source": origin.source if origin else "",
        "checked": bool(origin and origin.checked),
        "valid_from": str(origin.valid_from) if origin and origin.valid_from else None,
        "valid_until": str(origin.valid_until) if origin and origin.valid_until else None,
        "rules": [rule.id for rule in readers.rules],
        "procedures": list(readers.procedures),
        "faults": faults,
    }


def _span(span: law.Span) -> dict[str, Any]:
    told: dict[str, Any] = {
        "since": span.since,
        "until": span.until,
        "source": span.origin.source,
        "in_force": span.in_force,
    }
    return {**told, **(_version(span.row) if span.row else {"version": None})}


def _version(row: TableVersion) -> dict[str, Any]:
    return {
        "version": row.pk,
        "table": row.table,
        "valid_from": row.valid_from,
        "state": row.state,
        "reason": row.reason,
        "proposed_by": row.proposed_by.name,
        "proposed_at": row.proposed_at,
        "decided_by": row.decided_by.name if row.decided_by else None,
        "decided_at": row.decided_at,
    }
