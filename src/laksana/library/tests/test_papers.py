"""The papers that the procedures declare."""

from laksana.documents.templates import kind_of, template_of
from laksana.library.catalogue import in_order_of_the_book


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
