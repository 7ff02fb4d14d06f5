"""Every other page answers, to whom it should and to nobody else."""

import gzip
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override
from django.views import defaults

from laksana.cases.tests.conftest import Desk, Office, definition, install
from laksana.notices.services import When, email_choice, notify, unread_count
from laksana.people.models import Account
from laksana.workspace.tests.conftest import Browser, parsed

PAGES = [
    "/tugas/", "/mulai/", "/berkas/", "/sop/", "/sop/contoh/", "/register/", "/register/contoh/buku/", "/nomor/", "/kinerja/",
    "/kinerja/contoh/", "/organisasi/", "/kalender/", "/kalender/?bulan=2026-12", "/pemberitahuan/", "/profil/",
]  # fmt: skip
BOOK = [{"id": "buku", "title": "Buku Contoh", "at": "catat", "columns": ["hal", "tanggal"]}]


@pytest.fixture
def desk(begin: Callable[..., Desk]) -> Desk:
    """A case of a procedure with a book."""
    fields = {"hal": {"label": "Hal", "type": "text"}, "tanggal": {"label": "Tanggal", "type": "date"}}
    steps = [{"id": "catat", "asks": ["hal", "tanggal"]}, {"id": "akhir", "by": "kasubag", "then": "selesai"}]
    desk = begin(steps=steps, fields=fields, registers=BOOK)
    desk.do("catat", hal="=1+1", tanggal="2026-11-10")
    return desk


@pytest.mark.parametrize("page", PAGES)
def test_the_page_answers_an_employee_with_one_heading_and_a_title(
    desk: Desk, browser: Browser, page: str
) -> None:
    response = browser("staf").get(page)
    assert response.status_code == 200
    tree = parsed(response)
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("//title")[0].text.endswith("Laksana")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("page", [*PAGES, "/pekerjaan-gagal/"])
def test_the_page_asks_a_stranger_to_sign_in_and_leads_back(desk: Desk, page: str) -> None:
    response = Client().get(page)
    assert response.status_code == 302
    assert response["Location"].startswith("/akun/login/?next=")


def test_an_account_that_belongs_to_nobody_is_told_so(office: Office) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(Account.objects.create_user("tamu"))
    response = client.get("/tugas/")
    assert response.status_code == 403
    assert "belongs to no employee" in response.content.decode()


def test_failed_jobs_are_for_administrators(browser: Browser, office: Office) -> None:
    client = browser("staf")
    assert client.get("/pekerjaan-gagal/").status_code == 403
    Account.objects.filter(username="staf").update(is_staff=True)
    assert client.get("/pekerjaan-gagal/").status_code == 200
    assert client.post("/pekerjaan-gagal/", {"job": "x", "what": "retry"}).status_code == 302


def test_a_procedure_is_downloaded_in_every_form(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    marks = {"yaml": b"id: contoh", "svg": b"<svg", "bpmn": b"<definitions", "pdf": b"%PDF"}
    for form, mark in marks.items():
        response = client.get(f"/sop/contoh/unduh.{form}")
        assert mark in response.content[:300], form
        assert f".{form}" in response["Content-Disposition"]
    assert client.get("/sop/contoh/unduh.exe").status_code == 404


def test_a_book_is_shown_by_its_period(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    assert "=1+1" in client.get("/register/contoh/buku/?tahun=2026&bulan=11").content.decode()
    assert "=1+1" not in client.get("/register/contoh/buku/?tahun=2026&bulan=10").content.decode()
    assert client.get("/register/contoh/lain/").status_code == 404


def test_the_theme_is_chosen_kept_and_given_up_again(browser: Browser, office: Office) -> None:
    client = browser("staf")
    response = client.post("/tema/", {"theme": "dark", "next": "/profil/"})
    assert response["Location"] == "/profil/"
    assert '<html lang="en" data-theme="dark">' in client.get("/profil/").content.decode()
    client.post("/tema/", {"theme": "auto"})
    assert "data-theme=" not in client.get("/profil/").content.decode().split("<head>")[0]
    assert client.post("/tema/", {"theme": "dark", "next": "https://jahat.example/"})["Location"] == "/"


def test_faults_have_pages_in_the_look(office: Office) -> None:
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    response = client.get("/tidak/ada/")
    assert response.status_code == 404
    assert "cannot find this page" in response.content.decode()
    with override("en"):
        assert b"went wrong here" in defaults.server_error(RequestFactory().get("/")).content


def test_a_strange_page_number_or_month_is_no_fault(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    for page in ("/tugas/?hal=-1", "/berkas/?hal=9999999999999", "/berkas/?hal=x", "/kalender/?bulan=2026-13",
                 "/kalender/?bulan=99999999-1", "/register/contoh/buku/?tahun=0&bulan=99"):  # fmt: skip
        assert client.get(page).status_code == 200, page


def test_the_page_is_not_framed_and_runs_only_our_own_scripts(browser: Browser, office: Office) -> None:
    policy = browser("staf").get("/tugas/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy


def test_definitions_never_reach_the_page_unescaped(office: Office, browser: Browser) -> None:
    steps = [{"id": "a", "does": "Mengisi <b>tebal</b>"}, {"id": "b"}, {"id": "c", "then": "selesai"}]
    install(definition("tajam", steps=steps, title="<script>x</script>"))
    for page in ("/sop/", "/sop/tajam/", "/mulai/", "/mulai/tajam/"):
        content = browser("staf").get(page).content.decode()
        assert "<script>x" not in content
        assert "<b>tebal" not in content


def test_following_a_notice_reads_it_and_leads_to_what_it_speaks_of(
    desk: Desk, browser: Browser, at: datetime
) -> None:
    told = notify(desk.office.staf, "tugas", "Ada tugas", "/tugas/", at)
    strange = notify(desk.office.staf, "tugas", "Jebakan", "https://jahat.example/", at)
    client = browser("staf")
    assert "Ada tugas" in client.get("/pemberitahuan/").content.decode()
    assert client.get(f"/pemberitahuan/{told.pk}/")["Location"] == "/tugas/"
    assert client.get(f"/pemberitahuan/{strange.pk}/")["Location"] == "/pemberitahuan/"
    assert unread_count(desk.office.staf) == 0
    assert browser("staf2").get(f"/pemberitahuan/{told.pk}/").status_code == 404


def test_all_notices_are_marked_as_read_at_once(desk: Desk, browser: Browser, at: datetime) -> None:
    notify(desk.office.staf, "tugas", "Ada tugas", "/tugas/", at)
    browser("staf").post("/pemberitahuan/")
    assert unread_count(desk.office.staf) == 0


def test_how_one_is_told_by_e_mail_is_chosen_in_the_profile(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    client.post("/profil/", {"when": "harian"})
    assert email_choice(desk.office.staf) == When.DAILY
    client.post("/profil/", {"when": "kapan saja"})
    assert email_choice(desk.office.staf) == When.DAILY


def test_the_page_itself_is_light(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    for page in ("/tugas/", "/mulai/", "/sop/contoh/"):
        assert len(gzip.compress(client.get(page).content)) < 20_000


def test_the_calendar_shows_what_one_has_and_its_feed_is_shown_once(desk: Desk, browser: Browser) -> None:
    client = browser("kasubag")
    page = parsed(client.get("/kalender/?bulan=2026-11"))
    [link] = page.xpath("//dl[@class='agenda']//a")
    assert desk.case.number in link.text_content()
    assert page.xpath("//table[@class='month']//a[@class='many']/@href") == ["#hari-10"]
    [address] = parsed(client.post("/kalender/umpan/nyala/")).xpath("//input[@id='alamat-umpan']/@value")
    assert "akhir" in Client().get(address.removeprefix("http://testserver")).content.decode().lower()
    assert address not in client.get("/kalender/").content.decode()
    client.post("/kalender/umpan/mati/")
    assert Client().get(address.removeprefix("http://testserver")).status_code == 404
