"""The user's guide: every chapter is reached, nothing leads nowhere, everybody finds his own; the tour comes once."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from laksana.cases import services
from laksana.cases.tests.conftest import Desk, Office
from laksana.people.models import Account, Position
from laksana.web import guide
from laksana.workspace.models import TourTaken
from laksana.workspace.tests.conftest import Browser, parsed


def test_every_chapter_is_listed_and_all_its_pictures_and_links_resolve(
    office: Office, browser: Browser
) -> None:
    client = browser("staf")
    listed = parsed(client.get("/panduan/")).xpath("//main//h2/a/@href")
    assert listed == [f"/panduan/{slug}/" for slug in guide.chapters()]
    pictures = set()
    for address in listed:
        article = parsed(client.get(address)).xpath("//article")[0]
        assert article.xpath(".//h2"), address
        for image in article.xpath(".//img"):
            assert image.get("alt"), address
            assert finders.find(image.get("src").removeprefix(settings.STATIC_URL)), image.get("src")
            pictures.add(image.get("src"))
        for link in article.xpath(".//a[not(img)]/@href"):
            assert client.get(link).status_code == 200, (address, link)
        anchors = parsed(client.get(address)).xpath("//nav[@aria-labelledby='isi-bab']//a/@href")
        assert [each.removeprefix("#") for each in anchors] == article.xpath(".//h2/@id")
        assert len(set(anchors)) == len(anchors)
    assert len(pictures) == 15


def test_every_chapter_has_its_file_and_every_file_its_chapter() -> None:
    assert {file.stem for file in guide.FOLDER.glob("*.md")} == set(guide.chapters())


def test_help_leads_to_the_chapter_of_ones_work(office: Office, browser: Browser) -> None:
    client = browser("staf")
    assert "/panduan/saya/" in parsed(client.get("/profil/")).xpath("//nav//a/@href")
    assert client.get("/panduan/saya/")["Location"] == "/panduan/operator/"
    Account.objects.filter(username="staf").update(is_staff=True)
    assert client.get("/panduan/saya/")["Location"] == "/panduan/administrator/"
    Position.objects.filter(code="kepala").update(heads_unit=True)
    assert browser("kepala").get("/panduan/saya/")["Location"] == "/panduan/pejabat/"


@pytest.mark.parametrize(
    ("positions", "heads", "slug"),
    [
        ({"arsiparis"}, False, "petugas-persuratan"),
        ({"kabid-diseminasi", "pptk"}, True, "ppid"),
        ({"penelaah-keuangan", "bendahara-pengeluaran"}, False, "pengelola-kepegawaian-dan-keuangan"),
        ({"kepala-dinas"}, True, "pejabat"),
        ({"kasi-112"}, False, "pejabat"),
        ({"operator-112"}, False, "operator"),
        (set(), False, "operator"),
    ],
)
def test_a_chapter_is_chosen_by_position(positions: set[str], heads: bool, slug: str) -> None:
    assert guide.chapter_for(frozenset(positions), heads=heads) == slug


def test_only_the_chapter_for_citizens_is_public(office: Office) -> None:
    stranger = Client()
    page = stranger.get("/layanan/panduan/")
    assert page.status_code == 200
    assert parsed(page).xpath("//article//a[img]")
    for link in parsed(page).xpath("//article//a[not(img)]/@href"):
        assert stranger.get(link).status_code == 200, link
    assert "/layanan/panduan/" in parsed(stranger.get("/layanan/privasi/")).xpath("//footer//a/@href")
    assert stranger.get("/panduan/pejabat/")["Location"].startswith("/akun/login/")


def test_a_chapter_that_is_not_there_is_not_found(office: Office, browser: Browser) -> None:
    assert browser("staf").get("/panduan/chapters/").status_code == 404


def test_the_tour_is_shown_until_taken_once_for_an_account_and_again_when_asked(
    office: Office, browser: Browser
) -> None:
    def shown(client: Client, address: str = "/tugas/") -> bool:
        return bool(parsed(client.get(address)).xpath("//dialog[@id='tur']"))

    first = browser("staf")
    assert shown(first)
    assert shown(first), "it was neither taken nor skipped"
    card = parsed(first.get("/tugas/")).xpath("//noscript[.//dl]")[0]
    assert all(first.get(link).status_code in (200, 302) for link in card.xpath(".//dt/a/@href"))
    assert first.post("/tur/")["Location"] == "/tugas/"
    assert not shown(first)
    assert not shown(browser("staf")), "another device knows it"
    assert shown(browser("kepala")), "it is each account's own"
    again = first.get("/tugas/")
    assert shown(first, next(a for a in parsed(again).xpath("//*[@id='me-menu']//a/@href") if "tur" in a))
    assert first.post("/tur/").status_code == 302
    assert TourTaken.objects.filter(account__username="staf").count() == 1


def test_a_step_shows_what_the_sop_says_of_it(begin: Callable[..., Desk], browser: Browser) -> None:
    steps = [
        {"id": "isi", "needs": ["Surat kuasa"], "gives": "Berkas lengkap"},
        {"id": "akhir", "then": "selesai"},
    ]
    desk = begin(steps=steps)
    page = parsed(browser("staf").get(f"/berkas/{desk.case.number}/langkah/{desk.item('isi').pk}/"))
    told = page.xpath("//details[contains(@class, 'step-help')]")[0].text_content()
    assert "Surat kuasa" in told
    assert "Berkas lengkap" in told
    assert str(services.definition(desk.case).step("isi").time) in told
