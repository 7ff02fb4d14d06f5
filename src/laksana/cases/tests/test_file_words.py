"""A letter is found by what it says, by those who may open it and nobody else."""

import io
import shutil
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fontpkg_arimo
import pytest
from PIL import Image, ImageDraw, ImageFont
from pytest_django import Settings

from laksana.cases import file_words, services
from laksana.cases.models import Attachment, Case
from laksana.cases.tests.conftest import Desk
from laksana.files import services as files
from laksana.files.pdf import page_count, page_texts
from laksana.files.tests.conftest import storage
from laksana.files.words import tesseract

__all__ = ["storage"]
Begin = Callable[..., Desk]
STEPS: list[dict[str, Any]] = [{"id": "isi"}, {"id": "akhir", "then": "selesai"}]
SAID = "Undangan rapat koordinasi pembangunan jaringan serat optik kecamatan"
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None or tesseract() is None,
    reason="Tesseract with Indonesian is NOT INSTALLED here: scans are not read",
)


def scan() -> Image.Image:
    """A page as a scanner gives it: a picture of words."""
    page = Image.new("L", (1654, 700), 255)
    face = ImageFont.truetype(str(fontpkg_arimo.ROOT / "files" / "Arimo[wght].ttf"), 44)
    draw = ImageDraw.Draw(page)
    for line, words in enumerate(textwrap.wrap(SAID, 36)):
        draw.text((120, 120 + 90 * line), words, font=face, fill=0)
    return page


def scanned(kind: str) -> bytes:
    target = io.BytesIO()
    scan().save(target, kind, resolution=200)
    return target.getvalue()


def attach(desk: Desk, content: bytes, name: str, accept: tuple[str, ...] = ()) -> Attachment:
    stored = files.store(io.BytesIO(content), name, accept=accept, at=desk.at)
    return Attachment.objects.create(
        case=desk.case, stored=stored, name=name, by=desk.office.staf, at=desk.at
    )


def found(words: str) -> bool:
    return services.search(Case.objects.all(), words).exists()


@needs_tesseract
@pytest.mark.parametrize(("kind", "name"), [("PDF", "pindai.pdf"), ("TIFF", "pindai.tif"), ("PNG", "p.png")])
def test_a_scan_is_found_by_its_words_in_any_form(begin: Begin, storage: Path, kind: str, name: str) -> None:
    desk = begin(steps=STEPS)
    attach(desk, scanned(kind), name)
    assert not found("serat optik")
    assert file_words.read_new(desk.at) == 1
    assert found("serat optik")
    assert found("membangun kecamatan")
    assert not found("serat kelapa")


def test_the_words_stay_when_the_case_goes_on(begin: Begin, storage: Path) -> None:
    fields = {"hal": {"label": "Hal", "type": "text"}}
    desk = begin(steps=[{"id": "isi", "asks": ["hal"]}, STEPS[1]], fields=fields)
    attach(desk, b"tentang kelapa sawit", "a.txt")
    file_words.read_new(desk.at)
    desk.do("isi", hal="Pemberitahuan")
    desk.do("akhir")
    assert found("kelapa sawit")
    assert found("pemberitahuan kelapa")


def test_a_file_is_read_once_and_files_add_up(begin: Begin, storage: Path) -> None:
    desk = begin(steps=STEPS)
    attach(desk, b"tentang kelapa", "a.txt")
    assert (file_words.read_new(desk.at), file_words.read_new(desk.at)) == (1, 0)
    attach(desk, b"tentang sawit", "b.txt")
    file_words.read_new(desk.at)
    assert found("kelapa sawit")


def test_a_sealed_case_is_not_found_by_what_its_files_say(begin: Begin, storage: Path) -> None:
    data = {"classification": "rahasia"}
    desk = begin(steps=STEPS, data=data)
    attach(desk, b"tentang kelapa", "a.txt")
    file_words.read_new(desk.at)
    desk.case.refresh_from_db()
    assert desk.case.file_words == ""
    assert not found("kelapa")


def test_only_who_may_read_a_case_finds_it_by_its_files(begin: Begin, storage: Path) -> None:
    desk = begin(steps=STEPS, data={"classification": "terbatas"})
    attach(desk, b"tentang kelapa", "a.txt")
    file_words.read_new(desk.at)
    for who, there in (("staf", True), ("kepala", False)):
        readable = services.readable_by(desk.office.people[who], desk.at)
        assert services.search(readable, "kelapa").exists() is there


def test_nothing_is_read_where_the_office_switched_it_off(
    begin: Begin, storage: Path, settings: Settings
) -> None:
    settings.OCR_PAGES = 0
    desk = begin(steps=STEPS)
    attach(desk, b"tentang kelapa", "a.txt")
    file_words.read_new(desk.at)
    assert not found("kelapa")


def test_no_more_pages_are_read_than_the_office_says(begin: Begin, storage: Path, settings: Settings) -> None:
    desk = begin(steps=STEPS)
    settings.OCR_PAGES = 1
    target = io.BytesIO()
    pages = [scan().resize((827, 350)), scan().rotate(180).resize((827, 350))]
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:])
    target.seek(0)
    assert page_count(target) == 2
    target.seek(0)
    assert len(page_texts(target, settings.OCR_PAGES)) == 1
    assert desk.case.file_words == ""


def test_a_broken_file_is_passed_over(begin: Begin, storage: Path) -> None:
    desk = begin(steps=STEPS)
    broken = attach(desk, b"%PDF-1.7\nno body at all\n%%EOF\n", "rusak.pdf")
    attach(desk, b"tentang kelapa", "a.txt")
    assert file_words.read_new(desk.at) == 2
    broken.refresh_from_db()
    assert broken.read_at == desk.at
    assert found("kelapa")
