"""`laksana init`: make or bring up to date everything that Laksana keeps. It may be run as often as one likes."""

import click
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.library import services as library
from laksana.library.openings.services import switch_on_what_is_new
from laksana.people import services as people
from laksana.worktime import services as worktime


@click.command(
    "init",
    help=_("Make the database, the calendar, the office and the book of SOPs, or bring them up to date."),
)
@click.option(
    "--demo", is_flag=True, help=_("Also the demonstration office, with people, accounts and letters.")
)
@click.option("--quiet", is_flag=True, help=_("Say nothing."))
def command(demo: bool, quiet: bool) -> None:
    """Make the database, the calendar, the office and the book of SOPs, or bring them up to date."""

    def say(text: str) -> None:
        if not quiet:
            click.echo(text)

    at = timezone.now()
    say("Basis data ...")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    say("Kalender kerja ...")
    worktime.seed(at)
    say("Susunan organisasi ...")
    people.install_office()
    say("Pustaka SOP ...")
    installed = library.install()
    say(f"  {installed} SOP dipasang")
    if installed.left:
        say(f"  direvisi kantor sendiri, tidak diganti: {', '.join(installed.left)}")
    if not (demo or settings.DEMO):
        say("Perkara menurut kalender ...")
        # The demonstration opens nothing by itself: its days are played.
        switch_on_what_is_new(at)
    if demo:
        from laksana.site.demonstration import furnish

        say("Kantor peragaan ...")
        furnish(at, say)
    say("Selesai. Jalankan: laksana serve")
