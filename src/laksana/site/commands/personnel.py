"""`laksana personnel ...`: the employee files from and to spreadsheets."""

from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.library.kepegawaian.riwayat import spreadsheet
from laksana.library.kepegawaian.riwayat.kinds import CONTENTS

_KIND = click.Choice(list(CONTENTS))


@click.group("personnel", help=_("Employee files (riwayat)."))
def command() -> None:
    """Group."""


@command.command(
    "import", help=_("Take a CSV or XLSX file of one part into the employee files: wholly, or not at all.")
)
@click.argument("kind", type=_KIND)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take(kind: str, file: Path) -> None:
    """Take a CSV or XLSX file of one part into the employee files: wholly, or not at all."""
    try:
        report = spreadsheet.take(kind, file.read_bytes(), at=timezone.now())
    except spreadsheet.SheetError as error:
        raise click.ClickException(f"{file}: {error}") from None
    for row in report.refused:
        click.echo(f"{file}:{row.line}: {row.nip}: {row.reason}", err=True)
    if report.refused:
        raise click.ClickException(
            _("%(refused)d of %(read)d rows were refused; nothing is written")
            % {"refused": len(report.refused), "read": report.read}
        )
    told = {"read": report.read, "written": report.written, "known": report.known}
    click.echo(_("%(read)d rows read: %(written)d written, %(known)d were there already") % told)


@command.command("export", help=_("Write one part of all employee files to FILE: CSV, or XLSX by its name."))
@click.argument("kind", type=_KIND)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def give(kind: str, file: Path) -> None:
    """Write one part of all employee files to FILE: CSV, or XLSX by its name."""
    if file.suffix.lower() == ".xlsx":
        with file.open("wb") as binary:
            count = spreadsheet.write_xlsx(kind, binary)
    else:
        with file.open("w", encoding="utf-8", newline="") as text:
            count = spreadsheet.write_csv(kind, text)
    click.echo(_("%(count)d rows written to %(file)s") % {"count": count, "file": file})
