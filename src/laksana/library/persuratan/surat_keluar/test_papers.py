"""What the papers and books of outgoing letters hold after a played example."""

import pytest

from laksana.documents.services import Paper
from laksana.library.tests.examples import played
from laksana.registers.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def test_the_lembar_verbal_shows_both_rounds_of_paraf_each_once() -> None:
    played(__file__, "koreksi-hapus-paraf")
    sheet = Paper.objects.filter(document="lembar-verbal").latest("pk").data["values"]
    given = [(row["jabatan"], int(row["versi"])) for row in sheet["paraf"]]
    officials = [
        "Kepala Seksi Pengembangan dan Integrasi Aplikasi",
        "Kepala Bidang E-Government",
        "Kepala Subbagian Umum dan Kepegawaian",
    ]
    first, second = ([(title, version) for title in officials] for version in (1, 2))
    assert given == [*first, *second, ("Sekretaris", 2)]
    corrections = [(row["versi"], row["koreksi"]) for row in sheet["riwayat_koreksi"]]
    assert corrections == [(1, "Batas waktunya terlalu pendek.")]


def test_a_letter_is_signed_by_whoever_holds_the_signing_desk() -> None:
    played(__file__, "normal-tte")
    letter = Paper.objects.get(document="surat-dinas").data
    assert letter["signature"]["lines"] == ["Kepala Dinas,"]
    assert letter["signature"]["nip"]
    assert letter["values"]["nomor_surat"] == "500.12/874/Diskominfo/2026"


def test_a_cancelled_number_keeps_its_row_in_the_agenda() -> None:
    played(__file__, "batal-bernomor")
    row = Entry.objects.get(register="agenda-keluar", kind="baris")
    added = Entry.objects.get(changes=row).values
    assert row.values["nomor_urut"] == {"number": "31"}
    assert (added["status"], added["keterangan"]) == ("Batal", "Data telah diterima lewat jalur lain.")


def test_a_document_numbered_by_the_setda_stands_in_its_own_book() -> None:
    played(__file__, "ditandatangani-sekda")
    row = Entry.objects.get(procedure="surat-keluar")
    assert (row.register, row.values["nomor_surat"]) == ("agenda-setda", "100.3.4.3/301/Setda/2026")
