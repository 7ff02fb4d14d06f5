"""`laksana sop measure ID`: what really happened against the standard."""

import json
from datetime import datetime, time

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.cases.errors import NotFound
from laksana.measurement.services import Measurement, StepMeasure, Times
from laksana.measurement.services import measure as measured
from laksana.worktime.zone import OFFICE_ZONE

_DAY = click.DateTime(["%Y-%m-%d"])
_LINE = "{:>3} {:<24} {:>13} {:>6} {:>7} {:>7} {:>7} {:>5} {:>5} {:>5} {:>5}"


@click.command(
    "measure",
    help=_(
        "Measure a procedure: count, median and 90th percentile of working minutes per step, share on time, what waits."
    ),
)
@click.argument("procedure", metavar="ID")
@click.option("--since", type=_DAY, help=_("First day that counts; from the beginning where it is left out."))
@click.option("--until", type=_DAY, help=_("Last day that counts; up to now where it is left out."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer as JSON."))
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
    cases = result.cases
    click.echo(f"{result.title} ({result.procedure})")
    click.echo(
        f"{cases.started} begun, {cases.ended} ended, {cases.cancelled} cancelled, {cases.running} running; "
        f"median {_minutes(cases.times.median)} working minutes; {_percent(result.share_on_time)} of steps on time"
    )
    click.echo(
        _LINE.format(
            "No.", "Step", "Standard", "Done", "Median", "90%", "In time", "Again", "Back", "Waits", "Late"
        )
    )
    for step in result.steps:
        click.echo(_LINE.format(*_row(step)))
    for clock in result.clocks:
        click.echo(
            f"{clock.clock}: {clock.met} met, {clock.late} late, {clock.running} running ({clock.overdue} overdue)"
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
