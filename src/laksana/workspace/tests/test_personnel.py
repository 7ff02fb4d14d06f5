"""The employee file on its pages: who reads what, what is recorded of it, writing, spreadsheets, forms that take from it."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoDbBlocker

from laksana.cases.actions.start import start
from laksana.library.conftest import BEFORE, office
from laksana.library.kepegawaian.riwayat import demo as files
from laksana.library.kepegawaian.riwayat.kinds import CONTENTS
from laksana.library.kepegawaian.riwayat.models import FileReading, FileRow
from laksana.library.kepegawaian.riwayat.services import Proof, record, standing
from laksana.people.models import Person
from laksana.workspace.tests.conftest import parsed

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
HIDDEN_FROM_SUPERIORS = {
    "gaji",
    "keluarga",
    "disiplin",
    "pendidikan",
    "penghargaan",
    "kontrak",
    "kartu",
    "pensiun",
}
AsPerson = Callable[[str], Client]


@pytest.fixture(scope="module", autouse=True)
def _files(office: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        files.install(BEFORE)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def signed_in() -> AsPerson:
    def of(username: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        account = person(username).account
        assert account is not None
        client.force_login(account)
        return client

    return of


def person(username: str) -> Person:
    found: Person = Person.objects.select_related("account").get(account__username=username)
    return found


def shown_parts(page: Any) -> set[str]:
    return {
        each.get("aria-labelledby").removeprefix("bagian-")
        for each in page.xpath("//section[starts-with(@aria-labelledby, 'bagian-')]")
    }


def test_each_sees_of_a_file_what_he_needs_and_every_reading_is_told_to_the_employee(
    signed_in: AsPerson,
) -> None:
    tyas = person("tyas")
    address = f"/pegawai/{tyas.pk}/"
    officer, head = signed_in("handoko").get(address), signed_in("prasaja").get(address)
    assert shown_parts(parsed(officer)) == set(CONTENTS)
    assert shown_parts(parsed(head)) == set(CONTENTS) - HIDDEN_FROM_SUPERIORS
    assert b"Rp" not in head.content
    assert "Correct" in officer.content.decode()
    assert "koreksi/" not in head.content.decode()
    for stranger in ("reno", "bayu", "ningsih", "hartati", "kinasih"):
        assert signed_in(stranger).get(address).status_code == 404
    read = FileReading.objects.filter(person=tyas).values_list("reader__account__username", "parts")
    assert sorted((name, len(parts)) for name, parts in read) == [("handoko", len(CONTENTS)), ("prasaja", 5)]
    own = signed_in("tyas").get("/berkas-saya/")
    assert shown_parts(parsed(own)) == set(CONTENTS)
    told = " ".join(parsed(own).xpath("//section[@aria-labelledby='pembaca']")[0].text_content().split())
    assert "Handoko Mapkuning" in told
    assert "Prasaja Kodeterang" in told
    assert FileReading.objects.filter(person=tyas).count() == 2


def test_looking_after_the_system_opens_no_file(signed_in: AsPerson) -> None:
    client = signed_in("reno")
    account = person("reno").account
    assert account is not None
    account.is_staff = account.is_superuser = True
    account.save()
    assert client.get(f"/pegawai/{person('tyas').pk}/").status_code == 404
    assert client.get("/pegawai/impor/").status_code == 404
    assert client.get("/pegawai/presensi/").status_code == 404
    assert not FileReading.objects.exists()


def test_the_list_holds_whom_one_may_read_and_leads_others_to_their_own_file(signed_in: AsPerson) -> None:
    names = parsed(signed_in("handoko").get("/pegawai/?q=tyas")).xpath("//tbody//th")
    assert [each.text_content() for each in names] == ["Tyas Ujicermat, S.T."]
    # Bayu is away and Galih acts for him: those below the post are Galih's to see on these days.
    below = parsed(signed_in("galih").get("/pegawai/")).xpath("//tbody//th")
    assert {each.text_content() for each in below} == {
        "Tyas Ujicermat, S.T.",
        "Reno Jembatandata, S.Kom.",
        "Maharani Antarmuka, S.Kom.",
    }
    assert signed_in("tyas").get("/pegawai/")["Location"] == "/berkas-saya/"


def test_a_row_is_corrected_by_one_over_it_and_both_stay_readable(signed_in: AsPerson) -> None:
    tyas, officer = person("tyas"), signed_in("handoko")
    row = standing("pangkat").get(person=tyas)
    address = f"/pegawai/baris/{row.pk}/koreksi/"
    given = {
        "since": "2019-04-01", "until": "", "golongan": "III/a", "mkg_tahun": "0", "mkg_bulan": "1",
        "document": "Contoh-SK-2019/baru", "reason": "",
    }  # fmt: skip
    refused = officer.post(address, given)
    assert refused.status_code == 422
    assert parsed(refused).xpath("//*[@id='f-reason-error']")
    assert parsed(refused).xpath("//*[@id='f-mkg_bulan']")[0].get("value") == "1"
    assert officer.post(address, {**given, "mkg_bulan": "14", "reason": "salah ketik"}).status_code == 422
    assert standing("pangkat").get(person=tyas) == row
    assert officer.post(address, {**given, "reason": "salah ketik"}).status_code == 302
    new = standing("pangkat").get(person=tyas)
    assert (new.since, new.data["mkg_bulan"], new.corrects, new.recorded_by) == (
        date(2019, 4, 1),
        1,
        row,
        person("handoko"),
    )
    page = officer.get(f"/pegawai/{tyas.pk}/").content.decode()
    assert "Contoh-SK-2019/baru" in page
    assert row.document in page
    assert "salah ketik" in page
    assert officer.get(address).status_code == 200
    assert officer.post(address, {**given, "reason": "lagi"}).status_code == 422


def test_nobody_writes_into_his_own_file_nor_a_superior_into_one(signed_in: AsPerson) -> None:
    own = standing("pangkat").get(person=person("handoko"))
    assert signed_in("handoko").get(f"/pegawai/baris/{own.pk}/koreksi/").status_code == 404
    assert signed_in("handoko").get(f"/pegawai/{own.person_id}/gaji/tambah/").status_code == 404
    below = standing("pangkat").get(person=person("tyas"))
    assert signed_in("prasaja").get(f"/pegawai/baris/{below.pk}/koreksi/").status_code == 404
    assert signed_in("yuliana").get(f"/pegawai/baris/{own.pk}/koreksi/").status_code == 200


SIASN = ["NIP BARU", "NAMA", "GOL AKHIR NAMA", "TMT GOLONGAN", "MK TAHUN", "MK BULAN", "AGAMA NAMA"]


def sheet(rows: list[list[str]]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("asn.xlsx", content.getvalue())


def test_a_download_of_siasn_is_taken_wholly_or_every_refused_row_is_told(signed_in: AsPerson) -> None:
    officer, tyas, own = signed_in("handoko"), person("tyas"), person("handoko")
    good = [tyas.nip, tyas.name, "III/b", "01-04-2027", "8", "1", "-"]
    bad = [[tyas.nip, "", "V/z", "01-04-2027", "8", "1", "-"], ["123", "", "III/b", "kapan", "8", "1", "-"]]
    before = FileRow.objects.count()
    sent = {"bagian": "pangkat", "dokumen": "Data ASN, 2-11-2026"}
    refused = officer.post("/pegawai/impor/", {**sent, "berkas": sheet([SIASN, good, *bad])})
    assert refused.status_code == 422
    rows = [
        [cell.text_content() for cell in row]
        for row in parsed(refused).xpath("//*[@aria-labelledby='laporan']//tbody/tr")
    ]
    assert [row[0] for row in rows] == ["3", "4"]
    assert "golongan" in rows[0][2]
    assert FileRow.objects.count() == before
    mine = [own.nip, own.name, "IV/e", "01-04-2027", "8", "1", "-"]
    for written, known in ((1, 0), (0, 1)):
        taken = officer.post("/pegawai/impor/", {**sent, "berkas": sheet([SIASN, good, mine])})
        assert taken.status_code == 200
        assert f"1 rows read: {written} written, {known}" not in taken.content.decode()
        assert f"{written} written, {known} stood there already" in taken.content.decode()
        assert "AGAMA NAMA" in taken.content.decode()
    assert FileRow.objects.count() == before + 1
    assert standing("pangkat").filter(person=tyas).latest("since").document == "Data ASN, 2-11-2026"
    assert officer.post("/pegawai/impor/", {"bagian": "pangkat"}).status_code == 422
    broken = SimpleUploadedFile("x.xlsx", b"PK\x03\x04 nothing")
    assert officer.post("/pegawai/impor/", {**sent, "berkas": broken}).status_code == 422


def test_an_export_escapes_formulas_and_is_a_reading_of_every_file_in_it(signed_in: AsPerson) -> None:
    tyas = person("tyas")
    evil = {"jabatan": "=1+1", "unit_kerja": "Bidang"}
    record(tyas, "jabatan", (date(2026, 1, 1), None), evil, Proof("Contoh-1"), at=BEFORE)
    sent = signed_in("handoko").post("/pegawai/ekspor/", {"bagian": "jabatan", "bentuk": "csv"})
    text = sent.content.decode()
    assert "'=1+1" in text
    assert ",=1+1" not in text
    reading = FileReading.objects.get(person=tyas)
    assert (reading.parts, reading.occasion) == (["jabatan"], "ekspor")
    assert (
        signed_in("prasaja").post("/pegawai/ekspor/", {"bagian": "jabatan", "bentuk": "csv"}).status_code
        == 404
    )


def test_a_request_for_leave_takes_from_the_file_and_a_difference_is_shown_to_who_checks_it(
    signed_in: AsPerson,
) -> None:
    tyas = person("tyas")
    page = parsed(signed_in("tyas").get("/mulai/cuti/?jenis_cuti=tahunan&luar_negeri=false"))
    assert page.xpath("//input[@name='nip']")[0].get("value") == tyas.nip
    assert (
        page.xpath("//input[@name='jabatan']")[0].get("value") == "Pranata Komputer (aplikasi) Ahli Pertama"
    )
    assert page.xpath("//input[@name='tmt_masuk']")[0].get("value") == "2019-03-01"
    assert page.xpath("//input[@name='jenis_cuti'][@value='tahunan']")[0].get("checked") is not None
    source = page.xpath("//*[@id='f-jabatan-source']")[0].text_content()
    assert source == "From berkas kepegawaian, Contoh-821/2024."
    assert not FileReading.objects.exists()
    values = {
        "nip": tyas.nip, "nama": tyas.name, "status_pegawai": "PNS", "jabatan": "Pranata Komputer Ahli Muda",
        "kelompok_pemohon": "pelaksana_jf_pengawas", "unit_kerja": tyas.unit.code, "tmt_masuk": "2019-03-01",
        "jenis_cuti": "tahunan", "alasan": "Keluarga", "mulai": "2026-11-09", "selesai": "2026-11-10", "terpakai_n1": 6,
        "terpakai_n2": 12, "alamat_selama_cuti": "Jalan Contoh 1", "telepon": "081234567890", "luar_negeri": False,
    }  # fmt: skip
    case = start("cuti", tyas, BEFORE, values=values)
    checking = signed_in("handoko").get(f"/berkas/{case.number}/").content.decode()
    assert "Differs from the records" in checking
    assert "Pranata Komputer (aplikasi) Ahli Pertama" in checking
    own = signed_in("tyas").get(f"/berkas/{case.number}/").content.decode()
    assert "Differs from the records" in own
    again = parsed(signed_in("tyas").get("/mulai/cuti/"))
    assert again.xpath("//textarea[@name='alamat_selama_cuti']")[0].text_content().strip() == "Jalan Contoh 1"


def test_choosing_an_employee_fills_the_officers_form_and_is_a_reading(signed_in: AsPerson) -> None:
    tyas, galih, officer = person("tyas"), person("galih"), signed_in("handoko")
    page = parsed(officer.get("/mulai/kenaikan-gaji-berkala/"))
    assert page.xpath("//select[@name='pegawai'] | //input[@name='pegawai']")
    assert page.xpath("//input[@name='_filled']")[0].get("value") == ""
    filled = parsed(officer.post("/mulai/kenaikan-gaji-berkala/isian/", {"pegawai": tyas.pk, "_filled": ""}))
    assert filled.xpath("//input[@name='nip']")[0].get("value") == tyas.nip
    assert filled.xpath("//input[@name='tmt_lama']")[0].get("value") == "2025-03-01"
    assert filled.xpath("//input[@name='mkg_lama_tahun']")[0].get("value") == "6"
    assert filled.xpath("//input[@name='_filled']")[0].get("value") == str(tyas.pk)
    typed = {"pegawai": tyas.pk, "_filled": str(tyas.pk), "nip": tyas.nip, "mkg_lama_tahun": "7"}
    kept = parsed(officer.post("/mulai/kenaikan-gaji-berkala/isian/", typed))
    assert kept.xpath("//input[@name='mkg_lama_tahun']")[0].get("value") == "7"
    assert "Differs" in kept.xpath("//*[@id='f-mkg_lama_tahun-source']")[0].text_content()
    other = parsed(officer.post("/mulai/kenaikan-gaji-berkala/isian/", {**typed, "pegawai": galih.pk}))
    assert other.xpath("//input[@name='nip']")[0].get("value") == galih.nip
    readings = FileReading.objects.filter(person=tyas)
    assert [each.reader.account.username for each in readings] == ["handoko"]  # type: ignore[union-attr]
    assert "gaji" in readings[0].parts


def test_what_is_ahead_is_reckoned_from_the_file_and_marked_where_law_was_not_read(
    signed_in: AsPerson,
) -> None:
    tyas = signed_in("tyas")
    page = parsed(tyas.get("/berkas-saya/"))
    told = {
        each.xpath(".//h3")[0].text_content(): each.text_content()
        for each in page.xpath("//*[contains(concat(' ', @class, ' '), ' ahead ')]//li")
    }
    assert len(told) == 4
    assert "Rp3.153.600 mulai 01-03-2027" in told["Kenaikan gaji berkala berikutnya"]
    assert "law not yet checked" in told["Kenaikan gaji berkala berikutnya"]
    assert "Pensiun mulai 01-01-2051" in told["Pensiun"]
    assert "01-03-2029" in told["Satyalancana berikutnya"]
    assert "law not yet checked" not in told["Satyalancana berikutnya"]
    other = parsed(tyas.get("/berkas-saya/hitung/kgb/?golongan=III/a&tmt=2026-01-01&tahun=30&bulan=0"))
    assert (
        "01-01-2028" in other.xpath("//*[contains(concat(' ', @class, ' '), ' result ')]")[0].text_content()
    )
    top = parsed(tyas.get("/berkas-saya/hitung/kgb/?golongan=III/a&tmt=2026-01-01&tahun=32&bulan=0"))
    assert (
        "tidak ada kenaikan berkala lagi"
        in top.xpath("//*[contains(concat(' ', @class, ' '), ' result ')]")[0].text_content()
    )
    wrong = parsed(tyas.get("/berkas-saya/hitung/pensiun/?tanggal_lahir=kapan"))
    assert wrong.xpath("//*[@id='f-tanggal_lahir-error']")
    assert tyas.get("/berkas-saya/hitung/lain/").status_code == 404


def test_ahead_of_a_contract_is_its_pay_by_the_table_and_nothing_that_only_civil_servants_have(
    signed_in: AsPerson,
) -> None:
    maharani = signed_in("maharani")  # PPPK IX since 2023
    page = parsed(maharani.get("/berkas-saya/"))
    (told,) = page.xpath("//*[contains(concat(' ', @class, ' '), ' ahead ')]//li")
    assert "Gaji pokok PPPK menjadi Rp3.408.500 mulai 01-03-2027" in told.text_content()
    asked = "/berkas-saya/hitung/kgb/?golongan=IX&tmt=2026-01-01&tahun=4&bulan=10"
    later = parsed(maharani.get(asked)).xpath("//*[contains(concat(' ', @class, ' '), ' result ')]")[0]
    assert "Rp3.515.900 mulai 01-01-2028" in later.text_content()
    top = parsed(maharani.get(asked.replace("tahun=4", "tahun=32")))
    result = top.xpath("//*[contains(concat(' ', @class, ' '), ' result ')]")[0]
    assert "tidak ada kenaikan berkala lagi" in result.text_content()


def test_everybody_of_the_demonstration_has_a_file_that_every_page_can_show(signed_in: AsPerson) -> None:
    officer = signed_in("handoko")
    people = list(Person.objects.filter(active=True).select_related("account"))
    kinds = {p.pk: set(standing().filter(person=p).values_list("kind", flat=True)) for p in people}
    assert all({"jabatan", "gaji", "pendidikan"} <= found for found in kinds.values())
    assert files.install(BEFORE) == 0
    for each in people[::4]:
        assert officer.get(f"/pegawai/{each.pk}/cuti/").status_code in (
            200,
            404 if each == person("handoko") else 200,
        )
        client = Client()
        client.force_login(each.account)
        assert client.get("/berkas-saya/").status_code == 200
        assert client.get("/berkas-saya/cuti/").status_code == 200
    pay = standing("gaji").filter(person=person("wiraguna")).latest("since")
    assert Decimal(pay.data["gaji_pokok"]) > 5_000_000


def test_a_head_sees_who_is_absent_and_who_asks_to_be_but_nobody_elses_people(signed_in: AsPerson) -> None:
    page = parsed(signed_in("prasaja").get("/pegawai/ketidakhadiran/?bulan=2026-11"))
    rows = {
        row.xpath(".//th")[0].text_content(): row.text_content()
        for row in page.xpath("//section[@aria-labelledby='tabel']//tbody//tr")
    }
    assert list(rows) == ["Bayu Larikbaris, S.Kom."]
    assert page.xpath("//*[@id='hari-2']")
    assert "Cuti tahunan" not in page.text_content()
    assert signed_in("tyas").get("/pegawai/ketidakhadiran/").status_code == 404
    everybody = signed_in("handoko").get("/pegawai/ketidakhadiran/?bulan=2026-11").content.decode()
    assert "Puspita" in everybody
    assert "duty travel" in everybody
