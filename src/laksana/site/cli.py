"""The `laksana` command: a table of its groups, each loaded only when called."""

import os
from importlib import import_module

import click

COMMANDS = {
    "init": "laksana.site.commands.init",
    "serve": "laksana.site.commands.serve",
    "worker": "laksana.site.commands.worker",
    "sop": "laksana.site.commands.sop",
    "case": "laksana.site.commands.case",
    "rule": "laksana.site.commands.rule",
    "table": "laksana.site.commands.table",
    "audit": "laksana.site.commands.audit",
    "demo": "laksana.site.commands.demo",
    "account": "laksana.site.commands.account",
    "tte": "laksana.site.commands.tte",
    "personnel": "laksana.site.commands.personnel",
    "export": "laksana.site.commands.export",
    "bench": "laksana.site.commands.bench",
    "bench-pages": "laksana.site.commands.bench_pages",
    "manage": "laksana.site.commands.manage",
}
"""Name of a command -> the module whose `command` it is."""


class Commands(click.Group):
    """Loads a command's module when the command is named, and Django before it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laksana.site.settings")
        import django

        django.setup()
        command = import_module(COMMANDS[cmd_name]).command
        assert isinstance(command, click.Command)  # noqa: S101  (a fault of ours, not of the caller)
        return command


@click.command(cls=Commands, help="Laksana: SOP dicetak, dijalankan, dan diukur dari satu definisi.")
def main() -> None:
    """Entry point."""
