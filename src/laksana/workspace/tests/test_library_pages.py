"""The SOP library in the workspace: the whole book by section and by words, and the page of each procedure."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from laksana.cases.tests.conftest import Desk, Office, definition, install
from laksana.workspace.tests.conftest import Browser, parsed

STEPS: list[dict[str, Any]] = [{"id": "a"}, {"id": "b", "by": "kasubag"}, {"id": "c", "then": "selesai"}]
SHELF = "//*[contains(@class, 'shelf')]//h3/a"


@pytest.fixture
def clerk(office: Office, browser: Browser) -> Client:
    """A clerk, in an office with three procedures in two sections."""
    starting = [{"id": "a"}, {"id": "b", "by": "kasubag", "starts": "keluar"}, {"id": "c", "then": "selesai"}]
    parts: dict[str, dict[str, Any]] = {
        "masuk": {"code": "A.7", "title": "Pengelolaan Surat Masuk", "steps": starting, "related": ["keluar"]},
        "keluar": {"code": "A.8", "title": "Pengelolaan Surat Keluar", "kind": "penugasan", "related": ["masuk", "sandi"]},
        "sandi": {"code": "D.6", "title": "Pengiriman Sandi", "unit": "Bidang Komunikasi", "owner": "Seksi Persandian"},
    }  # fmt: skip
    for name, part in parts.items():
        install(definition(name, **({"steps": STEPS} | part)))
    return browser("staf")


def shown(client: Client, **asked: str) -> list[str]:
    return [
        address.rsplit("/", 2)[1] for address in parsed(client.get("/sop/", asked)).xpath(f"{SHELF}/@href")
    ]


def test_the_book_is_listed_by_section_with_how_many_each_has(clerk: Client) -> None:
    tree = parsed(clerk.get("/sop/"))
    assert tree.xpath("//main//h2/text()") == ["A. Sekretariat", "D. Bidang Komunikasi"]
    tabs = tree.xpath("//nav[@class='tabs']/a")
    assert [" ".join(tab.text_content().split()) for tab in tabs] == [
        "All 3", "A. Sekretariat 2", "D. Bidang Komunikasi 1"
    ]  # fmt: skip
    assert shown(clerk) == ["masuk", "keluar", "sandi"]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"bagian": "D"}, ["sandi"]),
        ({"bagian": "d"}, ["sandi"]),
        ({"pemilik": "Seksi Persandian"}, ["sandi"]),
        ({"jenis": "penugasan"}, ["keluar"]),
        ({"jenis": "layanan", "bagian": "A"}, ["masuk"]),
        ({"bagian": "Z"}, []),
        ({"q": "mengelola surat"}, ["masuk", "keluar"]),
        ({"q": "surat", "jenis": "penugasan"}, ["keluar"]),
        ({"q": "mengirim"}, ["sandi"]),
        ({"q": "kelola", "bagian": "D"}, []),
        ({"q": "a.8"}, ["keluar"]),
        ({"q": "<script>"}, []),
    ],
)
def test_filters_and_words_narrow_the_list(clerk: Client, asked: dict[str, str], left: list[str]) -> None:
    assert shown(clerk, **asked) == left


def test_a_larger_book_takes_no_more_queries(clerk: Client) -> None:
    def queries() -> int:
        clerk.get("/sop/")
        with CaptureQueriesContext(connection) as captured:
            clerk.get("/sop/", {"q": "surat"})
        return len(captured)

    before = queries()
    for number in range(5):
        install(definition(f"lagi-{number}", steps=STEPS, code=f"B.{number}"))
    assert queries() == before


def test_words_are_marked_and_filters_stay_while_one_searches(clerk: Client) -> None:
    tree = parsed(clerk.get("/sop/", {"q": "mengelola surat", "jenis": "layanan", "bagian": "A"}))
    assert tree.xpath(f"{SHELF}/mark/text()") == ["Pengelolaan", "Surat"]
    assert tree.xpath("//select[@name='jenis']/option[@selected]/@value") == ["layanan"]
    assert tree.xpath("//input[@name='bagian']/@value") == ["A"]
    assert "q=mengelola+surat" in tree.xpath("//nav[@class='tabs']/a/@href")[1]
    assert tree.xpath("//nav[@class='tabs']/a[@aria-current]")[0].text_content().startswith("A.")


def test_a_procedure_names_its_relations_in_both_directions(clerk: Client) -> None:
    def related(name: str) -> list[str]:
        section = parsed(clerk.get(f"/sop/{name}/")).xpath("//section[@aria-labelledby='kaitan']")[0]
        return [each.text_content().strip() for each in section.xpath(".//h3 | .//li")]

    assert related("masuk") == ["It starts", "A.8 Pengelolaan Surat Keluar"]
    assert related("keluar") == [
        "It is started by", "A.7 Pengelolaan Surat Masuk", "Also related", "D.6 Pengiriman Sandi"
    ]  # fmt: skip
    assert related("sandi") == ["A.8 Pengelolaan Surat Keluar"]


def test_a_legal_basis_that_nobody_checked_is_marked_and_counted(office: Office, browser: Browser) -> None:
    bases = [{"cite": "UU 1/2000", "about": "satu", "checked": True}, {"cite": "UU 2/2000", "about": "dua"}]
    install(definition("dasar", steps=STEPS, legal_basis=bases))
    section = parsed(browser("staf").get("/sop/dasar/")).xpath("//section[@aria-labelledby='dasar']")[0]
    assert [bool(each.xpath(".//*[contains(@class, 'tag')]")) for each in section.xpath(".//li")] == [
        False,
        True,
    ]
    assert "1 of 2 has not been held against its source yet" in section.text_content()


def test_only_cases_that_the_viewer_may_know_of_are_shown(
    begin: Callable[..., Desk], browser: Browser
) -> None:
    desk = begin(steps=[{"id": "a", "by": "kasubag"}, {"id": "b", "by": "kasubag", "then": "selesai"}],
                 data={"classification": "terbatas"}, by="kasubag")  # fmt: skip

    def cases(who: str) -> Any:
        return parsed(browser(who).get(f"/sop/{desk.case.procedure}/")).xpath(
            "//section[@aria-labelledby='berkas']"
        )[0]

    assert desk.case.number in cases("kasubag").text_content()
    assert "Running: 1" in cases("kasubag").text_content()
    assert desk.case.number not in cases("staf2").text_content()
    assert "Running: 0" in cases("staf2").text_content()


def test_a_public_procedure_leads_to_its_page_for_citizens(office: Office, browser: Browser) -> None:
    install(definition("terbuka", steps=STEPS, public=True))
    assert "/layanan/sop/terbuka/" in parsed(browser("staf").get("/sop/terbuka/")).xpath("//main//a/@href")
