"""The inbox, the page of a case, and what can be done there."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from laksana.cases import actions
from laksana.cases.models import Case, Draft, WorkItem
from laksana.cases.tests.conftest import MORNING, Desk, Office, definition, install
from laksana.people.models import Account
from laksana.workspace.tests.conftest import Browser, parsed

Begin = Callable[..., Desk]
STEPS: list[dict[str, Any]] = [
    {
        "id": "periksa", "decides": "Memeriksa", "by": "kasubag", "asks": ["catatan"],
        "outcomes": {"Ya": "akhir", "Tidak": "terima"},
    },
    {"id": "akhir", "by": "staf", "then": "selesai"},
]  # fmt: skip
FIELDS = {"catatan": {"label": "Catatan", "type": "text"}}


@pytest.fixture
def desk(begin: Begin) -> Desk:
    """A case that lies with the section head."""
    return begin(steps=STEPS, fields=FIELDS, subject="Permintaan data")


def url(desk: Desk, rest: str = "") -> str:
    """Return an address of the case."""
    return f"/berkas/{desk.case.number}/{rest}"


def step_url(desk: Desk, rest: str = "") -> str:
    """Return an address of its open step."""
    item = WorkItem.objects.get(case=desk.case, state="terbuka")
    return url(desk, f"langkah/{item.pk}/{rest}")


def said(client: Client, desk: Desk) -> str:
    """Return the text of the case's page as this person sees it."""
    return " ".join(parsed(client.get(url(desk))).text_content().split())


def test_what_waits_stands_in_the_inbox_of_whose_desk_it_lies_on(desk: Desk, browser: Browser) -> None:
    assert "Permintaan data" in browser("kasubag").get("/tugas/").content.decode()
    assert "Permintaan data" not in browser("sekretaris").get("/tugas/").content.decode()


def test_the_inbox_says_who_sent_it_and_what_is_left(desk: Desk, browser: Browser) -> None:
    tree = parsed(browser("kasubag").get("/tugas/"))
    [row] = tree.xpath("//table//tbody/tr")
    assert "Staf Contoh" in row.text_content()
    assert row.xpath(".//*[contains(@class, 'tag')]")[0].text_content().startswith(("Today", "Late"))


def test_the_inbox_can_be_narrowed_to_what_is_late_or_one_procedure(desk: Desk, browser: Browser) -> None:
    client = browser("kasubag")
    WorkItem.objects.filter(case=desk.case).update(due_at=MORNING - timedelta(days=1))
    assert "Permintaan data" in client.get("/tugas/?lewat=1").content.decode()
    assert "Permintaan data" not in client.get("/tugas/?sop=lain").content.decode()


def test_the_inbox_costs_as_many_queries_for_many_as_for_few(
    begin: Begin, office: Office, browser: Browser
) -> None:
    desk, client = begin(steps=STEPS, fields=FIELDS), browser("kasubag")
    client.get("/tugas/")
    with CaptureQueriesContext(connection) as few:
        client.get("/tugas/")
    for _ in range(12):
        actions.start(desk.case.procedure, office.staf, MORNING, values={})
    with CaptureQueriesContext(connection) as many:
        client.get("/tugas/")
    assert len(many) == len(few)


def test_a_step_is_done_on_the_page_of_its_case(desk: Desk, browser: Browser) -> None:
    client = browser("kasubag")
    tree = parsed(client.get(url(desk)))
    [form] = tree.xpath("//form[@id='formulir']")
    hidden = {field.get("name"): field.get("value") for field in form.xpath(".//input[@type='hidden']")}
    client.post(form.get("action"), {**hidden, "outcome": "Ya", "catatan": "Lengkap"})
    assert WorkItem.objects.get(case=desk.case, state="terbuka").step == "akhir"
    desk.case.refresh_from_db()
    assert desk.case.data["catatan"] == "Lengkap"


def test_a_decision_left_open_is_asked_for(desk: Desk, browser: Browser) -> None:
    response = browser("kasubag").post(step_url(desk), {"_revision": "1", "catatan": "x"})
    tree = parsed(response)
    assert response.status_code == 422
    assert tree.xpath("//section[@class='errors']//a/@href") == ["#f-outcome"]
    assert tree.xpath("//*[@id='f-catatan']/@value") == ["x"]


def test_whoever_comes_second_is_told_who_was_first_and_keeps_what_was_typed(
    desk: Desk, browser: Browser, office: Office
) -> None:
    client, address = browser("kasubag"), step_url(desk)
    desk.do("periksa", "kasubag", outcome="Ya")
    response = client.post(address, {"_revision": "1", "outcome": "Ya"}, follow=True)
    assert "Kasubag Contoh was first" in response.content.decode()
    assert WorkItem.objects.filter(case=desk.case, step="periksa", state="selesai").count() == 1


def test_an_old_view_of_a_step_does_not_overwrite_a_newer_one(desk: Desk, browser: Browser) -> None:
    item = desk.item("periksa")
    actions.claim(item.pk, item.revision, desk.office.kasubag, desk.at)
    response = browser("kasubag").post(step_url(desk), {"_revision": "1", "outcome": "Ya", "catatan": "lama"})
    assert response.status_code == 302
    assert desk.item("periksa").state == "terbuka"
    assert Draft.objects.get().data["raw"]["catatan"] == "lama"


@pytest.mark.parametrize("who", ["sekretaris", "staf2"])
def test_the_step_of_another_desk_can_be_neither_opened_nor_done(
    desk: Desk, browser: Browser, who: str
) -> None:
    client = browser(who)
    assert client.post(step_url(desk), {"_revision": "1", "outcome": "Ya"}).status_code == 302
    assert client.post(step_url(desk, "isian/"), {}).status_code == 409
    assert client.post(step_url(desk, "draf/"), {}).status_code == 409
    assert desk.item("periksa").state == "terbuka"
    assert not Draft.objects.exists()


def test_a_case_that_one_may_not_know_of_is_not_found(begin: Begin, browser: Browser) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, data={"classification": "terbatas", "retention": "1 tahun"})
    client = browser("sekretaris")
    assert client.get(url(desk)).status_code == 404
    for rest in (
        "komentar/",
        "lampiran/",
        "batal/",
        "langkah/1/ambil/",
        "langkah/1/limpahkan/",
        "langkah/1/",
    ):
        assert client.post(url(desk, rest), {"text": "x", "reason": "x"}).status_code == 404, rest
    assert "SM" not in client.get("/berkas/").content.decode()
    assert client.get("/berkas/TIDAK-ADA/2026/0001/").status_code == 404


def test_a_sealed_case_shows_its_cover_only(begin: Begin, browser: Browser) -> None:
    fields = {
        "pengirim": {"label": "Pengirim", "type": "text", "envelope": True},
        "isi": {"label": "Isi", "type": "text"},
        "sifat": {"label": "Sifat", "type": "choice", "choices": {"rahasia": "Rahasia", "biasa": "Biasa"}},
    }
    steps = [
        {"id": "catat", "asks": ["pengirim", "isi", "sifat"]},
        {"id": "baca", "by": "kepala"},
        {"id": "simpan", "by": "sekretaris", "then": "selesai"},
    ]
    levels = {"rahasia": "rahasia", "biasa": "terbuka"}
    access = {"by": "sifat", "levels": levels, "readers": ["kepala"]}
    sealed = {"classification": "rahasia", "retention": "1 tahun", "access": access}
    desk = begin(steps=steps, fields=fields, data=sealed, subject="{isi}")
    desk.do("catat", pengirim="Kejaksaan", isi="Perkara gelap", sifat="rahasia")
    desk.do("baca", "kepala")
    actions.comment(desk.case.pk, desk.office.kepala, "Hanya untuk kita", desk.at)
    cover, whole = said(browser("sekretaris"), desk), said(browser("kepala"), desk)
    assert "Kejaksaan" in cover
    assert "Perkara gelap" not in cover
    assert "Hanya untuk kita" not in cover
    assert "Perkara gelap" in whole
    assert "Hanya untuk kita" in whole
    for list_page in ("/tugas/", "/berkas/"):
        assert "Perkara gelap" not in browser("sekretaris").get(list_page).content.decode()


def test_a_step_is_taken_given_back_and_delegated(desk: Desk, browser: Browser) -> None:
    client = browser("kasubag")
    client.post(step_url(desk, "ambil/"), {"_revision": "1"})
    assert desk.item("periksa").claimed_by == desk.office.kasubag
    client.post(step_url(desk, "lepas/"), {"_revision": "2"})
    assert desk.item("periksa").claimed_by is None
    client.post(
        step_url(desk, "limpahkan/"), {"_revision": "3", "to": str(desk.office.staf2.pk), "reason": "Cuti"}
    )
    assert desk.item("periksa").desk == f"person:{desk.office.staf2.pk}"
    assert "Cuti" in said(browser("staf2"), desk)


def test_a_refusal_is_told_on_the_page(desk: Desk, browser: Browser) -> None:
    response = browser("kasubag").post(
        step_url(desk, "limpahkan/"), {"_revision": "1", "to": ""}, follow=True
    )
    assert "Choose to whom the step goes." in response.content.decode()


def test_the_last_step_can_be_taken_back_until_the_next_begins(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    [action] = re.findall(r'action="([^"]+/tarik/)"', client.get(url(desk)).content.decode())
    client.post(action)
    assert WorkItem.objects.get(case=desk.case, state="terbuka").step == "terima"


def test_a_comment_and_a_file_enter_the_history(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    client.post(url(desk, "komentar/"), {"text": "Mohon dipercepat <script>"})
    content = client.get(url(desk)).content.decode()
    assert "Mohon dipercepat &lt;script&gt;" in content


def test_a_case_is_cancelled_with_a_reason_only(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    client.post(url(desk, "batal/"), {"reason": " "})
    desk.case.refresh_from_db()
    assert desk.case.state == Case.State.RUNNING
    client.post(url(desk, "batal/"), {"reason": "Ditarik pemohon"})
    desk.case.refresh_from_db()
    assert desk.case.state == Case.State.CANCELLED
    assert "Ditarik pemohon" in said(client, desk)


def test_the_history_sets_real_against_standard_time(desk: Desk, browser: Browser) -> None:
    assert "0 minutes of 30 menit" in said(browser("kasubag"), desk)


def test_nothing_is_changed_by_following_a_link(desk: Desk, browser: Browser) -> None:
    client = browser("kasubag")
    for rest in ("ambil/", "lepas/", "limpahkan/", "tarik/", "isian/", "draf/"):
        assert client.get(step_url(desk, rest)).status_code == 405


def test_a_step_that_one_records_for_an_outside_party_asks_for_evidence(
    begin: Begin, browser: Browser
) -> None:
    outside = {"bkpsdm": {"title": "BKPSDM", "is": "outside", "recorded_by": "position kasubag"}}
    desk = begin(
        steps=[{"id": "jawab", "by": "bkpsdm"}, {"id": "akhir", "then": "selesai"}], performers=outside
    )
    client = browser("kasubag")
    response = client.post(step_url(desk), {"_revision": "1"})
    assert response.status_code == 422
    assert b'href="#f-evidence"' in response.content
    client.post(step_url(desk), {"_revision": "1", "evidence": "Surat 12/BKPSDM"})
    assert WorkItem.objects.get(case=desk.case, state="terbuka").step == "akhir"


def test_the_tree_shows_whom_a_case_reached_and_who_is_late(begin: Begin, browser: Browser) -> None:
    rows = {
        "penerima": {
            "label": "Penerima", "type": "table",
            "columns": {"kepada": {"label": "Kepada", "type": "assignee"}, "pesan": {"label": "Pesan", "type": "text"}},
        }
    }  # fmt: skip
    steps = [
        {"id": "bagi", "asks": ["penerima"]},
        {"id": "kerja", "by": "penerima", "for_each": "penerima"},
        {"id": "himpun", "gathers": "kerja", "then": "selesai"},
    ]
    desk = begin(
        steps=steps, fields=rows, performers={"penerima": {"title": "Penerima", "is": "each kepada"}}
    )
    desk.do(
        "bagi",
        penerima=[
            {"kepada": "position:kasubag", "pesan": "Segera"},
            {"kepada": "position:kepala", "pesan": ""},
        ],
    )
    WorkItem.objects.filter(case=desk.case, instance="1").update(due_at=MORNING)
    tree = parsed(browser("staf").get(url(desk)))
    first, second = tree.xpath("//*[contains(@class, 'node')]")
    assert "Kasubag" in first.text_content()
    assert "Segera" in first.text_content()
    assert "late" in first.get("class")
    assert "late" not in second.get("class")


def test_the_search_finds_by_word_and_leads_a_whole_number_to_its_case(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    assert "Permintaan data" in client.get("/berkas/?q=permintaan").content.decode()
    assert "Permintaan data" not in client.get("/berkas/?q=sepeda").content.decode()
    assert client.get(f"/berkas/?q={desk.case.number.lower()}")["Location"] == url(desk)


def test_a_file_is_given_only_to_who_may_see_the_content(begin: Begin, browser: Browser) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, data={"classification": "terbatas", "retention": "1 tahun"})
    client = browser("staf")
    client.post(url(desk, "lampiran/"), {"files": _png()})
    key = desk.case.attachments.get().pk
    shown = client.get(f"/lampiran/{key}/")
    assert b"".join(cast("Any", shown).streaming_content).startswith(b"\x89PNG")
    assert shown["Content-Type"] == "image/png"
    assert shown["X-Content-Type-Options"] == "nosniff"
    download = client.get(f"/lampiran/{key}/?unduh=1")
    assert b"".join(cast("Any", download).streaming_content)
    assert download["Content-Disposition"].startswith("attachment")
    assert browser("sekretaris").get(f"/lampiran/{key}/").status_code == 404
    assert Client().get(f"/lampiran/{key}/").status_code == 302


def test_a_file_that_a_browser_could_run_is_only_downloaded(desk: Desk, browser: Browser) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = browser("staf")
    page = SimpleUploadedFile("halaman.html", b"<html><script>alert(1)</script></html>", "text/html")
    client.post(url(desk, "lampiran/"), {"files": page})
    for attachment in desk.case.attachments.all():
        response = client.get(f"/lampiran/{attachment.pk}/")
        assert b"".join(cast("Any", response).streaming_content)
        assert "inline" not in response["Content-Disposition"] or response["Content-Type"].startswith(
            "text/plain"
        )


def _png() -> Any:
    from laksana.workspace.tests.test_forms import png

    return png()


def test_a_procedure_not_in_force_is_not_found(office: Office, browser: Browser) -> None:
    install(definition("kelak", steps=[{"id": "a"}, {"id": "b"}, {"id": "c", "then": "selesai"}]))
    assert browser("staf").get("/mulai/tidak-ada/").status_code == 404
    assert browser("staf").get("/sop/tidak-ada/").status_code == 404


def test_an_administrator_places_a_step_that_lies_on_nobodys_desk(desk: Desk, browser: Browser) -> None:
    WorkItem.objects.filter(case=desk.case, state="terbuka").update(desk="group:kosong")
    client, address = browser("staf2"), step_url(desk, "limpahkan/")
    assert address not in client.get(url(desk)).content.decode()
    Account.objects.filter(username="staf2").update(is_staff=True)
    assert address in client.get(url(desk)).content.decode()
    client.post(address, {"_revision": "1", "to": str(desk.office.kasubag.pk)})
    assert desk.item("periksa").desk == f"person:{desk.office.kasubag.pk}"


def test_who_gave_work_takes_it_back_on_the_page_with_a_reason(begin: Begin, browser: Browser) -> None:
    columns = {"kepada": {"label": "Kepada", "type": "assignee"}}
    desk = begin(
        steps=[
            {"id": "bagi", "asks": ["penerima"]},
            {"id": "kerja", "by": "penerima", "for_each": {"field": "penerima", "recall": True}},
            {"id": "tutup", "then": "selesai"},
        ],
        fields={"penerima": {"label": "Penerima", "type": "table", "columns": columns}},
        performers={"penerima": {"title": "Penerima", "is": "each kepada"}},
    )
    desk.do("bagi", penerima=[{"kepada": f"position:{code}"} for code in ("kasubag", "sekretaris")])
    assert not parsed(browser("kepala").get(url(desk))).xpath("//form[contains(@action, '/cabut/')]")
    giver = browser("staf")
    first, second = parsed(giver.get(url(desk))).xpath("//form[contains(@action, '/cabut/')]")
    hidden = {field.get("name"): field.get("value") for field in first.xpath(".//input[@type='hidden']")}
    assert hidden["_key"] != second.xpath(".//input[@name='_key']/@value")[0]
    giver.post(first.get("action"), {**hidden, "reason": ""})
    assert desk.open == ["kerja@1", "kerja@2"]
    for _time in range(2):  # a second click
        giver.post(first.get("action"), {**hidden, "reason": "Salah alamat"})
    assert desk.open == ["kerja@2"]
    words = said(giver, desk)
    assert "Taken back from Kasubag" in words
    assert "Salah alamat" in words
    assert "taken back by its giver" in words
