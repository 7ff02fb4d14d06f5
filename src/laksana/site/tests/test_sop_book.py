"""`laksana sop book`: the whole book, its contents held against its outline and its pages."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from django.db import DatabaseError
from PIL import Image, ImageChops
from pytest_django import DjangoDbBlocker

from laksana.documents import services
from laksana.library import catalogue
from laksana.site.commands import sop_book
from laksana.site.commands.sop import command
from laksana.sop.definition import Procedure


@dataclass(frozen=True)
class Book:
    """The printed book: its bytes, the text of each page, and its outline as (depth, title, place of the page)."""

    pdf: bytes
    pages: list[str]
    outline: list[tuple[int, str, int]]

    def place(self, title: str) -> int:
        """Return where the page of an outline's item stands."""
        return next(place for _depth, found, place in self.outline if found == title)


def texts_of(pdf: bytes) -> list[str]:
    """Return the text of each page, each run of blanks one."""
    document = pypdfium2.PdfDocument(pdf)
    pages = (document[number].get_textpage().get_text_bounded() for number in range(len(document)))
    return [" ".join(page.replace("\N{ZERO WIDTH SPACE}", "").split()) for page in pages]


def squeezed(text: str) -> str:
    """Return a text without blanks and hyphens, which lines may have added."""
    return re.sub(r"[\s\u00ad-]", "", text)


def items(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str, int]]:
    """Yield the items of the outline, with their depth and the place of their page."""
    places: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}

    def below(level: list[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str, int]]:
        for item in level:
            target = item.destination
            assert isinstance(target, pikepdf.Array)
            yield depth, item.title, places[target[0].objgen]
            yield from below(item.children, depth + 1)

    with pdf.open_outline() as outline:
        yield from below(list(outline.root), 1)


@pytest.fixture(scope="module")
def book(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Book:
    """Return the whole book, printed once for all tests."""
    place = tmp_path_factory.mktemp("book") / "buku.pdf"
    with django_db_blocker.unblock():
        done = CliRunner().invoke(command, ["book", "-o", str(place)])
    assert done.exit_code == 0, done.output
    assert done.output == ""  # no bar where nobody looks
    content = place.read_bytes()
    with pikepdf.open(BytesIO(content)) as pdf:
        return Book(content, texts_of(content), list(items(pdf)))


def test_every_procedure_stands_under_its_section_in_the_order_of_its_code(book: Book) -> None:
    procedures = catalogue.in_order_of_the_book()
    assert len(procedures) == 66
    titles = [title for depth, title, _place in book.outline if depth == 3]
    assert titles == [f"{procedure.code} {procedure.title}" for procedure in procedures]
    sections = [title for depth, title, _place in book.outline if depth == 2 and title.isupper()]
    assert sections == [
        "A. SEKRETARIAT",
        "B. DISEMINASI INFORMASI",
        "C. E-GOVERNMENT",
        "D. KOMUNIKASI",
        "E. STATISTIK",
    ]


def test_the_chapters_stand_in_the_order_of_an_official_book(book: Book) -> None:
    assert [title for depth, title, _place in book.outline if depth == 1] == [
        "LEMBAR PENGESAHAN",
        "KATA PENGANTAR",
        "DAFTAR ISI",
        "BAB I PENDAHULUAN",
        "BAB II UNSUR PROSEDUR",
    ]
    places = [place for _depth, _title, place in book.outline]
    assert places == sorted(places)
    assert places[0] == 1  # after the cover


def test_the_contents_name_the_page_on_which_each_part_stands(book: Book) -> None:
    first = book.place("BAB I PENDAHULUAN")
    contents = squeezed(" ".join(book.pages[book.place("DAFTAR ISI") : first]))
    for depth, title, place in book.outline:
        if place >= first:
            listed = re.search(re.escape(squeezed(title)) + r"\.+(\d+)", contents)
            assert listed, title
            assert int(listed[1]) == place - first + 1, title
            assert depth < 3 or book.pages[place].endswith(f" {listed[1]}")


def test_each_procedure_begins_on_its_page_with_its_identity(book: Book) -> None:
    for procedure in catalogue.in_order_of_the_book():
        page = squeezed(book.pages[book.place(f"{procedure.code} {procedure.title}")])
        for part in (
            f"Nomor SOP {procedure.identity.number}",
            f"Nama SOP {procedure.title}",
            "Halaman 1 dari",
        ):
            assert squeezed(part) in page


def test_pages_are_labelled_as_they_are_numbered(book: Book) -> None:
    document = pypdfium2.PdfDocument(book.pdf)
    first = book.place("BAB I PENDAHULUAN")
    labels = [document.get_page_label(number) for number in range(len(document))]
    assert labels[1:first] == ["i", "ii", "iii", "iv"]
    assert labels[first:] == [str(number) for number in range(1, len(document) - first + 1)]


@pytest.mark.django_db
@pytest.mark.parametrize("procedure", ["surat-masuk", "permohonan-informasi"])
def test_the_sheets_are_those_that_show_prints(book: Book, procedure: str, tmp_path: Path) -> None:
    place = tmp_path / "sop.pdf"
    CliRunner().invoke(command, ["show", procedure, "--format", "pdf", "-o", str(place)])
    of = catalogue.entry(procedure).procedure
    start = book.place(f"{of.code} {of.title}")
    alone, bound = pypdfium2.PdfDocument(place.read_bytes()), pypdfium2.PdfDocument(book.pdf)
    assert len(alone) > 3
    for number in range(len(alone)):
        one, other = (picture(document, at) for document, at in ((alone, number), (bound, start + number)))
        differing = ImageChops.difference(one, other).getbbox()
        assert differing is not None  # the book's own page number, below the foot of the sheet
        assert differing[1] > one.height - 8 * one.width / 297


def picture(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    image = document[number].render(scale=1, grayscale=True).to_pil()
    assert isinstance(image, Image.Image)
    return image


def test_the_book_is_pdf_a_with_tags_links_and_nothing_wrong(book: Book) -> None:
    with pikepdf.open(BytesIO(book.pdf)) as pdf:
        with pdf.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "A")
            assert xmp["dc:title"].startswith("Buku Standar Operasional Prosedur")
        assert pdf.Root.MarkInfo.Marked
        roles = {
            str(found.S) for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/S" in found
        }
        assert {"/H1", "/H2", "/H3", "/TOC", "/TOCI", "/Link", "/L", "/Table"} <= roles
        contents = range(book.place("DAFTAR ISI"), book.place("BAB I PENDAHULUAN"))
        assert sum(len(pdf.pages[number].get("/Annots", [])) for number in contents) >= len(book.outline) - 1
        assert pdf.check_pdf_syntax() == []


def test_the_introduction_can_be_read_out(book: Book) -> None:
    text = " ".join(book.pages)
    for part in (
        "A. Latar Belakang",
        "B. Ruang Lingkup",
        "C. Landasan Hukum",
        "D. Maksud dan Tujuan",
        "E. Manfaat",
        "F. Makna Simbol SOP",
        "Belah ketupat (decision)",
        "44 SOP: A.1 sampai dengan A.44",
    ):
        assert part in text, part


def test_what_is_wrong_in_the_office_s_own_text_is_said_and_nothing_written(
    settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    own = tmp_path / "buku-sop.yaml"
    own.write_text("title: Buku\nisi: x\n")
    refused = CliRunner().invoke(command, ["book", "-o", str(tmp_path / "buku.pdf")])
    assert refused.exit_code == 1
    assert f"{own}:2: isi: unknown key" in refused.output
    assert not (tmp_path / "buku.pdf").exists()


def test_without_the_office_s_tables_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def no_tables(*_given: object) -> bytes:
        raise DatabaseError("no such table: documents_letterhead")

    monkeypatch.setattr(services, "sop_book_pdf", no_tables)
    refused = CliRunner().invoke(command, ["book", "-o", str(tmp_path / "buku.pdf")])
    assert refused.exit_code == 1
    assert "jalankan `laksana init` lebih dahulu" in refused.output


def test_a_folder_that_is_not_there_is_said_before_the_work(tmp_path: Path) -> None:
    refused = CliRunner().invoke(command, ["book", "-o", str(tmp_path / "tidak-ada" / "buku.pdf")])
    assert refused.exit_code == 1
    assert "Tidak ada folder" in refused.output


class Terminal(StringIO):
    """A terminal, as far as a program can tell."""

    def isatty(self) -> bool:
        return True


def test_a_bar_tells_on_a_terminal_how_far_the_book_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def printed(procedures: list[Procedure], _at: object, done: Callable[[Procedure], None]) -> bytes:
        for procedure in procedures:
            done(procedure)
        return b"%PDF"

    terminal = Terminal()
    monkeypatch.setattr(services, "sop_book_pdf", printed)
    monkeypatch.setattr(sys, "stderr", terminal)
    assert sop_book._printed(catalogue.in_order_of_the_book()) == b"%PDF"
    assert "Buku SOP" in terminal.getvalue()
    assert "100%" in terminal.getvalue()
