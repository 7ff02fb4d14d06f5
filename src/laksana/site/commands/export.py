"""`laksana export`: what leaves the system whole."""

from pathlib import Path

import click
from django.utils import timezone

from laksana.cases.models import Case
from laksana.registers.services import write_bundle


@click.group("export", help="Take data out of the system.")
def command() -> None:
    """Group of exports."""


@command.command(
    "case", help="Everything of a case as a zip: its data, history, files, papers, and their SHA-256 sums."
)
@click.argument("number", metavar="NUMBER")
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The zip to write.",
)
def export_case(number: str, output: Path) -> None:
    """Write the zip of a case; a file that is there is replaced only when the new one is whole."""
    case = Case.objects.select_related("sop").filter(number=number).first()
    if case is None:
        raise click.ClickException(f"there is no case {number}")
    unfinished = output.with_name(output.name + ".part")
    try:
        with unfinished.open("wb") as target:
            write_bundle(case, target, timezone.now())
        unfinished.replace(output)
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)
    click.echo(f"{output}: {output.stat().st_size} bytes")
