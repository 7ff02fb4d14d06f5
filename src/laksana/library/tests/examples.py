"""Playing a worked example in a test of its procedure, and reading what the books hold after it."""

from pathlib import Path
from typing import Any

from laksana.cases.play import play, read_script
from laksana.documents.papers import render
from laksana.documents.services import Paper
from laksana.documents.tests.pdf import text_of
from laksana.registers import services as registers
from laksana.registers.models import Entry


def played(test_file: str, scenario_id: str) -> None:
    """Play an example of the `scenarios.yaml` beside a test's file. Raises KeyError for one that is not there."""
    script = Path(test_file).parent / "scenarios.yaml"
    scenarios = {each.id: each for each in read_script(script.read_text(encoding="utf-8"), str(script))}
    for _event in play(scenarios[scenario_id], script.parent):
        pass


def rows_of(register: str) -> list[dict[str, Any]]:
    """Return the rows of a book, each with everything that was added to it or corrected."""
    rows = Entry.objects.filter(register=register, kind="baris").order_by("number", "pk")
    return [registers.current(row) for row in rows]


def printed(document: str) -> str:
    """Return the text of the latest paper of a kind, as a reader of its PDF extracts it."""
    return text_of(render(Paper.objects.filter(document=document).latest("pk")))
