"""The page on which an SOP is revised: what is typed is kept, told row by row, compared, and never written over unseen."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from laksana.cases.models import SopVersion
from laksana.cases.tests.conftest import Desk, Office, definition, install
from laksana.library.models import SopDraft
from laksana.people.models import Account, Group
from laksana.sop.revising import Way, table_of, with_rows
from laksana.workspace.tests.conftest import Browser, parsed

URL = "/sop/contoh/revisi/"
HX = {"HX-Request": "true"}
STEPS: list[dict[str, Any]] = [
    {"id": "terima", "does": "Menerima surat"},
    {"id": "periksa", "decides": "Memeriksa surat", "by": "kasubag", "outcomes": {"Ya": "kirim", "Tidak": "terima"}},
    {"id": "kirim", "does": "Mengirim surat", "then": "selesai"},
]  # fmt: skip
BOOK = sorted((Path(__file__).parents[2] / "library").glob("*/*/sop.yaml"))


@pytest.fixture
def team(office: Office) -> Group:
    """The team that drafts SOPs: the two clerks."""
    group = Group.objects.create(code="tim-penyusun-sop", name="Tim Penyusun SOP")
    group.people.set([office.staf, office.staf2])
    return group


@pytest.fixture
def officer(team: Group, browser: Browser) -> Client:
    """The browser of one of the team, who has begun a draft of a small SOP."""
    install(definition(steps=STEPS))
    client = browser("staf")
    client.post(URL + "mulai/")
    return client


def draft() -> SopDraft:
    return SopDraft.objects.get(procedure="contoh", state="disusun")


def form(client: Client, url: str = URL) -> dict[str, list[str]]:
    """Return what the page's form would send if nothing was typed."""
    page = parsed(client.get(url))
    sent: dict[str, list[str]] = {}
    for name, value in page.xpath("//form[@id='rancangan']")[0].form_values():
        sent.setdefault(name, []).append(value)
    return sent


def activities() -> list[str]:
    return [row.activity for row in table_of(draft().data).rows]


@pytest.mark.parametrize("file", BOOK, ids=lambda file: file.parent.name)
def test_a_page_sent_as_it_was_shown_changes_no_procedure_of_the_book(
    file: Path, team: Group, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("laksana.workspace.revision_page.draft_chart", lambda *given: "")
    version = install(file.read_text(encoding="utf-8"))
    SopVersion.objects.filter(pk=version.pk).update(effective="2026-01-01")
    url, client = f"/sop/{version.procedure}/revisi/", browser("staf")
    client.post(url + "mulai/")
    before = SopDraft.objects.get(procedure=version.procedure)
    assert client.post(url, form(client, url)).status_code == 302
    after = SopDraft.objects.get(procedure=version.procedure)
    assert after.data == before.data
    assert after.revision == 1


def test_what_is_typed_is_kept_and_told_at_its_row(officer: Client) -> None:
    sent = form(officer) | {"terima.time": ["3 harii"], "terima.note": ["Baru"]}
    page = parsed(officer.post(URL, sent, headers=HX))
    [finding] = page.xpath("//*[@id='temuan-terima']/li[contains(@class, 'error')]")
    assert "30 menit" in finding.text_content()
    assert page.xpath("//*[@id='temuan-kirim']/li[contains(@class, 'error')]") == []
    assert page.xpath("//*[contains(@class, 'row wrong')]")
    assert draft().revision == 2
    row = table_of(draft().data).rows[0]
    assert (row.time, row.note) == ("3 harii", "Baru")


def test_what_the_draft_changes_is_shown_cell_by_cell(officer: Client) -> None:
    officer.post(URL, form(officer) | {"terima.time": ["2 jam"]})
    [change] = parsed(officer.get(URL)).xpath("//ul[@class='changes']/li")
    assert change.xpath(".//del/text()") == ["30 menit"]
    assert change.xpath(".//ins/text()") == ["2 jam"]


def test_without_script_a_row_is_added_moved_and_removed_by_buttons(officer: Client) -> None:
    response = officer.post(URL, form(officer) | {"_do": "tambah:terima"})
    assert response["Location"] == URL + "#baris-langkah-baru"
    assert activities() == ["Menerima surat", "", "Memeriksa surat", "Mengirim surat"]
    sent = form(officer) | {"langkah-baru.activity": ["Mencatat surat"], "_do": "turun:langkah-baru"}
    officer.post(URL, sent)
    assert activities() == ["Menerima surat", "Memeriksa surat", "Mencatat surat", "Mengirim surat"]
    officer.post(URL, form(officer) | {"_do": "naik:terima"})
    assert activities()[0] == "Menerima surat"
    officer.post(URL, form(officer) | {"_do": "hapus:langkah-baru"})
    assert len(activities()) == 3


def test_where_rows_lead_follows_them_when_they_move(officer: Client) -> None:
    assert form(officer)["periksa.to"] == ["3", "1"]
    officer.post(URL, form(officer) | {"_do": "naik:periksa"})
    assert form(officer)["periksa.to"] == ["3", "2"]
    assert table_of(draft().data).rows[0].ways == (Way("Ya", ("kirim",)), Way("Tidak", ("terima",)))


def test_a_row_becomes_a_decision_and_gets_another_exit(officer: Client) -> None:
    page = parsed(
        officer.post(URL, form(officer) | {"terima.kind": ["putusan"], "_do": "jenis:terima"}, headers=HX)
    )
    assert page.xpath("//input[@name='terima.label']/@value") == ["Ya", "Tidak"]
    page = parsed(officer.post(URL, form(officer) | {"_do": "jalan:terima"}, headers=HX))
    assert len(page.xpath("//input[@name='terima.label']")) == 3
    sent = form(officer) | {"terima.label": ["Ya", "Ya", ""], "terima.to": ["2", "3", "  "]}
    officer.post(URL, sent)
    assert table_of(draft().data).rows[0].ways == (Way("Ya", ("periksa",)), Way("Ya (2)", ("kirim",)))


def test_performers_are_added_renamed_and_removed(officer: Client) -> None:
    officer.post(URL, form(officer) | {"_do": "tambah-pelaksana"})
    sent = form(officer) | {"lane.pelaksana.title": ["Arsiparis"], "lane.pelaksana.is": ["position staf"]}
    officer.post(URL, sent | {"kirim.by": ["pelaksana"]})
    assert draft().data["performers"]["pelaksana"] == {"title": "Arsiparis", "is": "position staf"}
    officer.post(URL, form(officer) | {"_do": "hapus-pelaksana:pelaksana"})
    assert table_of(draft().data).rows[2].by == ()


def test_who_was_overtaken_is_told_and_keeps_what_he_typed_until_he_decides(
    officer: Client, browser: Browser
) -> None:
    mine = form(officer) | {"terima.note": ["Kata saya"]}
    other = browser("staf2")
    other.post(URL, form(other) | {"kirim.note": ["Kata mereka"]})
    response = officer.post(URL, mine)
    page = parsed(response)
    assert response.status_code == 409
    assert "Staf2 Contoh has saved this draft meanwhile" in page.xpath("//*[@role='alert']")[0].text_content()
    assert page.xpath("//textarea[@name='terima.note']")[0].value == "Kata saya"
    assert [row.note for row in table_of(draft().data).rows] == ["", "", "Kata mereka"]
    again = officer.post(URL, mine | {"_revision": ["1"]}, headers=HX)
    assert (again.status_code, draft().revision) == (200, 2)
    assert "Not saved" in again.content.decode()
    officer.post(URL, mine | {"_over": ["2"]})
    assert [row.note for row in table_of(draft().data).rows] == ["Kata saya", "", ""]


def test_only_those_who_draft_sops_reach_any_of_it(officer: Client, browser: Browser) -> None:
    stranger, before = browser("sekretaris"), draft()
    sent = form(officer) | {"terima.note": ["Diam-diam"]}
    assert stranger.get(URL).status_code == 403
    assert stranger.post(URL, sent).status_code == 403
    for act in ("mulai/", "buang/", "impor/"):
        assert stranger.post(URL + act, {"_revision": "1"}).status_code == 403
    for ending in ("yaml", "bpmn", "xlsx"):
        assert stranger.get(f"{URL}unduh.{ending}").status_code == 403
    assert (draft().data, draft().revision) == (before.data, before.revision)
    assert "/revisi/" not in stranger.get("/sop/contoh/").content.decode()
    assert "/revisi/" in officer.get("/sop/contoh/").content.decode()
    assert Client().get(URL).status_code == 302


def test_a_draft_is_given_up_and_another_begins(officer: Client) -> None:
    officer.post(URL + "buang/", {"_revision": "0"})
    assert draft().state == "disusun", "what was not seen is not given up"
    officer.post(URL + "buang/", {"_revision": "1"})
    assert not SopDraft.objects.filter(state="disusun").exists()
    assert "Begin a draft" in officer.get(URL).content.decode()


def uploaded(client: Client, name: str, content: bytes) -> Any:
    sent = {"berkas": SimpleUploadedFile(name, content), "_revision": str(draft().revision)}
    return client.post(URL + "impor/", sent)


@pytest.mark.parametrize("ending", ["yaml", "bpmn", "xlsx"])
def test_a_draft_goes_out_and_comes_back_the_same(officer: Client, ending: str) -> None:
    officer.post(URL, form(officer) | {"terima.note": ["=1+1"], "kirim.time": ["2 jam"]})
    content = officer.get(f"{URL}unduh.{ending}").content
    kept = draft().data
    officer.post(URL, form(officer) | {"_do": "hapus:terima", "kirim.note": ["lain"]})
    assert uploaded(officer, f"x.{ending}", content).status_code == 302
    assert draft().data == kept


def test_an_unfinished_draft_goes_out_as_yaml_and_comes_back(officer: Client) -> None:
    officer.post(URL, form(officer) | {"terima.time": ["nanti"], "periksa.by": []})
    kept = draft().data
    content = officer.get(URL + "unduh.yaml").content
    assert officer.get(URL + "unduh.bpmn").status_code == 302
    officer.post(URL, form(officer) | {"_do": "hapus:terima"})
    uploaded(officer, "x.yaml", content)
    assert draft().data == kept


def test_a_wrong_cell_is_named_and_nothing_is_taken(officer: Client) -> None:
    book = openpyxl.load_workbook(BytesIO(officer.get(URL + "unduh.xlsx").content))
    book.worksheets[0]["F3"] = "sebentar"
    target = BytesIO()
    book.save(target)
    before = draft().data
    response = uploaded(officer, "tabel.xlsx", target.getvalue())
    assert response.status_code == 422
    assert "Cell F3:" in parsed(response).xpath("//*[@role='alert']")[0].text_content()
    assert draft().data == before


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.docx", b"", "whose name ends"),
        ("x.yaml", b"a: [", "Line"),
        ("x.yaml", b"id: contoh\nsteps: satu\nperformers: {}\n", "Line"),
        ("x.yaml", b"\xff\xfe", "UTF-8"),
        ("x.bpmn", b"<a/>", ""),
        ("x.xlsx", b"PK", "readable XLSX"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(officer: Client, name: str, content: bytes, said: str) -> None:
    before = draft().data
    response = uploaded(officer, name, content)
    assert response.status_code == 422
    assert said in parsed(response).xpath("//*[@role='alert']")[0].text_content()
    assert draft().data == before


def test_the_definition_of_another_procedure_is_not_taken(officer: Client) -> None:
    content = officer.get(URL + "unduh.yaml").content.replace(b"id: contoh", b"id: lain", 1)
    assert "lain" in uploaded(officer, "x.yaml", content).content.decode()


def test_what_a_page_never_sends_is_no_fault(officer: Client) -> None:
    for sent in (
        {},
        {"row": ["x", "x"]},
        {"row": ["terima"], "_do": "hapus:hantu"},
        {"_do": ":"},
        {"_revision": "9" * 30},
    ):
        assert officer.post(
            URL, sent | {"_revision": sent.get("_revision", str(draft().revision))}
        ).status_code in (
            302,
            409,
        )
        assert officer.get(URL).status_code == 200


def test_texts_of_a_draft_never_reach_the_page_unescaped(officer: Client) -> None:
    officer.post(
        URL, form(officer) | {"terima.activity": ["<script>x</script>"], "periksa.label": ["<b>a", "Tidak"]}
    )
    content = officer.get(URL).content.decode()
    assert "<script>x" not in content
    assert "<b>a" not in content


def test_running_cases_are_moved_one_by_one_by_an_administrator(
    begin: Callable[..., Desk], browser: Browser
) -> None:
    desk = begin(steps=STEPS[1:])
    install(definition(steps=[{"id": "terima", "by": "staf"}, *STEPS[1:]], version=2, title="Kedua"))
    client = browser("staf")
    assert client.get("/sop/contoh/pindah/").status_code == 403
    Account.objects.filter(username="staf").update(is_staff=True)
    assert "/pindah/" in client.get("/sop/contoh/").content.decode()
    page = parsed(client.get("/sop/contoh/pindah/"))
    assert page.xpath("//button[@name='case']/@value") == [desk.case.number]
    client.post("/sop/contoh/pindah/", {"case": desk.case.number})
    desk.case.refresh_from_db()
    assert desk.case.sop.version == 2
    assert "/pindah/" not in client.get("/sop/contoh/").content.decode()


def test_a_case_that_cannot_move_says_why_and_stays(begin: Callable[..., Desk], browser: Browser) -> None:
    desk = begin(steps=STEPS[1:])
    rows = [
        replace(row, id="lain") if row.id == "periksa" else row for row in table_of({"steps": STEPS}).rows
    ]
    others = [{**step, "by": "staf"} for step in with_rows({"steps": []}, rows)["steps"]]
    install(definition(steps=[{**each, "needs": ["Berkas"], "time": "1 jam", "gives": "Hasil"} for each in others],
                       version=2).replace("- periksa", "- lain"))  # fmt: skip
    client = browser("staf")
    Account.objects.filter(username="staf").update(is_staff=True)
    page = parsed(client.get("/sop/contoh/pindah/"))
    assert page.xpath("//button[@name='case']") == []
    assert page.xpath("//ul[@class='bullets']/li")
    client.post("/sop/contoh/pindah/", {"case": desk.case.number})
    desk.case.refresh_from_db()
    assert desk.case.sop.version == 1


def test_a_long_table_with_many_performers_is_kept_whole(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("laksana.workspace.revision_page.draft_chart", lambda *given: "")
    kept = draft()
    row = table_of(kept.data).rows[0]
    lanes = {f"lane_{place}": {"title": f"Pelaksana {place}", "is": "initiator"} for place in range(12)}
    rows = [replace(row, id=f"langkah-{place}", by=tuple(lanes)) for place in range(100)]
    kept.data = {**with_rows(kept.data, rows), "performers": lanes}
    kept.save()
    officer.post(URL, form(officer) | {"langkah-99.note": ["Akhir"]})
    after = table_of(draft().data).rows
    assert (len(after), after[99].note, after[0].by) == (100, "Akhir", tuple(lanes))
