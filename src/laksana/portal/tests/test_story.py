"""From a request without an answer to the objection: told on the page and by e-mail, begun by the code, and by nothing less."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pypdfium2 as pdfium
import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django_tasks_db.models import DBTaskResult
from lxml import html

from laksana.cases import actions, sweep
from laksana.cases import services as cases
from laksana.cases.errors import Refused
from laksana.cases.models import Case, WorkItem
from laksana.library.conftest import office
from laksana.people.models import Person
from laksana.people.services import holders
from laksana.portal import mailing, tasks
from laksana.portal.models import ApplicantMail, Submission
from laksana.portal.tests.applicant import Applicant, generated
from laksana.portal.tokens import case_followed, spaced, tracking_code
from laksana.sop.definition import Procedure
from laksana.worktime.zone import OFFICE_ZONE

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
ASKED: dict[str, Any] = {
    "kategori_pemohon": "perseorangan",
    "nama": "Ratna Contoh",
    "nik": "3673010101900001",
    "alamat": "Jalan Contoh 1",
    "pekerjaan": "Guru",
    "telepon": "081200000001",
    "email": "ratna@contoh.example",
    "rincian_informasi": "Laporan kinerja dinas tahun 2025",
    "tujuan_penggunaan": "Penelitian",
    "cara_memperoleh": "melihat_membaca_mendengar_mencatat",
}


def moment(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return an instant of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=OFFICE_ZONE)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


@pytest.fixture
def clock() -> Iterator[Any]:
    """The clock stands on the morning of the third of August."""
    with time_machine.travel(moment(8, 3), tick=False) as traveller:
        yield traveller


def registered(applicant: Applicant, at: datetime) -> Case:
    """Let somebody ask for information, and the office register it."""
    procedure = cases.definition_in_force("permohonan-informasi", at)
    sent = applicant.send(applicant.fill(applicant.begin("permohonan-informasi"), procedure, ASKED))
    assert sent.status_code == 302
    case = Case.objects.get(procedure="permohonan-informasi")
    do(case, {"kanal": "formulir_daring", "waktu_terima": f"{at:%Y-%m-%dT%H:%M}"}, at)
    do(case, {"hasil_periksa": "lengkap"}, at, "Lengkap")
    case.refresh_from_db()
    return case


def do(case: Case, values: dict[str, Any], at: datetime, outcome: str | None = None) -> None:
    """Let the office do the open step of a case."""
    item = case.work_items.get(state=WorkItem.State.OPEN)
    actions.complete(item.pk, item.revision, holders(item.desk, at)[0], values, at, outcome=outcome)


def text(answer: Any) -> str:
    """Return what a page says, in one line."""
    tree: Any = html.fromstring(answer.content)
    return " ".join(str(tree.xpath("//main")[0].text_content()).split())


def test_silence_is_told_with_its_dates_and_opens_a_filled_in_objection(clock: Any) -> None:
    applicant = Applicant()
    case = registered(applicant, moment(8, 3))
    page = f"/lacak/{spaced(tracking_code(case, moment(8, 3)))}/"
    told = text(applicant.client.get(page))
    assert "Registered under number 001/PI/PPID/VIII/2026" in told
    assert (
        "18 August 2026 Batas jawaban tertulis10 hari kerja sesudah 3 Agustus 2026, sampai 18 Agustus 2026. Hari libur yang tidak"
        " dihitung: 17 Agustus 2026 (" in told
    )
    assert "UU 14/2008 pasal 22 ayat (7)" in told
    use = f"{page}hak/diam/"
    assert applicant.client.post(use)["Location"] == page, "the time for an answer still runs"

    clock.move_to(moment(8, 19))
    sweep.sweep(moment(8, 19))
    told = text(applicant.client.get(page))
    assert "Ajukan keberatan karena tidak dijawab" in told
    assert "30 September 2026" in told, "thirty working days after 18 August, the 25th left out"
    form = applicant.client.post(use)["Location"]
    row = Submission.objects.get(origin=case)
    assert row.raw["alasan"] == ["c"]
    assert row.raw["tanggal_alasan_ditemukan"] == "2026-08-18"
    procedure = cases.definition_in_force("keberatan-informasi", moment(8, 19))
    wanting = str(applicant.client.get(form)["Location"])
    assert wanting.endswith("/kasus_posisi/"), "everything else is filled in"
    answers = {"kasus_posisi": "Tidak ada jawaban sampai batasnya.", "dikuasakan": False}
    checked = applicant.fill(
        form, procedure, {**row.raw, **answers, "tanggal_alasan_ditemukan": date(2026, 8, 18)}
    )
    assert applicant.send(checked).status_code == 302
    objection = Case.objects.get(procedure="keberatan-informasi")
    assert objection.data["nomor_pendaftaran_permohonan"] == "001/PI/PPID/VIII/2026"
    assert objection.data["nama"] == "Ratna Contoh"
    evidence = str(objection.events.get(kind="completed", step="ajukan").data["evidence"])
    assert case.number in evidence, "the officer sees that its code was held"
    for each in (case, objection):
        whole = text(applicant.client.get(f"/lacak/{spaced(tracking_code(each, moment(8, 19)))}/"))
        assert "from beginning to end" in whole
        assert "Ajukan keberatan atas jawaban informasi" in whole
        assert "Minta informasi publik" in whole
    assert "Ajukan keberatan karena tidak dijawab" not in text(applicant.client.get(page)), "it is used"


def test_a_number_alone_neither_tells_a_date_nor_begins_an_objection(clock: Any) -> None:
    case = registered(Applicant(), moment(8, 3))
    stranger = Applicant()
    begun = stranger.client.post("/layanan/keberatan-informasi/mulai/")
    assert begun["Location"] == "/layanan/keberatan-informasi/asal/"
    refused = stranger.client.post(begun["Location"], {"kode": case.data["nomor_pendaftaran"]})
    assert refused.status_code == 422
    assert "2026" not in text(refused)
    procedure = cases.definition_in_force("keberatan-informasi", moment(8, 3))
    form = stranger.begin("keberatan-informasi")
    first = str(stranger.client.get(form)["Location"])
    stranger.client.post(first, {"nomor_pendaftaran_permohonan": case.data["nomor_pendaftaran"]})
    assert "nomor_pendaftaran_permohonan" not in Submission.objects.get(procedure="keberatan-informasi").raw
    given = {
        "informasi_diminta": "Laporan", "tujuan_penggunaan": "Tahu", "nama": "Orang Lain", "alamat": "Jalan Lain",
        "telepon": "081200000002", "alasan": ["c"], "kasus_posisi": "Saya hanya tahu nomornya saja.",
        "tanggal_alasan_ditemukan": date(2026, 8, 3),
    }  # fmt: skip
    with pytest.raises(AssertionError, match="hanya alasan b"):
        stranger.fill(form, procedure, given)
    assert not Case.objects.filter(procedure="keberatan-informasi").exists()


def test_each_occasion_is_mailed_once_to_the_address_in_the_case(clock: Any) -> None:
    case = registered(Applicant(), moment(8, 3))
    for at in (
        moment(8, 4, 6, 45),
        moment(8, 5, 6, 45),
        moment(8, 19, 6, 45),
        moment(9, 25, 6, 45),
        moment(10, 1, 6, 45),
    ):
        clock.move_to(at)
        mailing.order_due(at)
        for row in ApplicantMail.objects.filter(sent_at=None):
            tasks.mail_applicant.func(mail=row.pk, at=at)
            tasks.mail_applicant.func(mail=row.pk, at=at)
    assert [row.occasion for row in ApplicantMail.objects.order_by("pk")] == [
        "nomor", "diam:2026-08-19", "diam:sampai:2026-09-30",
    ]  # fmt: skip
    assert DBTaskResult.objects.filter(task_path__endswith="mail_applicant").count() == 3
    assert [each.to for each in mail.outbox] == [["ratna@contoh.example"]] * 3
    link = spaced(tracking_code(case, moment(8, 3)))
    assert all(link in each.body for each in mail.outbox)
    assert "alasan c" in mail.outbox[1].body
    assert "Laporan kinerja" not in "".join(str(each.body) for each in mail.outbox), (
        "what it says is read on its page"
    )


def test_what_is_missing_is_told_with_its_last_day_on_the_page_and_by_e_mail(clock: Any) -> None:
    at = moment(8, 3)
    applicant = Applicant()
    procedure = cases.definition_in_force("permohonan-informasi", at)
    applicant.send(applicant.fill(applicant.begin("permohonan-informasi"), procedure, ASKED))
    case = Case.objects.get(procedure="permohonan-informasi")
    do(case, {"kanal": "formulir_daring", "waktu_terima": "2026-08-03T09:00"}, at)
    do(case, {"hasil_periksa": "tidak_lengkap", "kekurangan": ["identitas"]}, at, "Tidak lengkap")
    do(case, {"tanggal_surat_tidak_lengkap": "2026-08-03"}, at)
    told = text(applicant.client.get(f"/lacak/{spaced(tracking_code(case, at))}/"))
    assert "Yang kurang: Identitas" in told
    assert "until 6 August 2026" in told
    mailing.order_due(at)
    (row,) = ApplicantMail.objects.all()
    tasks.mail_applicant.func(mail=row.pk, at=at)
    assert "Yang kurang: Identitas" in mail.outbox[0].body
    assert "6 Agustus 2026" in mail.outbox[0].body


def desk_key(definition: Procedure) -> str:
    """Return the desk that records the first step for the applicant."""
    recorder = definition.performers[definition.steps[0].by[0]].recorded_by
    assert recorder is not None
    return f"{recorder.kind.value}:{recorder.of}"


def desk_of(person: Person) -> Client:
    """Return the browser of an officer."""
    assert person.account is not None
    client = Client(headers={"accept-language": "en"})
    client.force_login(person.account)
    return client


@pytest.mark.parametrize(
    ("procedure", "extra"),
    [
        ("permohonan-informasi", ASKED),
        ("keberatan-informasi", {"alasan": ["b"], "email": "ratna@contoh.example"}),
        ("pewarta-warga", {}),
        ("penyebarluasan-informasi", {}),
    ],
)
def test_who_comes_to_the_counter_leaves_with_number_code_and_qr(
    clock: Any, procedure: str, extra: dict[str, Any]
) -> None:
    """An officer records for him with evidence; the receipt is that of the case."""
    at = moment(8, 3)
    definition = cases.definition_in_force(procedure, at)
    officer = holders(desk_key(definition), at)[0]
    values = generated(definition, definition.steps[0], at) | extra
    values = {
        name: value for name, value in values.items() if definition.fields[name].type not in ("file", "files")
    }
    with pytest.raises(Refused):
        actions.start(procedure, officer, at, values=values)
    case = actions.start(procedure, officer, at, values=values, evidence="Datang langsung, KTP diperlihatkan")
    assert "Receipt for the applicant" in desk_of(officer).get(f"/berkas/{case.number}/").content.decode()
    pdf = desk_of(officer).get(f"/layanan/loket/{case.number}/tanda-terima.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    printed = pdfium.PdfDocument(pdf.content)[0]
    said = printed.get_textpage().get_text_bounded()
    assert case.number in said
    assert spaced(tracking_code(case, at)) in said
    assert case_followed(spaced(tracking_code(case, at))) == case
    assert f"/lacak/{spaced(tracking_code(case, at))}/" in said, "where the QR code leads"


def test_an_officer_begins_the_objection_for_who_stands_before_him_filled_in(clock: Any) -> None:
    case = registered(Applicant(), moment(8, 3))
    person = holders("group:petugas-layanan-informasi", moment(8, 3))[0]
    assert "Ajukan keberatan" not in desk_of(person).get(f"/berkas/{case.number}/").content.decode()
    clock.move_to(moment(8, 19))
    officer = desk_of(person)
    assert "For the applicant: Ajukan keberatan" in officer.get(f"/berkas/{case.number}/").content.decode()
    begun = officer.post(f"/berkas/{case.number}/hak/diam/")
    assert begun["Location"] == "/mulai/keberatan-informasi/"
    form: Any = html.fromstring(officer.get(begun["Location"]).content)
    assert (
        form.xpath("string(//input[@name='nomor_pendaftaran_permohonan']/@value)") == "001/PI/PPID/VIII/2026"
    )
    assert form.xpath("//input[@name='alasan' and @checked]/@value") == ["c"]
    stranger = desk_of(holders("position:kepala-dinas", moment(8, 3))[0])
    assert stranger.post(f"/berkas/{case.number}/hak/diam/").status_code in (403, 404)


def test_a_lost_code_goes_only_to_the_address_in_the_case(clock: Any) -> None:
    case = registered(Applicant(), moment(8, 3))
    number = case.data["nomor_pendaftaran"]
    answers = set()
    for typed in ("penyusup@contoh.example", "Ratna@contoh.example"):
        answer = Applicant().client.post("/lacak/kirim-kode/", {"nomor": number, "surel": typed})
        answers.add(text(answer))
        tasks.mail_code.func(number=number, email=typed, at=moment(8, 3))
    assert len(answers) == 1
    assert [each.to for each in mail.outbox] == [["ratna@contoh.example"]]
