"""The papers that the procedures declare."""

from datetime import datetime

import pytest

from laksana.cases.behaviour import behaviour
from laksana.documents.templates import has_own_template, kind_of, template_of
from laksana.documents.typesetting import typeset
from laksana.library.catalogue import entries, entry, in_order_of_the_book
from laksana.library.tests.papers import blank
from laksana.signing.gaps import MARK, gaps
from laksana.sop.performer import Kind
from laksana.worktime.zone import OFFICE_ZONE

MONDAY = datetime(2026, 11, 2, 8, tzinfo=OFFICE_ZONE)


def test_whatever_the_procedures_declare_as_a_letter_has_a_form_of_its_own() -> None:
    no_papers = {
        "balasan media sosial", "berita", "csv", "infografis", "openapi 3.1", "pesan", "pesan terstruktur (cap 1.2)",
        "platform", "surel", "surel otomatis", "sop ap",
    }  # fmt: skip
    plain = {
        kind_of(each)
        for procedure in in_order_of_the_book()
        for each in procedure.documents
        if template_of(procedure.id, each).stem == "naskah"
    }
    assert plain <= no_papers


@pytest.mark.parametrize("procedure_id", sorted(entries()))
def test_a_paper_without_its_values_cannot_be_signed_and_says_which_are_missing(procedure_id: str) -> None:
    """Papers that their procedure's Python adds data to are held by the walks, which make that data."""
    procedure = entry(procedure_id).procedure
    computed = behaviour(procedure_id).papers
    silent = {}
    for document in procedure.documents:
        if document.id in computed or not has_own_template(procedure_id, document):
            continue
        pdf = typeset(template_of(procedure_id, document), blank(procedure, document, MONDAY), MONDAY)
        missing = gaps(pdf)
        if not missing or not all(any(sign.isalpha() for sign in line.replace(MARK, "")) for line in missing):
            silent[document.id] = missing
    assert silent == {}


UNSIGNED = {("rabeg", "bukti-penerimaan"), ("rabeg-email", "surel-penerimaan")}
"""Messages that go out by themselves: nobody signs them."""
BESIDE = {("rabeg", "laporan-bulanan")}
"""Papers of an automatic step that only somebody named in `signed_with` signs."""


def test_a_paper_of_a_step_that_the_system_does_is_signed_by_a_person_who_worked_on_the_case() -> None:
    without = set()
    for procedure in in_order_of_the_book():
        for document in procedure.documents:
            steps = [procedure.step(step) for step in document.signed_at or (document.at,)]
            lanes = [procedure.performers[step.by[0]].holder.kind for step in steps]
            if any(step.unattended for step in steps) or Kind.SYSTEM in lanes:
                without.add((procedure.id, document.id))
    assert without == UNSIGNED | BESIDE
