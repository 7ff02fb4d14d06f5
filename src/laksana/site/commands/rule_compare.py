"""`laksana rule compare`: the figures of every worked example next to those computed."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click
from django.db import transaction
from django.utils.translation import gettext as _

from laksana.cases.play import PlayError, play, read_script
from laksana.library.catalogue import Entry, entries
from laksana.library.comparing import FILE, Compared, Example, FiguresError, compare, read
from laksana.library.tables import files_alone
from laksana.site.own_office import own_office
from laksana.worktime.services import shipped_calendar

YEARS = range(2024, 2031)
"""The years of the calendar as it ships; the examples lie in them."""


@click.command(
    "compare",
    help=_("Show the figures of worked examples next to those computed; exit 1 unless all are equal."),
)
@click.argument("procedures", nargs=-1, metavar="[PROCEDURE]...")
@click.option(
    "--played", is_flag=True, help=_("Play the procedures' scenarios too, in an office of their own.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer as JSON."))
@click.pass_context
def compare_figures(context: click.Context, procedures: tuple[str, ...], played: bool, as_json: bool) -> None:
    """Show the figures of worked examples next to those computed; exit 1 unless all are equal."""
    try:
        chosen = {entry: read(entry.folder / FILE) for entry in _chosen(procedures)}
        calendar = shipped_calendar(YEARS)
        with files_alone():
            found = [
                each for entry, examples in chosen.items() for each in compare(entry.id, examples, calendar)
            ]
    except FiguresError as error:
        raise click.ClickException(str(error)) from None
    plays = _played(list(chosen)) if played else []
    different = sum(not each.equal for each in found)
    broken = sum(bool(each["error"]) for each in plays)
    if as_json:
        answer = {"figures": [asdict(each) for each in found], "different": different, "played": plays}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        for entry, examples in chosen.items():
            _tell(entry, examples, [each for each in found if each.procedure == entry.id])
        for each in plays:
            mark = click.style(str(each["error"]), fg="red") if each["error"] else _("as told")
            click.echo(f"{each['procedure']}: {each['scenario']}  {mark}")
        counted = {"all": len(found), "equal": len(found) - different, "different": different}
        click.echo(_("%(all)d figures, %(equal)d equal, %(different)d different") % counted)
        if played:
            click.echo(
                _("%(all)d examples played, %(failed)d failed") % {"all": len(plays), "failed": broken}
            )
    if different or broken:
        context.exit(1)


def _chosen(procedures: tuple[str, ...]) -> list[Entry]:
    known = entries()
    with_figures = {name: entry for name, entry in known.items() if (entry.folder / FILE).exists()}
    for name in procedures:
        if name not in with_figures:
            raise FiguresError(f"{name}: no such procedure with {FILE}; there are {', '.join(with_figures)}")
    return [with_figures[name] for name in procedures or with_figures]


def _played(chosen: list[Entry]) -> list[dict[str, Any]]:
    with own_office():
        return [each for entry in chosen for each in _plays(entry)]


def _plays(entry: Entry) -> Iterator[dict[str, Any]]:
    script = entry.folder / "scenarios.yaml"
    for scenario in read_script(script.read_text(encoding="utf-8"), str(script)):
        error = ""
        try:
            with transaction.atomic():
                for _event in play(scenario, entry.folder):
                    pass
                transaction.set_rollback(True)
        except PlayError as fault:
            error = str(fault)
        yield {"procedure": entry.id, "scenario": scenario.id, "error": error}


def _tell(entry: Entry, examples: list[Example], found: list[Compared]) -> None:
    for example in examples:
        click.secho(f"{entry.id}: {example.scenario}", bold=True)
        for each in found:
            if each.scenario == example.scenario:
                mark = "=" if each.equal else click.style(_("DIFFERS FROM"), fg="red")
                unchecked = "" if each.checked else "  " + _("(not checked)")
                sides = f"{_short(each.expected)} {mark} {_short(each.computed)}"
                click.echo(f"  {each.of:<46} {sides}  [{each.rule}]{unchecked}")
        if example.flow:
            click.echo(f"  {example.flow}")


def _short(value: Any) -> str:
    """Return a value on one line."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
