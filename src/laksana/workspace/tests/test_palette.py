"""The command palette: a few letters lead to pages, services, cases and SOPs, as far as the person may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from laksana.cases.tests.conftest import Desk
from laksana.workspace.tests.conftest import Browser


def links(client: Client, words: str) -> dict[str, list[str]]:
    """Return heading -> addresses."""
    page: Any = html.fromstring(f"<div>{client.get('/cari/lompat/', {'q': words}).content.decode()}</div>")
    titles = [title.text for title in page.xpath("//p[@class='cap']")]
    return dict(zip(titles, [part.xpath(".//a/@href") for part in page.xpath("//ul")], strict=True))


@pytest.fixture
def desk(begin: Callable[..., Desk]) -> Desk:
    """A case that anybody may know of."""
    fields = {"hal": {"label": "Hal", "type": "text"}}
    steps = [{"id": "catat", "asks": ["hal"]}, {"id": "akhir", "by": "kasubag", "then": "selesai"}]
    desk = begin(steps=steps, fields=fields, subject="{hal}")
    desk.do("catat", hal="Peminjaman aula")
    return desk


def test_without_words_it_shows_where_one_can_go(desk: Desk, browser: Browser) -> None:
    found = links(browser("staf"), "")
    assert list(found) == ["Go to"]
    assert {"/tugas/", "/kalender/", "/profil/"} <= set(found["Go to"])
    assert "/pekerjaan-gagal/" not in found["Go to"]


def test_words_lead_to_pages_services_cases_and_sops(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    assert links(client, "calen") == {"Go to": ["/kalender/"]}
    assert links(client, "contoh") == {
        "Start": ["/mulai/contoh/"], "Cases": [f"/berkas/{desk.case.number}/"], "SOPs": ["/sop/contoh/"],
    }  # fmt: skip
    assert links(client, "pinjam aula")["Cases"] == [f"/berkas/{desk.case.number}/"]
    assert "Start" not in links(browser("kepala"), "contoh")


def test_what_is_not_there_is_said(desk: Desk, browser: Browser) -> None:
    assert "Nothing found" in browser("staf").get("/cari/lompat/?q=zzz").content.decode()


def test_of_a_sealed_case_only_its_readers_see_the_subject(desk: Desk, browser: Browser) -> None:
    type(desk.case).objects.filter(pk=desk.case.pk).update(level="rahasia")
    answer = browser("kepala").get(f"/cari/lompat/?q={desk.case.number}").content.decode()
    assert "aula" not in answer


def test_a_stranger_gets_nothing(desk: Desk) -> None:
    assert Client().get("/cari/lompat/?q=contoh").status_code == 302
