"""`laksana sop ...`: the library of procedures."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.library import catalogue
from laksana.site.commands.sop_book import book
from laksana.site.commands.sop_import import import_bpmn
from laksana.site.commands.sop_measure import measure
from laksana.sop import soundness
from laksana.sop.advice import warnings
from laksana.sop.book import misfits
from laksana.sop.definition import Procedure, as_data, load
from laksana.sop.source import DefinitionError, Fault, read


@click.group("sop", help=_("The library of SOPs."))
def command() -> None:
    """Group."""


command.add_command(book)
command.add_command(measure)
command.add_command(import_bpmn)


@command.command("list", help=_("List the procedures in the order of the book."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer as JSON."))
def list_procedures(as_json: bool) -> None:
    """List the procedures in the order of the book."""
    procedures = catalogue.in_order_of_the_book()
    if as_json:
        rows = [
            {"id": p.id, "code": p.code, "title": p.title, "unit": p.unit, "version": p.identity.version}
            for p in procedures
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for procedure in procedures:
        click.echo(f"{procedure.code:<6} {procedure.id:<36} {procedure.title}")


@command.command(
    "check",
    help=_(
        "Check definitions: all of the library, or those named by id or file. Every fault says file, line and key."
    ),
)
@click.argument("what", nargs=-1)
@click.option(
    "--warnings", "show_warnings", is_flag=True, help=_("Also print what a drafter should look at again.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer as JSON."))
def check(what: tuple[str, ...], show_warnings: bool, as_json: bool) -> None:
    """Check definitions: all of the library, or those named by id or file. Every fault says file, line and key."""
    faults: list[str] = []
    warned: list[str] = []
    procedures = dict(_sound(what or tuple(catalogue.entries()), faults, warned))
    if not what:
        faults += [f"{of}: {_key(path)}: {why}" for of, path, why in misfits(procedures)]
    if as_json:
        told = {"sound": list(procedures), "faults": faults, "warnings": warned}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _print(len(procedures), faults, warned, show_warnings=show_warnings)
    if faults:
        sys.exit(1)


def _print(sound: int, faults: list[str], warned: list[str], *, show_warnings: bool) -> None:
    for line in faults:
        click.secho(line, fg="red", err=True)
    for line in warned if show_warnings else ():
        click.secho(line, fg="yellow", err=True)
    told = {"sound": sound, "faults": len(faults), "warnings": len(warned)}
    click.echo(_("%(sound)d procedures sound, %(faults)d faults, %(warnings)d warnings") % told)


def _sound(what: Iterable[str], faults: list[str], warned: list[str]) -> Iterator[tuple[str, Procedure]]:
    """Yield the procedures without faults; put faults and warnings into the lists."""
    for name in what:
        file, text = _source_of(name)
        try:
            procedure = load(text, file)
        except DefinitionError as error:
            faults += [str(fault) for fault in error.faults]
            continue
        source = read(text, file)
        unsound = [str(fault) for fault in soundness.faults(procedure, source)]
        faults += unsound
        warned += [str(Fault(file, source.line(path), path, str(why))) for path, why in warnings(procedure)]
        if not unsound:
            yield procedure.id, procedure


def _source_of(name: str) -> tuple[str, str]:
    """Return the file and the text of a procedure, named by its id or by a file. Raises ClickException."""
    if name in catalogue.entries():
        entry = catalogue.entry(name)
        return str(entry.file), entry.text
    path = Path(name)
    if path.is_file():
        return name, path.read_text(encoding="utf-8", errors="replace")
    raise click.ClickException(
        _("There is no procedure and no file %(name)s; see `laksana sop list`.") % {"name": name}
    )


def _key(path: tuple[str | int, ...]) -> str:
    return Fault("", 1, path, "").key


@command.command(
    "show", help=_("Show a procedure: its definition, its flowchart, its BPMN, or its official sheets.")
)
@click.argument("procedure", metavar="ID")
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "json", "svg", "bpmn", "pdf"]),
    default="yaml",
    help=_("The form to show it in."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("A file instead of the terminal."),
)
def show(procedure: str, form: str, output: Path | None) -> None:
    """Show a procedure: its definition, its flowchart, its BPMN, or its official sheets."""
    if procedure not in catalogue.entries():
        raise click.ClickException(
            _("There is no procedure %(name)s; see `laksana sop list`.") % {"name": procedure}
        )
    content = FORMS[form](procedure)
    if output is not None:
        output.write_bytes(content)
    else:
        click.echo(content, nl=False)


def _yaml(procedure_id: str) -> bytes:
    return catalogue.entry(procedure_id).text.encode()


def _json(procedure_id: str) -> bytes:
    data = as_data(catalogue.entry(procedure_id).procedure)
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _svg(procedure_id: str) -> bytes:
    from laksana.sop.chart import lay_out
    from laksana.sop.svg import draw

    return draw(lay_out(catalogue.entry(procedure_id).procedure, paper="screen")).encode()


def _bpmn(procedure_id: str) -> bytes:
    from laksana.sop.bpmn import to_bpmn

    return to_bpmn(catalogue.entry(procedure_id).procedure).encode()


def _pdf(procedure_id: str) -> bytes:
    from laksana.documents.services import sop_pdf

    titles = {entry.id: entry.procedure.title for entry in catalogue.entries().values()}
    try:
        return sop_pdf(catalogue.entry(procedure_id).procedure, timezone.now(), titles)
    except DatabaseError:  # the letterhead and the one who makes it official stand in the office's tables
        raise click.ClickException(
            _("The office's tables are not there yet; run `laksana init` first.")
        ) from None


FORMS: dict[str, Callable[[str], bytes]] = {
    "yaml": _yaml,
    "json": _json,
    "svg": _svg,
    "bpmn": _bpmn,
    "pdf": _pdf,
}
