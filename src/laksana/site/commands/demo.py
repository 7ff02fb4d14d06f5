"""`laksana demo`: the demonstration office with its last months, in a database that `laksana init` has made."""

from collections.abc import Callable
from datetime import datetime

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.cases.models import Case
from laksana.site.demonstration import install_people, letters
from laksana.site.history import DAYS, History, leave_to_the_worker


@click.command(
    "demo",
    help=_(
        "Put the demonstration's invented people in place and play months of their work; again changes nothing."
    ),
)
@click.option("--days", default=DAYS, show_default=True, help=_("How many days of work there are."))
@click.option("--seed", default=1, show_default=True, help=_("The same seed makes the same work."))
@click.option("--quiet", is_flag=True, help=_("Say nothing."))
def command(days: int, seed: int, quiet: bool) -> None:
    """Put the demonstration's invented people in place and play months of their work; again changes nothing."""

    def say(text: str) -> None:
        if not quiet:
            click.echo(text)

    at = timezone.now()
    say("Kantor peragaan ...")
    install_people(at, say)
    if Case.objects.exists():
        say("  sudah ada pekerjaan di kantor ini: tidak diubah")
        return
    _play(History(at, days, seed), at, say, quiet)


def _play(history: History, at: datetime, say: Callable[[str], None], quiet: bool) -> None:
    history.plan(letters(at))
    with click.progressbar(history.dates(), label="  riwayat", show_pos=True, hidden=quiet) as dates:
        for day in dates:
            history.play(day)
    papers = leave_to_the_worker(at)
    cases, steps = Case.objects.count(), history.played.acts
    say(f"  {cases} perkara, {steps} langkah; {papers} naskah dibuat di latar belakang")
