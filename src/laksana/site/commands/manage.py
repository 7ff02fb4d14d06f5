"""`laksana manage ...`: Django's own management commands."""

import click
from django.core.management import execute_from_command_line
from django.utils.translation import gettext as _


@click.command(
    "manage",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    help=_("Run one of Django's management commands."),
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Pass the arguments on."""
    execute_from_command_line(["laksana manage", *arguments])
