"""Everything of a case in one zip, checkable with sha256sum and nothing of ours."""

import hashlib
import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from laksana.cases.models import Attachment
from laksana.cases.tests.conftest import Desk
from laksana.documents.models import Paper
from laksana.documents.services import make
from laksana.files import services as files
from laksana.registers.services import write_bundle

Begin = Callable[..., Desk]
FIELDS = {"nama": {"label": "Nama pemohon", "type": "text"}, "biaya": {"label": "Biaya", "type": "money"}}
DOCUMENT = {
    "id": "surat-izin",
    "title": "Surat Izin",
    "form": "judul",
    "at": "isi",
    "contents": ["Nama pemohon"],
}
REGISTER = {"id": "buku", "title": "Buku", "at": "isi", "columns": ["nomor", "nama"]}


@pytest.fixture
def desk(begin: Begin) -> Desk:
    """A case with a paper, a row in a book and an attached file of an awkward name."""
    parts: dict[str, Any] = {"fields": FIELDS, "documents": [DOCUMENT], "registers": [REGISTER]}
    desk = begin(
        steps=[{"id": "isi", "asks": ["nama", "biaya"]}, {"id": "akhir", "then": "selesai"}], **parts
    )
    desk.do("isi", nama="Siti Contoh", biaya="1.250.000")
    make(Paper.objects.get().pk, desk.at)
    stored = files.store(BytesIO(b"catatan\n"), "catatan.txt", at=desk.at)
    name = '../../etc/"catatan"\n.txt'
    Attachment.objects.create(case=desk.case, stored=stored, name=name, by=desk.office.staf, at=desk.at)
    return desk


def bundle(desk: Desk) -> ZipFile:
    target = BytesIO()
    desk.case.refresh_from_db()
    write_bundle(desk.case, target, desk.at)
    return ZipFile(target)


def test_every_file_has_the_sum_that_the_manifest_gives(desk: Desk) -> None:
    zipped = bundle(desk)
    lines = [line.partition("  ") for line in zipped.read("SHA256SUMS").decode().splitlines()]
    sums = {place: digest for digest, _blank, place in lines}
    assert set(sums) == set(zipped.namelist()) - {"SHA256SUMS"}
    for place, digest in sums.items():
        assert hashlib.sha256(zipped.read(place)).hexdigest() == digest


def test_papers_and_files_lie_in_their_folders_under_harmless_names(desk: Desk) -> None:
    names = bundle(desk).namelist()
    assert "naskah/001 Surat Izin CONTOH-2026-0001.pdf" in names
    assert "berkas/002 _.._etc_catatan_.txt" in names


def test_each_line_of_the_history_carries_the_hash_of_the_one_before(desk: Desk) -> None:
    zipped = bundle(desk)
    lines = zipped.read("events.jsonl").decode().splitlines()
    previous = ""
    for line in lines:
        assert json.loads(line)["previous"] == previous
        previous = hashlib.sha256(line.encode()).hexdigest()
    assert len(lines) >= 3
    assert json.loads(zipped.read("data.json"))["case"]["last_hash"] == previous


def test_the_data_say_what_the_case_holds(desk: Desk) -> None:
    data = json.loads(bundle(desk).read("data.json"))
    assert data["fields"]["biaya"] == {"label": "Biaya", "value": "1250000", "words": "Rp1.250.000"}
    assert [item["step"] for item in data["work_items"]] == ["terima", "isi", "akhir"]
    assert data["registers"][0]["values"]["nama"] == "Siti Contoh"
    assert {file["document"] for file in data["files"]} == {"surat-izin", ""}
    assert "Staf Contoh" in {person["name"] for person in data["people"].values()}


def test_the_readme_tells_how_to_check_and_the_definition_is_there(desk: Desk) -> None:
    zipped = bundle(desk)
    assert "sha256sum -c SHA256SUMS" in zipped.read("BACA-SAYA.txt").decode()
    assert zipped.read("sop.yaml").decode() == desk.case.sop.definition


def test_the_same_case_at_the_same_instant_gives_the_same_zip(desk: Desk) -> None:
    first, second = BytesIO(), BytesIO()
    write_bundle(desk.case, first, desk.at)
    write_bundle(desk.case, second, desk.at)
    assert first.getvalue() == second.getvalue()
