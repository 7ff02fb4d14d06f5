"""`laksana case ...`: cases from the command line."""

import json
from pathlib import Path
from typing import Any

import click
from django.db import transaction
from django.utils.translation import gettext as _

from laksana.cases.models import Event
from laksana.cases.play import PlayError, Scenario, play, read_script
from laksana.site.commands.case_migrate import migrate
from laksana.worktime.zone import local


@click.group("case", help=_("Cases."))
def command() -> None:
    """Group."""


command.add_command(migrate)


@command.command("play", help=_("Play a script headless and print its events."))
@click.argument("script", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--only", metavar="ID", help=_("Play one scenario of the script."))
@click.option(
    "--keep", is_flag=True, help=_("Keep what was played; without it the database is left as it was.")
)
@click.option("--json", "as_json", is_flag=True, help=_("One JSON object for each event."))
def play_script(script: Path, only: str | None, keep: bool, as_json: bool) -> None:
    """Play a script headless and print its events."""
    try:
        for scenario in _chosen(script, only):
            with transaction.atomic():
                if not as_json:
                    click.secho(f"{scenario.id}: {scenario.given}", bold=True)
                for event in play(scenario, script.parent):
                    click.echo(json.dumps(_plain(event), ensure_ascii=False) if as_json else _line(event))
                if not keep:
                    transaction.set_rollback(True)
    except PlayError as error:
        raise click.ClickException(str(error)) from None


def _chosen(script: Path, only: str | None) -> list[Scenario]:
    scenarios = [s for s in read_script(script.read_text(), str(script)) if only in (None, s.id)]
    if not scenarios:
        raise PlayError(f"{script}: there is no scenario {only!r}")
    return scenarios


def _plain(event: Event) -> dict[str, Any]:
    return {
        "case": event.case.number,
        "number": event.number,
        "at": event.at.isoformat(),
        "kind": event.kind,
        "step": event.step,
        "actor": event.actor.nip if event.actor else None,
        "acting_as": event.acting_as,
        "data": event.data,
        "hash": event.hash,
    }


def _line(event: Event) -> str:
    who = str(event.actor or "sistem") + (f" ({event.acting_as})" if event.acting_as else "")
    outcome = event.data.get("outcome", "")
    return f"  {local(event.at):%Y-%m-%d %H:%M}  {event.case.number}  {event.kind:<14} {event.step:<22} {outcome:<28} {who}"
