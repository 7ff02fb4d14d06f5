"""`laksana export`: what leaves the system whole."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import Any, BinaryIO, get_args

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.cases.errors import NotFound
from laksana.cases.models import Case
from laksana.measurement.services import LogFormat, write_log
from laksana.registers.services import write_bundle
from laksana.worktime.zone import OFFICE_ZONE

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("export", help=_("Take data out of the system."))
def command() -> None:
    """Group of exports."""


@command.command(
    "case", help=_("Everything of a case as a zip: its data, history, files, papers, and their SHA-256 sums.")
)
@click.argument("number", metavar="NUMBER")
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help=_("The zip to write."),
)
def export_case(number: str, output: Path) -> None:
    """Write the zip of a case; a file that is there is replaced only when the new one is whole."""
    case = Case.objects.select_related("sop").filter(number=number).first()
    if case is None:
        raise click.ClickException(_("There is no case %(number)s.") % {"number": number})
    with _whole(output) as target:
        write_bundle(case, target, timezone.now())


@command.command("log", help=_("The event log of a procedure's cases, for process mining; no personal data."))
@click.argument("procedure", metavar="PROCEDURE")
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("The file to write; the standard output where it is left out."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(LogFormat)),
    required=True,
    help=_("XES (IEEE 1849-2016), or OCEL 2.0 as JSON."),
)
@click.option(
    "--since", type=_DAY, help=_("First day of the starts of cases that count; else from the beginning.")
)
@click.option("--until", type=_DAY, help=_("Last day of the starts of cases that count; else up to now."))
@click.option("--with-names", "named", is_flag=True, help=_("Tell people by name, not by position."))
def export_log(
    procedure: str,
    output: Path | None,
    form: LogFormat,
    since: datetime | None,
    until: datetime | None,
    named: bool,
) -> None:
    """Write the log; a file that is there is replaced only when the new one is whole."""
    first = since.replace(tzinfo=OFFICE_ZONE) if since else None
    end = datetime.combine(until, time.max, OFFICE_ZONE) if until else timezone.now()
    place: AbstractContextManager[Any] = _whole(output) if output else click.open_file("-", "wb")
    with place as target:
        try:
            write_log(procedure, target, form, since=first, until=end, named=named)
        except NotFound as error:
            raise click.ClickException(str(error)) from None


@contextmanager
def _whole(output: Path) -> Iterator[BinaryIO]:
    """Give a file to write into; it takes its place, and is told, only when it was written to its end."""
    unfinished = output.with_name(output.name + ".part")
    try:
        with unfinished.open("wb") as target:
            yield target
        unfinished.replace(output)
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)
    click.echo(_("%(file)s: %(size)d bytes") % {"file": output, "size": output.stat().st_size})
