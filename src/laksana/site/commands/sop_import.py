"""`laksana sop import FILE`: a draft of an SOP from a BPMN file of any tool."""

import json
from pathlib import Path

import click

from laksana.sop import soundness
from laksana.sop.bpmn import BpmnError, Draft, Untaken, from_bpmn
from laksana.sop.source import DefinitionError, read


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file for the draft instead of the terminal.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Answer as JSON: the draft, what was left out, what it still lacks.",
)
def import_bpmn(file: Path, output: Path | None, as_json: bool) -> None:
    """Make a draft of an SOP from a BPMN 2.0 file, and name each element that an SOP cannot hold."""
    try:
        draft = from_bpmn(file.read_bytes())
    except BpmnError as error:
        raise click.ClickException(f"{file}: {error}") from None
    lacks = _lacks(draft, str(output or file.with_suffix(".yaml")))
    if as_json:
        untaken = [_plain(each) for each in draft.untaken]
        click.echo(json.dumps({"draft": draft.data, "untaken": untaken, "lacks": lacks}, ensure_ascii=False))
        return
    if output is not None:
        output.write_text(draft.text(), encoding="utf-8")
    else:
        click.echo(draft.text(), nl=False)
    for each in draft.untaken:
        click.secho(f"{file}:{each.line}: {each.element} {each.id}: {each.why}", fg="yellow", err=True)
    for line in lacks:
        click.secho(line, fg="red", err=True)
    steps = len(draft.data["steps"])
    click.echo(
        f"{steps} steps, {len(draft.untaken)} elements left out, {len(lacks)} faults to mend", err=True
    )


def _lacks(draft: Draft, file: str) -> list[str]:
    """Return what keeps the draft from being an SOP: faults of its form, then those of its flow."""
    try:
        procedure = draft.procedure(file)
    except DefinitionError as error:
        return [str(fault) for fault in error.faults]
    return [str(fault) for fault in soundness.faults(procedure, read(draft.text(), file))]


def _plain(untaken: Untaken) -> dict[str, str | int]:
    return {"element": untaken.element, "id": untaken.id, "line": untaken.line, "why": str(untaken.why)}
