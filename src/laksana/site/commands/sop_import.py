"""`laksana sop import FILE`: a draft of an SOP from a BPMN file of any tool."""

import json
from collections.abc import Iterable
from pathlib import Path

import click
from django.utils.translation import gettext as _

from laksana.sop.bpmn import MOST_BYTES, BpmnError, Draft, Untaken, from_bpmn


@click.command(
    "import",
    help=_("Make a draft of an SOP from a BPMN 2.0 file, and name each element that an SOP cannot hold."),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("A file for the draft instead of the terminal."),
)
@click.option(
    "--process",
    default="",
    metavar="NAME",
    help=_("The id or name of the process to take, where the file holds several; the largest by default."),
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=_("Answer as JSON: the draft, what was taken, left out or changed, what it still lacks."),
)
def import_bpmn(file: Path, output: Path | None, process: str, as_json: bool) -> None:
    """Make a draft of an SOP from a BPMN 2.0 file, and name each element that an SOP cannot hold.

    The draft is written even where it is no sound SOP yet; what it lacks is told. It fails only where nothing could be read.
    """
    try:
        draft = from_bpmn(_content(file), process)
    except BpmnError as error:
        raise click.ClickException(f"{file}: {error}") from None
    lacks = [str(fault) for fault in draft.faults(str(output or file.with_suffix(".yaml")))]
    if output is not None:
        _write(output, draft.text())
    if as_json:
        click.echo(json.dumps(_told(draft, file, lacks), ensure_ascii=False))
        return
    if output is None:
        click.echo(draft.text(), nl=False)
    _list(file, draft, lacks)


def _content(file: Path) -> bytes:
    """Return a file's bytes, no more than are needed to see that it is too large."""
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from None


def _write(output: Path, text: str) -> None:
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}") from None


def _list(file: Path, draft: Draft, lacks: list[str]) -> None:
    """Tell on the error output what became of the file's elements, and what the draft lacks."""
    for each in draft.changed:
        click.echo(f"{_line(file, each)}", err=True)
    for each in draft.untaken:
        click.secho(f"{_line(file, each)}", fg="yellow", err=True)
    for line in lacks:
        click.secho(line, fg="red", err=True)
    click.echo(
        _(
            "%(steps)d steps, %(left)d elements left out, %(changed)d kept in another form, %(lacks)d faults to mend"
        )
        % {
            "steps": len(draft.data["steps"]),
            "left": len(draft.untaken),
            "changed": len(draft.changed),
            "lacks": len(lacks),
        },
        err=True,
    )


def _line(file: Path, each: Untaken) -> str:
    named = f' "{each.name}"' if each.name else ""
    return f"{file}:{each.line}: {each.element} {each.id}{named}: {each.why}"


def _told(draft: Draft, file: Path, lacks: list[str]) -> dict[str, object]:
    return {
        "draft": draft.data,
        "taken": draft.taken,
        "changed": _plain(draft.changed, file),
        "untaken": _plain(draft.untaken, file),
        "lacks": lacks,
    }


def _plain(those: Iterable[Untaken], file: Path) -> list[dict[str, str | int]]:
    return [
        {
            "file": str(file),
            "line": each.line,
            "element": each.element,
            "id": each.id,
            "name": each.name,
            "why": str(each.why),
        }
        for each in those
    ]
