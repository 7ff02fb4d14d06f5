"""`laksana worker`: carries out background jobs."""

import logging

import click
from django.utils.translation import gettext as _

from laksana.jobs.worker import JobRunner
from laksana.site.database import require_database


@click.command("worker", help=_("Carry out background jobs and schedules until stopped."))
@click.option("--once", is_flag=True, help=_("Do what is due, then end."))
@click.option(
    "--interval",
    type=click.FloatRange(min=0.1),
    default=1.0,
    show_default=True,
    help=_("Seconds between two looks for new jobs."),
)
def command(once: bool, interval: float) -> None:
    """Run one worker; as many as wanted may run, on any number of machines."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    require_database()
    worker = JobRunner()
    worker.stop_on_signals()
    worker.run(interval=interval, once=once)
