"""`laksana demo`: the demonstration office in a database that `laksana init` has made."""

import click
from django.utils import timezone

from laksana.site.demonstration import furnish


@click.command("demo")
def command() -> None:
    """Put the demonstration's invented people and letters in place; again changes nothing."""
    furnish(timezone.now(), click.echo)
