"""One search for everything: each kind is found by any form of a word, and nobody finds what he may not know of."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from laksana.cases import services as cases
from laksana.cases.tests.conftest import MORNING, Desk, Office
from laksana.workspace.tests.conftest import Browser, parsed

PDF = b"%PDF-1.4\n%%EOF\n"


def found(client: Client, words: str) -> dict[str, list[str]]:
    """Return kind -> titles shown."""
    page = parsed(client.get("/cari/", {"q": words}))
    return {
        section.get("aria-labelledby").removeprefix("temu-"): [
            link.text_content().strip() for link in section.xpath(".//a[@class='title']")
        ]
        for section in page.xpath("//section[contains(@class, 'found')]")
    }


@pytest.fixture
def desk(begin: Callable[..., Desk]) -> Desk:
    """A case about the lending of a hall, with a file on it."""
    fields = {"hal": {"label": "Hal", "type": "text"}}
    steps = [{"id": "catat", "asks": ["hal"]}, {"id": "akhir", "by": "kasubag", "then": "selesai"}]
    return begin(steps=steps, fields=fields, subject="{hal}")


def attach(client: Client, desk: Desk, name: str) -> None:
    file = SimpleUploadedFile(name, PDF, "application/pdf")
    answer = client.post(f"/berkas/{desk.case.number}/lampiran/", {"files": [file]})
    assert answer.status_code in (200, 302)


def test_every_kind_is_found_by_another_form_of_the_word(
    desk: Desk, browser: Browser, office: Office
) -> None:
    desk.do("catat", hal="Peminjaman aula")
    attach(browser("staf"), desk, "surat peminjaman aula.pdf")
    shown = found(browser("staf"), "dipinjam aula")
    assert shown["berkas"] == ["Peminjaman aula"]
    assert shown["naskah"] == ["surat peminjaman aula.pdf"]
    assert found(browser("staf"), office.kepala.name.split()[0].lower())["orang"]
    assert found(browser("staf"), "contoh")["sop"]


def test_a_whole_number_leads_straight_to_its_case(desk: Desk, browser: Browser) -> None:
    answer = browser("staf").get("/cari/", {"q": desk.case.number.lower()})
    assert answer["Location"] == f"/berkas/{desk.case.number}/"


@pytest.mark.parametrize("words", ["zzz-tidak-ada", "%", "'; --", "()", "\x00"])
def test_words_that_nothing_holds_are_answered(desk: Desk, browser: Browser, words: str) -> None:
    answer = browser("staf").get("/cari/", {"q": words})
    assert answer.status_code == 200
    assert "found" not in found(browser("staf"), words)


def test_files_of_a_sealed_case_are_found_by_its_readers_alone(
    desk: Desk, browser: Browser, office: Office
) -> None:
    desk.do("catat", hal="Rahasia")
    attach(browser("staf"), desk, "daftar kunci.pdf")
    assert cases.files_found(office.kepala, MORNING, "kunci", 8)
    type(desk.case).objects.filter(pk=desk.case.pk).update(level="rahasia")
    assert cases.files_found(office.staf, MORNING, "kunci", 8)
    assert not cases.files_found(office.kepala, MORNING, "kunci", 8)
