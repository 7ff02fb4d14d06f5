"""The archive's pages: what they show, to whom, and that the whole way of a destruction can be walked in them."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from laksana.archive.models import DisposalList
from laksana.archive.tests.test_archive import STEPS
from laksana.cases.models import Attachment
from laksana.cases.tests.conftest import Desk
from laksana.files import services as files
from laksana.files.tests.conftest import storage
from laksana.web.tests.answers import let_go
from laksana.workspace.tests.conftest import Browser, parsed
from laksana.worktime.zone import OFFICE_ZONE

__all__ = ["storage"]
LATER = datetime(2040, 1, 2, 9, 0, tzinfo=OFFICE_ZONE)


@pytest.fixture
def desk(begin: Callable[..., Desk], storage: Path, settings: Settings, tmp_path: Path) -> Desk:
    """A case that ended with a file; the clerk keeps the archive, the secretary approves."""
    own = tmp_path / "home" / "tables"
    own.mkdir(parents=True)
    settings.HOME = tmp_path / "home"
    head = "# source: contoh\n# checked: false\n"
    (own / "wewenang-arsip.csv").write_text(
        head + "urusan,jabatan\nkelola,staf\npindah,kasubag\nmusnah,sekretaris\nserah,sekretaris\n"
    )
    (own / "jra-prosedur.csv").write_text(
        head
        + "prosedur,kode,retensi_aktif,retensi_inaktif,nasib_akhir\ncontoh,000.1.5,2 tahun,4 tahun,musnah\n"
    )
    desk = begin(steps=STEPS)
    stored = files.store(BytesIO(b"isi"), "catatan.txt", at=desk.at)
    Attachment.objects.create(
        case=desk.case, stored=stored, name="catatan.txt", by=desk.office.staf, at=desk.at
    )
    desk.do("isi")
    desk.do("akhir")
    return desk


def test_only_those_with_a_part_in_it_see_the_archive(desk: Desk, browser: Browser) -> None:
    key = desk.case.dossier.pk
    for page in ("/arsip/", "/arsip/daftar/", f"/arsip/berkas/{key}/"):
        assert browser("staf").get(page).status_code == 200
        assert browser("sekretaris").get(page).status_code == 200
        assert browser("kepala").get(page).status_code == 403
        assert Client().get(page).status_code == 302
    assert b'href="/arsip/"' in browser("staf").get("/tugas/").content
    assert b'href="/arsip/"' not in browser("kepala").get("/tugas/").content


def test_one_who_approves_does_not_keep(desk: Desk, browser: Browser) -> None:
    key = desk.case.dossier.pk
    for act in ("tahan", "lepas", "nilai", "syarat"):
        assert browser("sekretaris").post(f"/arsip/berkas/{key}/{act}/", {"reason": "x"}).status_code == 404
    assert not desk.case.dossier.holds.exists()
    refused = browser("sekretaris").post("/arsip/daftar/usulkan/", {"jenis": "musnah", "berkas": key})
    assert refused.status_code == 403


@pytest.mark.parametrize(
    "page",
    ["/arsip/?keadaan=lain", "/arsip/berkas/999/", "/arsip/daftar/999/", "/arsip/daftar/999/unduh.pdf"],
)
def test_what_is_not_there_is_not_found(desk: Desk, browser: Browser, page: str) -> None:
    assert browser("staf").get(page).status_code == 404


def test_the_filters_narrow_and_bad_ones_are_ignored(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    number = desk.case.number
    for query, there in (
        ("kode=000.1", True), ("kode=000.2", False), ("tahun=2026", True), ("tahun=2025", False),
        ("tahun=x", True), (f"q={number}", True), ("q=tiada", False),
    ):  # fmt: skip
        text = client.get(f"/arsip/?{query}").content.decode()
        assert (f'<span class="mono">{number}</span>' in text) is there, query


def test_a_destruction_is_walked_from_the_list_to_the_report(desk: Desk, browser: Browser) -> None:
    staf, sekretaris = browser("staf"), browser("sekretaris")
    key = desk.case.dossier.pk
    with time_machine.travel(LATER, tick=False):
        for who, code in ((staf, "staf"), (sekretaris, "sekretaris")):
            account = desk.office.people[code].account
            assert account is not None
            who.force_login(account)
        page = parsed(staf.get("/arsip/?keadaan=musnah"))
        assert page.xpath("//input[@name='berkas']/@value") == [str(key)]
        made = staf.post("/arsip/daftar/usulkan/", {"jenis": "musnah", "berkas": [key]}, follow=True)
        assert made.status_code == 200
        listed = DisposalList.objects.get()
        assert staf.get(f"/arsip/daftar/{listed.pk}/putuskan/").status_code == 404
        assert listed.number.encode() in sekretaris.get("/arsip/daftar/").content
        draft = staf.get(f"/arsip/daftar/{listed.pk}/unduh.pdf")
        assert draft.content.startswith(b"%PDF")
        empty = sekretaris.post(f"/arsip/daftar/{listed.pk}/putuskan/", {"said": "tolak", "note": ""})
        assert empty.status_code == 422
        sekretaris.post(f"/arsip/daftar/{listed.pk}/putuskan/", {"said": "setuju", "note": ""})
        early = staf.post(f"/arsip/daftar/{listed.pk}/laksanakan/", {"consent": ""})
        assert early.status_code == 422
        done = staf.post(f"/arsip/daftar/{listed.pk}/laksanakan/", {"consent": "Surat 1"})
        assert done.status_code == 302
        listed.refresh_from_db()
        assert listed.state == "dilaksanakan"
        assert listed.report_number.startswith("BA-ARSIP/001/")
        report = staf.get(f"/arsip/daftar/{listed.pk}/unduh.pdf")
        paper = b"".join(report.streaming_content)  # type: ignore[attr-defined]
        assert paper.startswith(b"%PDF")
        let_go(report)
        sign = f"/arsip/daftar/{listed.pk}/tandatangan/"
        assert sign in staf.get(f"/arsip/daftar/{listed.pk}/").content.decode()
        assert listed.report_number.encode() in sekretaris.get("/arsip/daftar/").content
        assert browser("kepala").get(sign).status_code in (302, 404)
        assert staf.post(sign, {"scan": "1"}).status_code == 422
        scan = SimpleUploadedFile("pindaian.pdf", paper + b"\n% tanda tangan basah\n")
        assert staf.post(sign, {"scan": "1", "file": scan}).status_code == 302
        assert staf.get(sign).status_code == 404
        assert "Verification" in sekretaris.get(f"/arsip/daftar/{listed.pk}/").content.decode()
        gone = staf.get(f"/lampiran/{desk.case.attachments.get().pk}/")
        assert gone.status_code == 410
        shown = staf.get(f"/berkas/{desk.case.number}/").content.decode()
        assert "Destroyed" in shown
        assert f"Files destroyed by list {listed.number}" in shown


def test_a_hold_is_set_and_lifted_in_the_page(desk: Desk, browser: Browser) -> None:
    key, client = desk.case.dossier.pk, browser("staf")
    assert client.post(f"/arsip/berkas/{key}/tahan/", {"reason": ""}).status_code == 422
    client.post(f"/arsip/berkas/{key}/tahan/", {"reason": "Perkara 1"})
    assert b"Perkara 1" in client.get(f"/arsip/berkas/{key}/").content
    client.post(f"/arsip/berkas/{key}/lepas/", {"reason": "Selesai"})
    assert desk.case.dossier.holds.get().lift_reason == "Selesai"


def unpacked(browser: Browser, desk: Desk, place: Path) -> Path:
    response = browser("staf").get(f"/berkas/{desk.case.number}/unduh.zip")
    assert response.status_code == 200
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    let_go(response)
    with ZipFile(BytesIO(content)) as zipped:
        zipped.extractall(place)
    return place


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed here")
def test_the_zip_of_a_case_holds_against_sha256sum_and_a_changed_file_does_not(
    desk: Desk, browser: Browser, tmp_path: Path
) -> None:
    place = unpacked(browser, desk, tmp_path / "zip")
    check = ["sha256sum", "-c", "SHA256SUMS"]  # as BACA-SAYA.txt says
    assert "sha256sum -c SHA256SUMS" in (place / "BACA-SAYA.txt").read_text()
    whole = subprocess.run(check, cwd=place, capture_output=True, text=True, check=False)  # noqa: S603
    assert whole.returncode == 0, whole.stderr
    assert whole.stdout.count(": OK") == len([path for path in place.rglob("*") if path.is_file()]) - 1
    file = next((place / "berkas").iterdir())
    file.write_bytes(file.read_bytes() + b"x")
    broken = subprocess.run(check, cwd=place, capture_output=True, text=True, check=False)  # noqa: S603
    assert broken.returncode == 1
    assert "FAILED" in broken.stdout


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed here")
def test_the_zip_of_a_case_of_hundreds_of_files_with_any_names_holds(
    desk: Desk, browser: Browser, tmp_path: Path
) -> None:
    names = ["catatan.txt", "Surat “penting” & café.txt", "-rf.txt", "a\\b.txt", "garis miring / dua.txt"]
    for number in range(300):
        stored = files.store(BytesIO(f"isi {number}".encode()), "catatan.txt", at=desk.at)
        name = names[number % len(names)]
        Attachment.objects.create(case=desk.case, stored=stored, name=name, by=desk.office.staf, at=desk.at)
    place = unpacked(browser, desk, tmp_path / "zip")
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"],  # noqa: S607  (the tool that BACA-SAYA.txt names, wherever it lies)
        cwd=place, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list((place / "berkas").iterdir())) == 301


def test_the_zip_is_offered_only_to_whom_the_files_are(desk: Desk, browser: Browser) -> None:
    desk.case.level = "rahasia"
    desk.case.save()
    given = browser("staf").get(f"/berkas/{desk.case.number}/unduh.zip")
    let_go(given)
    assert given.status_code == 200
    assert browser("kepala").get(f"/berkas/{desk.case.number}/unduh.zip").status_code == 404
