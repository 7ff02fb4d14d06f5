"""`laksana bench-pages`: how long the server takes for every page of this office, opened as its people open it."""

import json
import sys

import click
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from laksana.people.models import Person
from laksana.site.bench.pages import LIMIT, PEOPLE, Measured, measure, p95


@click.command(
    "bench-pages",
    help=_("Open every page as people of this office do, and tell how long the server takes."),
)
@click.option(
    "--as",
    "usernames",
    multiple=True,
    default=PEOPLE,
    show_default=True,
    help=_("As whom; may be given several times."),
)
@click.option("--rounds", default=3, show_default=True, help=_("How often each page is opened."))
@click.option(
    "--limit",
    default=LIMIT,
    show_default=True,
    help=_("Milliseconds of processor time that the 95th percentile of no page may exceed."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def command(usernames: tuple[str, ...], rounds: int, limit: float, *, as_json: bool) -> None:
    """Open every page as people of this office do, and tell how long the server takes; fail where it takes too long."""
    known = set(
        Person.objects.filter(account__username__in=usernames).values_list("account__username", flat=True)
    )
    if unknown := [name for name in usernames if name not in known]:
        raise click.UsageError(_("Nobody has the user name %(name)s.") % {"name": unknown[0]})
    kinds = measure(usernames, rounds)
    if as_json:
        click.echo(json.dumps([kind.as_data() for kind in kinds], indent=2))
    else:
        _show(kinds, limit)
    if any(p95(kind.processor) > limit for kind in kinds):
        sys.exit(1)


def _show(kinds: list[Measured], limit: float) -> None:
    table = Table(_("Page"), box=None)
    table.columns[0].no_wrap = True
    for head in (_("Requests"), _("Processor, p95 (ms)"), _("Clock, p95 (ms)"), _("Queries")):
        table.add_column(head, justify="right")
    table.add_column(_("Slowest"), overflow="fold")
    for kind in kinds:
        told = kind.as_data()
        style = "red" if told["processor_p95"] > limit else None
        figures = (told["requests"], told["processor_p95"], told["clock_p95"], told["queries"])
        table.add_row(kind.name, *(str(each) for each in figures), kind.slowest, style=style)
    Console().print(table)
