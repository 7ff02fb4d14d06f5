"""The library finds its procedures, and every one of them is what it should be."""

from pathlib import Path

import pytest

from laksana.library.catalogue import Entry, entries, entry
from laksana.library.tables import all_tables, faults
from laksana.sop import advice, soundness
from laksana.sop.book import misfits
from laksana.sop.definition import dump, load
from laksana.sop.source import DefinitionError

ids = sorted(entries())


def test_procedures_are_found_under_their_subject() -> None:
    found = entry("surat-masuk")
    assert (found.subject, found.folder.name) == ("persuratan", "surat_masuk")
    assert found.package == "laksana.library.persuratan.surat_masuk"


@pytest.mark.parametrize("procedure_id", ids)
def test_a_definition_loads_and_survives_being_written(procedure_id: str) -> None:
    procedure = entry(procedure_id).procedure
    assert procedure.id == procedure_id
    assert load(dump(procedure)) == procedure


@pytest.mark.parametrize("procedure_id", ids)
def test_a_flow_can_always_end_and_leaves_nothing_open(procedure_id: str) -> None:
    assert soundness.check(entry(procedure_id).procedure) == ()


@pytest.mark.parametrize("procedure_id", ids)
def test_an_examiner_would_ask_about_nothing_in_a_definition(procedure_id: str) -> None:
    assert [(path, str(why)) for path, why in advice.warnings(entry(procedure_id).procedure)] == []


SECTIONS = {"A": 44, "B": 7, "C": 7, "D": 6, "E": 2}
"""How many procedures each section of the office's book has."""


def test_the_whole_book_is_defined_and_nothing_beside_it() -> None:
    book = {f"{section}.{number}" for section, last in SECTIONS.items() for number in range(1, last + 1)}
    assert {each.procedure.code for each in entries().values()} == book
    assert len(entries()) == len(book) == 66


def test_procedures_fit_each_other_and_name_their_relations_both_ways() -> None:
    book = {each.id: each.procedure for each in entries().values()}
    assert [f"{of}: {path}: {why}" for of, path, why in misfits(book)] == []


def test_layout_and_comments_do_not_change_the_digest() -> None:
    found = entry("surat-masuk")
    rewritten = Entry(found.id, found.subject, found.package, found.folder)
    rewritten.__dict__["text"] = "# a comment\n" + dump(found.procedure)
    assert rewritten.digest == found.digest


def test_a_folder_that_holds_another_procedure_is_refused() -> None:
    found = entry("surat-masuk")
    misplaced = Entry("surat-lain", found.subject, found.package, found.folder)
    with pytest.raises(DefinitionError, match="holds the procedure surat-lain, not surat-masuk"):
        _ = misplaced.procedure


def test_every_table_that_ships_can_be_read() -> None:
    assert faults() == []
    assert {table.name for table in all_tables()} >= {"kode-klasifikasi.csv", "derajat-kecepatan.csv"}


@pytest.mark.parametrize("table", [table.name for table in all_tables()])
def test_a_table_says_its_source(table: str) -> None:
    found = next(each for each in all_tables() if each.name == table)
    assert len(found.origin.source) > 5
    assert Path(found.file) == found.shipped
