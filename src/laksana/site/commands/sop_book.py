"""`laksana sop book`: the office's book of SOP as one PDF."""

import sys
from pathlib import Path

import click
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.library import catalogue
from laksana.sop.definition import Procedure
from laksana.sop.source import DefinitionError

_TYPESETTING = 40
"""How long setting the pages takes, in procedures laid out; for the bar alone."""


@click.command(
    "book",
    help=_("Print the book of SOPs: introduction, contents, and every procedure in the order of its code."),
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help=_("The file to write."),
)
def book(output: Path) -> None:
    """Print the book of SOPs: introduction, contents, and every procedure in the order of its code."""
    if not output.parent.is_dir():
        raise click.ClickException(_("There is no folder %(folder)s.") % {"folder": output.parent})
    try:
        pages = _printed(catalogue.in_order_of_the_book())
    except DefinitionError as error:
        for fault in error.faults:
            click.secho(str(fault), fg="red", err=True)
        sys.exit(1)
    except DatabaseError:  # the letterhead and those who sign stand in the office's tables
        raise click.ClickException(
            _("The office's tables are not there yet; run `laksana init` first.")
        ) from None
    output.write_bytes(pages)


def _printed(procedures: list[Procedure]) -> bytes:
    """Return the book; on a terminal a bar says how far it is."""
    from laksana.documents.services import sop_book_pdf

    with click.progressbar(
        length=len(procedures) + _TYPESETTING,
        label=_("Book of SOPs"),
        item_show_func=lambda title: title,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as bar:

        def tell(procedure: Procedure) -> None:
            last = procedure is procedures[-1]
            bar.update(1, "menata halaman" if last else f"{procedure.code} {procedure.title}"[:40])

        pages = sop_book_pdf(procedures, timezone.now(), tell)
        bar.update(_TYPESETTING, "selesai")
    return pages
