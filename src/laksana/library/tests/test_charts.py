"""Every procedure of the library is drawn without a fault, and what it prints is written for people."""

import re
from collections.abc import Iterator

import pytest

from laksana.library.catalogue import entries, entry
from laksana.sop.chart import lay_out
from laksana.sop.chart.model import Chart
from laksana.sop.definition import Procedure
from laksana.sop.rules import all_rules
from laksana.sop.tests.geometry import faults

ids = sorted(entries())
titles = {each.id: each.procedure.title for each in entries().values()}

FEWEST_ROWS = 3
"""On a sheet that is not the only one."""
LONGEST_HEADING = 8
"""Lines of an upright heading, before it takes more of each sheet than the rows are worth."""
_INNER = {
    "an id with an underscore": re.compile(r"\w_\w"),
    "a file": re.compile(r"\.(csv|yaml|py)\b"),
    "a place in the book": re.compile(r"\b[A-E]\.\d{1,2}\b"),
    "a word of programs": re.compile(r"\b(field|rules?)\b"),
}
_READING = re.compile(r"\b(terbaca|dibaca|ingatan|pengetahuan|dicocokkan|dipastikan|konsiderans)\b")
"""How far a source was read: `reading` says that, and is not printed."""


def chart(procedure_id: str) -> Chart:
    return lay_out(entry(procedure_id).procedure, titles=titles)


@pytest.mark.parametrize("procedure_id", ids)
def test_a_printed_chart_has_no_fault_in_its_drawing(procedure_id: str) -> None:
    assert faults(chart(procedure_id)) == []


@pytest.mark.parametrize("procedure_id", ids)
def test_a_chart_on_the_screen_has_no_fault_in_its_drawing(procedure_id: str) -> None:
    procedure = entry(procedure_id).procedure
    assert faults(lay_out(procedure, paper="screen", titles=titles)) == []
    assert faults(lay_out(procedure, paper="screen", lanes_only=True, titles=titles)) == []


@pytest.mark.parametrize("procedure_id", ids)
def test_no_sheet_holds_next_to_nothing(procedure_id: str) -> None:
    pages = chart(procedure_id).pages
    assert len(pages) == 1 or min(len(page.rows) for page in pages) >= FEWEST_ROWS


@pytest.mark.parametrize("procedure_id", ids)
def test_headings_of_performers_are_short(procedure_id: str) -> None:
    page = chart(procedure_id).pages[0]
    high = {
        " ".join(text.text for text in cell.texts): len(cell.texts)
        for cell in page.header
        if len(cell.texts) > LONGEST_HEADING and not cell.texts[0].turned
    }
    assert high == {}


@pytest.mark.parametrize("procedure_id", ids)
def test_nothing_on_paper_speaks_in_the_names_of_the_program(procedure_id: str) -> None:
    procedure = entry(procedure_id).procedure
    names = {rule.id for rule in all_rules()} | set(ids) | {step.id for step in procedure.steps}
    spoken = {name for name in names if "-" in name}
    found = []
    for text in printed(procedure):
        hyphened = set(re.findall(r"[a-z\d]+(?:-[a-z\d]+)+", text))
        found += [f"{name}: {text}" for name in hyphened & spoken]
        found += [f"{what}: {text}" for what, pattern in _INNER.items() if pattern.search(text)]
    assert found == []


@pytest.mark.parametrize("procedure_id", ids)
def test_the_legal_basis_does_not_print_how_far_it_was_read(procedure_id: str) -> None:
    abouts = [basis.about for basis in entry(procedure_id).procedure.legal_basis]
    assert [about for about in abouts if _READING.search(about)] == []


@pytest.mark.parametrize("procedure_id", ids)
def test_what_stands_in_a_row_begins_with_a_capital(procedure_id: str) -> None:
    for step in entry(procedure_id).procedure.steps:
        for text in (step.activity, *step.needs, step.gives, step.note):
            assert not text[:1].islower() or text.startswith("e-"), text


def printed(procedure: Procedure) -> Iterator[str]:
    """Yield every text that the sheets of a procedure print."""
    yield procedure.title
    for basis in procedure.legal_basis:
        yield f"{basis.cite}, tentang {basis.about}"
    for entries_ in (procedure.qualifications, procedure.equipment, procedure.warnings, procedure.records):
        yield from entries_
    for performer in procedure.performers.values():
        yield performer.title
    for step in procedure.steps:
        yield from (step.activity, *step.needs, step.gives, step.note, *step.outcomes)
