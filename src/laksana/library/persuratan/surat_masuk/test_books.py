"""What the books, papers and notices of incoming letters hold after a played example."""

from typing import Any

import pytest

from laksana.cases import services
from laksana.cases.models import Attachment, Case
from laksana.documents.services import Paper
from laksana.library.tests.examples import played, rows_of
from laksana.notices.models import Notice
from laksana.people import services as people
from laksana.registers.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def row_of(register: str) -> dict[str, Any]:
    """Return a book's only row with everything that was added to it."""
    (row,) = rows_of(register)
    return row


def test_the_agenda_follows_a_letter_from_receipt_to_file() -> None:
    played(__file__, "biasa-normal")
    row = row_of("agenda-masuk")
    assert row["nomor_agenda"] == "1318"
    assert (row["tanggal_terima"], row["jam"]) == ({"date": "2026-11-10"}, {"time": "09:20:00"})
    assert row["disposisi_kepada"] == "Kepala Bidang Statistik"
    assert row["tanggal_disposisi"] == {"date": "2026-11-10"}
    assert row["tindak_lanjut"] == "Data triwulan III telah diterima Bapperida."
    assert row["nomor_berkas"] == "000.7.2/2026/03"


def test_the_sealed_agenda_names_no_subject_and_who_took_the_envelope() -> None:
    played(__file__, "rahasia-tertutup")
    row = row_of("agenda-tertutup")
    assert (row["nomor_agenda"], row["nomor_pada_sampul"]) == ("RHS-004", "R-88/M.6.10/2026")
    assert row["paraf_penerima"]
    assert not Entry.objects.filter(register="agenda-masuk").exists()
    carried = Entry.objects.filter(register="ekspedisi-intern", kind=Entry.Kind.ROW).values_list(
        "values", flat=True
    )
    assert {each["hal"] for each in carried} == {"(tertutup)"}


def test_a_sealed_letter_has_no_lembar_disposisi() -> None:
    played(__file__, "rahasia-tertutup")
    assert set(Paper.objects.values_list("document", flat=True)) == {"bukti-terima"}


def test_the_filled_lembar_disposisi_ticks_receivers_and_wishes_and_names_the_giver() -> None:
    played(__file__, "pohon-belum-tutup")
    sheet = Paper.objects.get(document="lembar-disposisi-terisi").data["values"]
    ticked = {box["jabatan"]: box["tembusan"] for box in sheet["kotak_penerima"] if box["dicentang"]}
    assert ticked == {
        "Kepala Bidang E-Government": False,
        "Kepala Bidang Komunikasi": False,
        "Sekretaris": True,
    }
    assert [box["nama"] for box in sheet["kotak_instruksi"] if box["dicentang"]] == ["Proses lebih lanjut"]
    assert sheet["pemberi_disposisi"].startswith("Kepala Dinas, ")


def test_one_who_acts_for_an_absent_giver_is_printed_with_both_names() -> None:
    played(__file__, "pejabat-berhalangan")
    giver = Paper.objects.get(document="lembar-disposisi-terisi").data["values"]["pemberi_disposisi"]
    assert giver.startswith("Plh. Kepala Dinas, ")
    assert "(menggantikan " in giver


def test_a_copy_is_told_to_its_receiver() -> None:
    played(__file__, "pohon-belum-tutup")
    [notice] = Notice.objects.filter(kind="tembusan")
    case = Case.objects.get(procedure="surat-masuk")
    assert notice.person.holdings.filter(position__code="sekretaris").exists()
    assert notice.url == f"/berkas/{case.number}/"


def test_the_second_copy_of_a_letter_is_put_with_the_first() -> None:
    played(__file__, "duplikat-dua-saluran")
    first = Case.objects.get(data__nomor_agenda="1320")
    told = first.events.get(kind="commented").data["text"]
    assert "Kurir" in told
    assert "13-11-2026 09.55" in told
    assert Attachment.objects.filter(case=first, field="", document="").count() == 1
    [noted] = Entry.objects.filter(case=first, register="agenda-masuk", kind=Entry.Kind.CORRECTION)
    assert noted.values == {"keterangan": told}


def test_the_scan_of_an_open_letter_is_for_those_on_its_path() -> None:
    played(__file__, "biasa-normal")
    case = Case.objects.get(procedure="surat-masuk")
    at = case.opened_at
    on_path, colleague = (
        people.holders(f"position:{code}", at)[0] for code in ("kabid-statistik", "kabid-egov")
    )
    assert services.attachments_for(on_path, at, case).filter(field="pindaian").exists()
    assert "pindaian" in services.case_view(case.number, on_path, at).values
    assert not services.attachments_for(colleague, at, case).exists()
    seen = services.case_view(case.number, colleague, at).values
    assert seen["hal"] == "Permintaan data capaian indikator kinerja triwulan III"
    assert "pindaian" not in seen


def test_a_letter_by_e_mail_brings_its_attachment_as_a_scan() -> None:
    played(__file__, "surel-warga")
    case = Case.objects.get(procedure="surat-masuk")
    [scan] = Attachment.objects.filter(case=case, field="pindaian")
    assert case.data["pindaian"] == [scan.pk]
    assert (scan.name, scan.stored.media_type) == ("Permohonan Wi-Fi publik.pdf", "application/pdf")
