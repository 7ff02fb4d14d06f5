"""The text of the book of SOP: what ships, the office's own, and what is wrong in one; a small book from it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from laksana.cases.tests.conftest import definition
from laksana.documents.book_text import SHIPPED, book_text
from laksana.documents.services import sop_book_pdf
from laksana.documents.tests.data import AT
from laksana.documents.tests.pdf import opened, pages_of, text_of
from laksana.sop.definition import Procedure, load
from laksana.sop.source import DefinitionError

Write = Callable[[str], Path]


def procedure(**parts: Any) -> Procedure:
    return load(definition(steps=[{"id": "a"}, {"id": "b"}, {"id": "c", "then": "selesai"}], **parts))


@pytest.fixture
def own(settings: Any, tmp_path: Path) -> Write:
    """Return what writes the office's own text."""
    settings.HOME = tmp_path

    def write(text: str) -> Path:
        file = tmp_path / "buku-sop.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def changed(old: str, new: str) -> str:
    """Return the text that ships with one passage changed."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(old) == 1
    return text.replace(old, new)


def faults(*procedures: Procedure) -> list[str]:
    with pytest.raises(DefinitionError) as refused:
        book_text(procedures)
    return [str(fault) for fault in refused.value.faults]


def line_of(file: Path, part: str) -> int:
    return next(
        number for number, line in enumerate(file.read_text().splitlines(), start=1) if line.startswith(part)
    )


def test_the_text_that_ships_explains_the_five_symbols_and_names_five_sections() -> None:
    text = book_text([])
    drawn = [meaning.symbol for part in text.introduction.parts for meaning in part.symbols]
    assert drawn == ["terminator", "process", "decision", "flow", "off-page"]
    assert [(letter, section.name) for letter, section in text.procedures.sections.items()] == [
        ("A", "Sekretariat"),
        ("B", "Diseminasi Informasi"),
        ("C", "E-Government"),
        ("D", "Komunikasi"),
        ("E", "Statistik"),
    ]


@pytest.mark.django_db
def test_the_office_s_own_text_is_printed(own: Write) -> None:
    own(changed("title: Maksud dan Tujuan", "title: Arah dan Maksud Kami"))
    text = text_of(sop_book_pdf([procedure(id="contoh", code="A.1")], AT))
    assert "D. Arah dan Maksud Kami" in text
    assert "Maksud dan Tujuan" not in text


@pytest.mark.django_db
def test_a_number_and_a_date_of_approval_take_the_place_of_the_gaps(own: Write) -> None:
    book = [procedure(id="contoh", code="A.1")]
    assert "NOMOR [......]" in text_of(sop_book_pdf(book, AT))
    own(changed("approval:\n", "approval:\n  number: 000.8.3.3/100\n  date: 1 Desember 2026\n"))
    text = text_of(sop_book_pdf(book, AT))
    assert "NOMOR 000.8.3.3/100" in text
    assert "pada tanggal 1 Desember 2026" in text


@pytest.mark.django_db
def test_procedures_stand_in_the_order_of_their_codes_and_lead_to_each_other() -> None:
    book = [
        procedure(id="akhir", code="B.1", title="Yang akhir", prefix="C"),
        procedure(id="kesepuluh", code="A.10", title="Yang kesepuluh", prefix="B", related=["kedua"]),
        procedure(id="kedua", code="A.2", title="Yang kedua", prefix="A", related=["kesepuluh", "tidak-ada"]),
    ]
    told: list[str] = []
    made = sop_book_pdf(book, AT, lambda of: told.append(of.code))
    assert told == ["A.2", "A.10", "B.1"]
    with opened(made) as pdf:
        sheets = [page for page in pdf.pages if page.mediabox[2] > page.mediabox[3]]
        links = [len(page.get("/Annots", [])) for page in sheets]
    assert sum(links) == 2  # two relations within the book; the third leads nowhere


@pytest.mark.django_db
def test_a_section_without_procedures_is_left_out() -> None:
    text = text_of(sop_book_pdf([procedure(id="contoh", code="C.1")], AT))
    assert "C. E-GOVERNMENT" in text
    assert "STATISTIK" not in text


@pytest.mark.django_db
def test_the_same_book_gives_the_same_bytes() -> None:
    book = [procedure(id="contoh", code="A.1")]
    assert sop_book_pdf(book, AT) == sop_book_pdf(book, AT)
    assert pages_of(sop_book_pdf(book, AT)) > 8


def test_an_unknown_key_and_a_missing_one_are_told_with_file_and_line(own: Write) -> None:
    file = own(changed("preface:\n", "prefase:\n"))
    assert faults() == [
        f"{file}:{line_of(file, 'title')}: preface: missing",
        f"{file}:{line_of(file, 'prefase')}: prefase: unknown key",
    ]


def test_a_symbol_that_no_flowchart_has_is_told_with_those_there_are(own: Write) -> None:
    file = own(changed("symbol: decision", "symbol: lingkaran"))
    (fault,) = faults()
    line = line_of(file, "        - symbol: lingkaran")
    assert fault.startswith(f"{file}:{line}: introduction.parts[5].symbols[2].symbol: expected 'terminator'")
    assert fault.endswith("not 'lingkaran'")


def test_only_a_position_may_sign(own: Write) -> None:
    file = own(SHIPPED.read_text().replace("by: position kepala-dinas", "by: outside", 1))
    (fault,) = faults()
    assert fault.startswith(f"{file}:{line_of(file, '  by: outside')}: approval.by: 'outside' is no position")


def test_a_procedure_of_no_section_is_told(own: Write) -> None:
    file = own(changed("    C:\n", "    X:\n"))
    line = line_of(file, "  sections:")
    assert faults(procedure(id="contoh", code="C.4")) == [
        f"{file}:{line}: procedures.sections: section C is missing, where C.4 contoh belongs"
    ]


def test_a_section_is_named_by_one_capital(own: Write) -> None:
    file = own(changed("    C:\n", "    bagian:\n"))
    (fault,) = faults()
    assert fault.startswith(f"{file}:{line_of(file, '    bagian')}: ")
    assert "'bagian' is no section; write the capital with which its codes begin" in fault


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"title: Buku\ntitle: Lagi\n", ":2: title: the key stands here a second time"),
        (b"- satu\n", ":1: the text of the book is a mapping of keys, starting with title"),
        (b"title: Buku\npreface: \xff\n", ":2: not UTF-8; save the file as UTF-8"),
        (b"title: [\n", ":2: not readable as YAML"),
    ],
)
def test_what_is_no_such_file_at_all_is_told(own: Write, content: bytes, reason: str) -> None:
    file = own("")
    file.write_bytes(content)
    assert faults()[0].startswith(f"{file}{reason}")
