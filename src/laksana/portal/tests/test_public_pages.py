"""Anybody reads the public procedures, and nothing else, without signing in."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from lxml import html
from pytest_django import Settings

from laksana.cases.tests.conftest import MORNING, Desk, Office, begin, definition, install, office
from laksana.portal.explained import explained
from laksana.portal.views import library as views
from laksana.sop.definition import load

__all__ = ["begin", "office"]
PUBLIC = {
    "public": True,
    "code": "B.3",
    "title": "Pelayanan Permohonan Informasi",
    "summary": "Warga meminta informasi publik.",
    "related": ["dalam", "lain"],
    "performers": {"pemohon": {"title": "Pemohon", "is": "public", "recorded_by": "position staf"}},
}
STEPS: list[dict[str, Any]] = [
    {"id": "ajukan", "does": "Mengajukan permohonan", "by": "pemohon", "needs": ["Formulir", "KTP"], "time": "15 menit"},
    {"id": "jawab", "does": "Menjawab permohonan", "by": "kasubag", "time": "2 hari kerja"},
    {"id": "lengkapi", "does": "Menanggapi jawaban", "by": "pemohon", "needs": ["KTP", "Surat jawaban"], "time": "5 hari"},
    {"id": "tutup", "does": "Menutup register", "by": "staf", "time": "30 menit", "then": "selesai"},
]  # fmt: skip
CLOCKS = [
    {"id": "jawaban", "from": "ajukan", "to": "jawab", "limit": "10 hari kerja", "silence": "Pemohon dapat berkeberatan"},
    {"id": "dua-kali", "from": "ajukan", "to": "jawab", "limit": "10 hari kerja", "source": "Dari pengetahuan"},
]  # fmt: skip


def parsed(response: Any) -> Any:
    """Return a page as a tree."""
    return html.fromstring(response.content.decode())


@pytest.fixture
def visitor(office: Office, settings: Settings) -> Iterator[Client]:
    """Somebody without an account, in an office with a public procedure and one that is not."""
    settings.LANGUAGE_CODE = "en"
    cache.clear()
    install(definition("informasi", steps=STEPS, clocks=CLOCKS, **PUBLIC))
    install(
        definition(
            "dalam", steps=STEPS[1:], performers=PUBLIC["performers"], title="Rahasia Dapur", code="A.1"
        )
    )
    with time_machine.travel(MORNING, tick=False):
        yield Client(headers={"accept-language": "en"})


def test_the_list_has_the_public_procedures_and_no_other(visitor: Client) -> None:
    response = visitor.get("/layanan/sop/")
    assert response.status_code == 200
    tree = parsed(response)
    assert tree.xpath("//ul[@class='shelf']//h3/a/@href") == ["/layanan/sop/informasi/"]
    assert "Rahasia Dapur" not in response.content.decode()


def test_the_search_finds_any_form_of_a_word_but_nothing_that_is_not_public(visitor: Client) -> None:
    tree = parsed(visitor.get("/layanan/sop/", {"q": "memohon"}))
    assert tree.xpath("//ol[@class='shelf']//h3//mark/text()") == ["Permohonan"]
    hidden = visitor.get("/layanan/sop/", {"q": "rahasia dapur"}).content.decode()
    assert "No procedure found" in hidden
    assert "/dalam/" not in hidden


def test_the_page_says_what_who_how_long_what_is_needed_and_on_which_law(visitor: Client) -> None:
    response = visitor.get("/layanan/sop/informasi/")
    assert response.status_code == 200
    text = " ".join(parsed(response).text_content().split())
    for part in ("Warga meminta informasi publik.", "Formulir", "Surat jawaban", "2 hari kerja", "UU 1/2000",
                 "Pemohon dapat berkeberatan", "Menutup register", "Kasubag"):  # fmt: skip
        assert part in text, part
    assert parsed(response).xpath("//*[local-name()='svg' and contains(@class, 'chart')]")


def test_marks_and_notes_for_the_office_are_not_shown(visitor: Client) -> None:
    text = visitor.get("/layanan/sop/informasi/").content.decode()
    assert "not checked" not in text
    assert "Dari pengetahuan" not in text
    assert "Rahasia Dapur" not in text


@pytest.mark.parametrize("address", ["dalam/", "dalam/unduh.pdf", "tidak-ada/", "tidak-ada/unduh.pdf"])
def test_what_is_not_public_cannot_be_told_from_what_does_not_exist(visitor: Client, address: str) -> None:
    assert visitor.get(f"/layanan/sop/{address}").status_code == 404


def test_no_page_for_the_public_leads_into_the_workspace_or_names_a_case(
    visitor: Client, begin: Callable[..., Desk]
) -> None:
    desk = begin(steps=STEPS[1:], performers=PUBLIC["performers"], code="A.2", public=True)
    for address in ("/layanan/sop/", "/layanan/sop/informasi/", "/layanan/sop/contoh/"):
        content = visitor.get(address).content.decode()
        links = [each for each in parsed(visitor.get(address)).xpath("//a/@href") if each.startswith("/")]
        assert [
            each
            for each in links
            if not each.startswith(("/layanan/", "/lacak/", "/berita/", "/akun/login/"))
        ] == []
        assert desk.case.number not in content


def test_sheets_are_typeset_once_and_given_again(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = visitor.get("/layanan/sop/informasi/unduh.pdf")
    assert first.content[:4] == b"%PDF"
    assert 'filename="SOP-B.3-informasi.pdf"' in first["Content-Disposition"]
    assert "public" in first["Cache-Control"]
    monkeypatch.setattr(views, "sop_pdf", lambda *_: pytest.fail("typeset again"))
    assert visitor.get("/layanan/sop/informasi/unduh.pdf").content == first.content


def test_a_page_may_be_kept_by_browsers_and_sets_no_cookie(visitor: Client) -> None:
    for address in ("/layanan/sop/", "/layanan/sop/informasi/"):
        response = visitor.get(address)
        assert "public" in response["Cache-Control"]
        assert not response.cookies
        assert visitor.post(address).status_code == 405


def test_the_sign_in_page_leads_there(visitor: Client) -> None:
    assert "/layanan/sop/" in parsed(visitor.get("/akun/login/")).xpath("//a/@href")


def test_the_applicant_is_told_his_own_part() -> None:
    told = explained(load(definition("informasi", steps=STEPS, clocks=CLOCKS, **PUBLIC)))
    assert told.applicant == "Pemohon"
    assert (told.needed, told.needed_later) == (["Formulir", "KTP"], ["Surat jawaban"])
    assert [step.own for step in told.steps] == [True, False, True, False]
    assert told.total == "2 hari kerja 30 menit"
    assert "Pemohon" not in told.served_by
    assert [(limit.step and limit.step.activity, limit.times) for limit in told.limits] == [
        ("Menjawab permohonan", ("10 hari kerja",))
    ]


def test_a_limit_that_depends_on_the_request_is_told_for_each_kind() -> None:
    fields = {"jenis": {"label": "Jenis", "type": "choice", "choices": {"a": "Aduan", "t": "Tanya"}}}
    steps = [{**STEPS[0], "asks": ["jenis"]}, *STEPS[1:]]
    clocks = [
        {"id": "satu", "from": "ajukan", "to": "selesai",
         "limit": {"by": "jenis", "choose": {"a": "14 hari kerja", "t": "5 hari kerja"}}},
        {"id": "dua", "from": "ajukan", "to": "jawab", "limit": {"rule": "contoh.batas"}},
    ]  # fmt: skip
    told = explained(load(definition("informasi", steps=steps, clocks=clocks, fields=fields, **PUBLIC)))
    assert [(limit.step, limit.times) for limit in told.limits[:1]] == [
        (None, ("Aduan: 14 hari kerja", "Tanya: 5 hari kerja"))
    ]
    assert told.limits[1].times == ("dihitung menurut peraturannya",)
