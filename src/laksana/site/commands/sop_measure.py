"""`laksana sop measure ID`: what really happened against the standard."""

import json
from datetime import datetime, time

import click
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from laksana.cases.errors import NotFound
from laksana.measurement.services import Measurement, StepMeasure, Times
from laksana.measurement.services import measure as measured
from laksana.worktime.zone import OFFICE_ZONE

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("measure")
@click.argument("procedure", metavar="ID")
@click.option("--since", type=_DAY, help="First day that counts; from the beginning where it is left out.")
@click.option("--until", type=_DAY, help="Last day that counts; up to now where it is left out.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def measure(procedure: str, since: datetime | None, until: datetime | None, as_json: bool) -> None:
    """Measure a procedure: count, median and 90th percentile of working minutes per step, share on time, what waits."""
    first = since.replace(tzinfo=OFFICE_ZONE) if since else None
    end = datetime.combine(until, time.max, OFFICE_ZONE) if until else timezone.now()
    try:
        result = measured(procedure, first, end)
    except NotFound as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps(result.as_data(), ensure_ascii=False))
    else:
        _print(result)


def _print(result: Measurement) -> None:
    console = Console()
    console.print(f"[bold]{result.title}[/] ({result.procedure})", highlight=False)
    cases = result.cases
    console.print(
        f"{cases.started} begun, {cases.ended} ended, {cases.cancelled} cancelled, {cases.running} running\n"
        f"{_minutes(cases.times.median)} working minutes from opening to end (median), "
        f"{_percent(result.share_on_time)} of steps on time",
        highlight=False,
    )
    table = Table(
        "No.", "Step", "Standard", "Done", "Median", "90%", "On time", "Again", "Returned", "Waiting", "Late"
    )
    for step in result.steps:
        table.add_row(*_row(step))
    console.print(table)
    for clock in result.clocks:
        console.print(
            f"{clock.clock}: {clock.met} met, {clock.late} late, {clock.running} running ({clock.overdue} overdue)",
            highlight=False,
        )


def _row(step: StepMeasure) -> tuple[str, ...]:
    times: Times = step.times
    return (
        str(step.number or ""),
        step.step,
        step.standard,
        str(times.count),
        _minutes(times.median),
        _minutes(times.p90),
        _percent(step.share_on_time),
        str(step.repeats),
        str(step.returns),
        str(step.waiting.count),
        str(step.waiting.late),
    )


def _minutes(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
