"""`laksana bench`: steps per second through the real action, beside plain SQL and beside SpiffWorkflow."""

import json
import platform
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from laksana.site.bench import databases
from laksana.site.bench.databases import Database

RUNNER = Path("benchmarks/spiff/runner.py")
WAYS = {
    "action": "complete (Laksana)",
    "floor": "plain SQL, the same rows: the floor",
    "spiff": "SpiffWorkflow 3, state kept in memory",
    "spiff_read": "SpiffWorkflow 3, state read back",
}
RATIOS = [
    ("floor / complete (aim: at most 2.5)", "floor", "action"),
    ("complete / SpiffWorkflow kept (aim: at least 3)", "action", "spiff"),
    ("floor / SpiffWorkflow kept: the most possible", "floor", "spiff"),
    ("complete / SpiffWorkflow read back", "action", "spiff_read"),
    ("floor / SpiffWorkflow read back: the most possible", "floor", "spiff_read"),
]
"""What the table compares. Nothing that writes the same rows into the same database is faster than the floor."""


@click.command(
    "bench", help=_("Measure how many steps of surat masuk are done per second, on databases made for it.")
)
@click.option(
    "--postgresql", "server", help=_("Address of a PostgreSQL server on which a database may be made.")
)
@click.option(
    "--spiff",
    "python",
    default="",
    help=_("A Python that has SpiffWorkflow; without it that column is left out."),
)
@click.option(
    "--runner",
    type=click.Path(dir_okay=False, path_type=Path),
    default=RUNNER,
    show_default=True,
    help=_("What carries the letters by SpiffWorkflow."),
)
@click.option(
    "--rounds", default=11, show_default=True, help=_("Measured rounds; the ways take turns in each.")
)
@click.option("--letters", default=8, show_default=True, help=_("Letters carried in a round by each way."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def command(server: str | None, python: str, runner: Path, rounds: int, letters: int, as_json: bool) -> None:
    """Measure how many steps of surat masuk are done per second, on databases made for it."""
    found: dict[str, dict[str, Any]] = {}
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made = [stack.enter_context(databases.sqlite(home / "sqlite"))]
        if server:
            made.append(stack.enter_context(databases.postgresql(home / "postgresql", server)))
        for database in made:
            found[database.kind] = _measured(database, rounds, letters, python, runner)
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        _print(found, rounds)


def _measured(database: Database, rounds: int, letters: int, python: str, runner: Path) -> dict[str, Any]:
    given = {
        "database": database.address,
        "rounds": rounds,
        "letters": letters,
        "spiff": python,
        "runner": str(runner),
    }
    done = subprocess.run(
        [sys.executable, "-m", "laksana.site.bench"],
        env=database.env,
        input=json.dumps(given),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise click.ClickException(f"measuring on {database.kind} failed")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _print(found: dict[str, dict[str, Any]], rounds: int) -> None:
    one = next(iter(found.values()))
    table = Table(title="Steps of surat masuk done per second (median, slowest and fastest round)")
    table.add_column("")
    for kind in found:
        table.add_column(kind, justify="right")
    for way, title in WAYS.items():
        if way in one["median"]:
            table.add_row(title, *(_rate(result, way) for result in found.values()))
    table.add_section()
    for title, above, below in RATIOS:
        if below in one["median"]:
            table.add_row(title, *(_ratio(result, above, below) for result in found.values()))
    console = Console()
    console.print(table)
    console.print(
        f"{rounds} rounds of {one['steps']} steps for each way, taking turns, after one to warm up; "
        f"a step writes {one['rows']:.1f} rows on the average. "
        f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}.",
        highlight=False,
    )


def _rate(result: dict[str, Any], way: str) -> str:
    rates = result["rates"][way]
    return f"{result['median'][way]:,.0f}  ({min(rates):,.0f} - {max(rates):,.0f})"


def _ratio(result: dict[str, Any], above: str, below: str) -> str:
    return f"{result['median'][above] / result['median'][below]:.2f}"
