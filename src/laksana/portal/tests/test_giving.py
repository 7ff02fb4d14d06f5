"""An answer in part: marked by one, released by another, and nothing else leaves; identity papers stay at the counter."""

import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from laksana.cases import actions
from laksana.cases import services as cases
from laksana.cases.errors import Invalid, NotYours, Refused
from laksana.cases.models import Attachment, Case
from laksana.disclosure import services as disclosure
from laksana.disclosure.models import Reading, Release
from laksana.disclosure.tests.hostile_pdf import PHRASE, SECRET, hostile_pdf
from laksana.documents.models import Paper
from laksana.files import services as files
from laksana.library import informasi
from laksana.library.conftest import office
from laksana.library.tests.examples import played
from laksana.people.models import Person
from laksana.portal.following import papers_of
from laksana.web.tests.answers import let_go
from laksana.worktime.zone import OFFICE_ZONE

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
NIK = "3673010101900001"
MARK = {"part": "Nomor rekening pihak ketiga", "ground": "h", "reason": "Rahasia pribadi"}


def _at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=OFFICE_ZONE)


def _who(name: str) -> Person:
    return Person.objects.get(account__username=name)


def _browser(name: str, at: datetime) -> Client:
    client, account = Client(), _who(name).account
    assert account is not None
    with time_machine.travel(at, tick=False):
        client.force_login(account)
    return client


def _file(name: str, content: bytes, person: Person, at: datetime) -> int:
    stored = files.store(io.BytesIO(content), name, at=at)
    return Attachment.objects.create(stored=stored, name=name, by=person, at=at).pk


def _do(case: Case, step: str, by: str, at: datetime, outcome: str | None = None, **data: object) -> Case:
    item = case.work_items.get(step=step, state="terbuka")
    return actions.complete(item.pk, item.revision, _who(by), data, at, outcome=outcome)


@pytest.fixture
def asked() -> Iterator[Case]:
    """A request with an identity paper, up to the gathering of its material; a decision to rest on is in force."""
    folder = Path(informasi.__file__).parent / "permohonan_informasi"
    played(str(folder / "tests.py"), "sebagian-dengan-biaya")
    with time_machine.travel(_at(16), tick=False):
        citra = _who("citra")
        case = actions.start(
            "permohonan-informasi",
            citra,
            _at(16),
            evidence="Datang",
            values={
                "kategori_pemohon": "perseorangan",
                "nama": "Ratna Contoh",
                "nik": NIK,
                "alamat": "Jalan Contoh 1",
                "email": "ratna@contoh.example",
                "identitas": _file("ktp.pdf", hostile_pdf(90), citra, _at(16)),
                "rincian_informasi": "Salinan kontrak pengadaan jaringan",
                "tujuan_penggunaan": "Penelitian",
                "cara_memperoleh": "salinan_softcopy",
                "cara_salinan": "email",
            },
        )
        _do(case, "terima", "citra", _at(16), kanal="datang_langsung", waktu_terima=_at(16))
        _do(case, "periksa-lengkap", "citra", _at(16), "Lengkap", hasil_periksa="lengkap")
        _do(
            case,
            "telaah",
            "dewanti",
            _at(16),
            "Tersedia di PPID Utama",
            status_penguasaan="dikuasai_ppid_utama",
        )
        yield Case.objects.get(pk=case.pk)


def _prepared(case: Case) -> int:
    """Attach a contract with a secret and hand over to blacking out; return the attachment's key."""
    source = _file("kontrak.pdf", hostile_pdf(), _who("dewanti"), _at(17))
    _do(case, "himpun", "dewanti", _at(17), "Perlu penghitaman", bahan_jawaban=[source])
    case.refresh_from_db()
    return source


def _drafted(case: Case) -> None:
    _do(
        case,
        "konsep-pemberitahuan",
        "dewanti",
        _at(18),
        keputusan="diberikan_sebagian",
        huruf_pasal17=["h"],
        konsekuensi="Rekening terungkap",
        nomor_sk_klasifikasi="001/DIK/PPID/X/2026",
    )


def _blacked_out(asked: Case, source: int) -> Release:
    """Mark in the browser, by words and by place, and hand in; return the release with its new file."""
    client = _browser("dewanti", _at(17))
    page = f"/berkas/{asked.number}/hitamkan/{source}/"
    with time_machine.travel(_at(17, 10), tick=False):
        assert "kontrak.pdf" in client.get(f"/berkas/{asked.number}/hitamkan/").content.decode()
        with pytest.raises(Invalid, match="Belum diajukan"):
            _do(asked, "hitamkan", "dewanti", _at(17, 10))
        wrong = client.post(page, {"do": "words", "kata": SECRET, **MARK, "ground": "z"})
        assert wrong.status_code == 422
        assert MARK["part"] in wrong.content.decode()
        assert client.post(page, {"do": "words", "kata": "tidak ada itu", **MARK}).status_code == 422
        for sent in (
            {"do": "words", "kata": SECRET.lower(), **MARK},
            {"do": "words", "kata": PHRASE, **MARK, "ground": "pdp", "part": "Nama"},
            {
                "do": "mark",
                "halaman": "2",
                "left": "10",
                "top": "10,5",
                "width": "20",
                "height": "5",
                **MARK,
                "part": "Kop",
            },
        ):
            assert client.post(page, sent).status_code == 302
        assert (
            client.post(
                page, {"do": "mark", "left": "200", "top": "x", "width": "1", "height": "1", **MARK}
            ).status_code
            == 422
        )
        assert client.post(page, {"do": "hand-in", "handling": "hitamkan"}).status_code == 302
        release = Release.objects.get(source=source)
        disclosure.make(release.pk, _at(17, 10))
        release.refresh_from_db()
        assert (release.state, release.fault, release.marks.count()) == ("diperiksa", "", 6)
        assert release.product is not None
        assert client.post(page, {"do": "approve"}).status_code == 403
        assert client.post(page, {"do": "words", "kata": SECRET, **MARK}).status_code == 409
    return release


def test_an_answer_in_part_leaves_only_as_two_people_released_it(asked: Case) -> None:
    source = _prepared(asked)
    release = _blacked_out(asked, source)
    page = f"/berkas/{asked.number}/hitamkan/{source}/"
    _do(asked, "hitamkan", "dewanti", _at(17, 11))
    _drafted(asked)
    with pytest.raises(Invalid, match=re.escape("kontrak.pdf")):
        _do(asked, "periksa-konsep", "gemilang", _at(18, 10), "Setuju")
    client = _browser("gemilang", _at(18))
    with time_machine.travel(_at(18, 11), tick=False):
        assert 'value="approve"' in client.get(page).content.decode()
        assert client.post(page, {"do": "give-back", "note": " "}).status_code == 422
        assert client.post(page, {"do": "approve"}).status_code == 302
    _do(asked, "periksa-konsep", "gemilang", _at(18, 12), "Setuju")
    # Taken up again: the approval is gone, and so is the way out.
    disclosure.open_again(asked, source, _who("wiraguna"), _at(19, 8))
    with pytest.raises(Invalid, match=re.escape("kontrak.pdf")):
        _do(asked, "tetapkan", "wiraguna", _at(19, 9), "Diberikan sebagian")
    disclosure.hand_in(asked, source, "hitamkan", "", _who("wiraguna"), _at(19, 9))
    disclosure.make(release.pk, _at(19, 9))
    with pytest.raises(NotYours):
        disclosure.approve(asked, source, _who("dewanti"), _at(19, 9))
    disclosure.approve(asked, source, _who("gemilang"), _at(19, 10))
    _do(asked, "tetapkan", "wiraguna", _at(19, 11), "Diberikan sebagian")
    _do(asked, "kirim-pemberitahuan", "citra", _at(19, 12))
    _do(asked, "perlu-biaya", "citra", _at(19, 12), "Tanpa biaya")
    _do(asked, "serahkan", "citra", _at(19, 13), tanggal_penyerahan=_at(19).date())
    asked.refresh_from_db()
    release.refresh_from_db()
    assert asked.data["berkas_jawaban"] == [release.product_id]
    given = {file.pk: file for file in papers_of(asked)}
    assert release.product_id in given
    assert source not in given
    with files.open_file(given[release.product_id].stored) as content:
        assert SECRET.encode() not in content.read()
    table = Paper.objects.get(case=asked, document="daftar-penghitaman")
    printed = str(table.data)
    assert "Nomor rekening pihak ketiga" in printed
    assert SECRET not in printed
    assert [row["huruf_pasal_17"] for row in asked.data["bagian_dihitamkan"]] == ["h", "pdp", "h"]
    kinds = list(asked.events.values_list("kind", flat=True))
    assert kinds.count("file-blacked-out") == 2
    assert kinds.count("release-approved") == 2


def test_a_file_given_whole_needs_its_reason_and_not_every_file_can_be(asked: Case) -> None:
    source = _prepared(asked)
    dewanti, laras = _who("dewanti"), _who("laras")
    with pytest.raises(Invalid):
        disclosure.hand_in(asked, source, "utuh", " ", dewanti, _at(17))
    disclosure.hand_in(asked, source, "utuh", "Tidak memuat apa pun yang dikecualikan", dewanti, _at(17))
    with pytest.raises(NotYours):
        disclosure.approve(asked, source, dewanti, _at(17))
    disclosure.approve(asked, source, laras, _at(17))
    with pytest.raises(Refused):
        disclosure.released(asked)
    other = _file("lampiran.pdf", hostile_pdf(180), dewanti, _at(17))
    with pytest.raises(NotYours):
        disclosure.hand_in(asked, other, "tahan", "Milik pihak ketiga", dewanti, _at(17))


def test_identity_papers_stay_with_the_counter_and_their_reading_is_written_down(asked: Case) -> None:
    paper = Attachment.objects.get(case=asked, field="identitas")
    counter, unit = _browser("citra", _at(17)), _browser("dewanti", _at(17))
    page = f"/berkas/{asked.number}/"
    with time_machine.travel(_at(17), tick=False):
        seen = unit.get(page).content.decode()
        assert "Ratna Contoh" in seen
        assert NIK not in seen
        assert "ktp.pdf" not in seen
        for way in (
            f"/lampiran/{paper.pk}/",
            f"/lampiran/{paper.pk}/lihat/",
            f"/lampiran/{paper.pk}/halaman/1/",
        ):
            assert unit.get(way).status_code == 404
            opened = counter.get(way)
            let_go(opened)
            assert opened.status_code == 200
        assert unit.get(f"{page}unduh.zip").status_code == 404
        assert not cases.files_found(_who("dewanti"), _at(17), "ktp", 9)
        assert not Reading.objects.filter(person=_who("dewanti")).exists()
        assert NIK in counter.get(page).content.decode()
        counter.get(page)
    read = Reading.objects.filter(case=asked, person=_who("citra"))
    assert {each.what for each in read} == {"identitas", "identitas, nik"}
    assert read.count() == 2
    nota = cases.definition(asked)
    assert {name for name, spec in nota.fields.items() if spec.seen_by} == {
        "nik", "identitas", "akta_badan_hukum", "identitas_pengurus", "identitas_pemberi_kuasa", "surat_kuasa",
    }  # fmt: skip
    assert NIK not in asked.search_text
