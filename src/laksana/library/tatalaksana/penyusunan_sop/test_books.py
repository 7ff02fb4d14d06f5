"""What the books of SOP hold after a played example."""

import pytest

from laksana.documents.services import Paper
from laksana.library.tests.examples import played, printed, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def test_a_version_is_closed_when_the_next_one_binds_or_it_is_withdrawn() -> None:
    played(__file__, "revisi-lalu-cabut")
    rows = rows_of("daftar-induk")
    assert [(row["nomor_sop"], row["versi"]["number"], row["status"]) for row in rows] == [
        ("000.8.3.3/12/Diskominfo/2026", "0", "Diganti"),
        ("000.8.3.3/4/Diskominfo/2027", "1", "Diganti"),
        ("000.8.3.3/5/Diskominfo/2027", "2", "Dicabut"),
    ]
    assert [row["tanggal_berakhir"]["date"] for row in rows] == ["2027-06-30", "2028-01-09", "2028-07-12"]
    assert rows[1]["unit"] == "Kepala Bidang E-Government"


def test_every_evaluation_is_a_row() -> None:
    played(__file__, "revisi-lalu-cabut")
    assert [(row["nomor_sop"], row["hasil"]) for row in rows_of("register-monev")] == [
        ("000.8.3.3/4/Diskominfo/2027", "Revisi"),
        ("000.8.3.3/5/Diskominfo/2027", "Cabut"),
    ]


def test_an_sop_that_stays_says_when_it_is_evaluated_again() -> None:
    played(__file__, "sop-baru")
    (row,) = rows_of("register-monev")
    assert (row["hasil"], row["evaluasi_berikutnya"]) == ("Tetap", {"date": "2027-12-23"})
    (version,) = rows_of("daftar-induk")
    assert (version["status"], version["tanggal_berakhir"]) == (None, None)


def test_the_approved_sop_prints_its_identity_and_steps() -> None:
    played(__file__, "sop-baru")
    text_of_paper = printed("sop-sah")
    for text in (
        "000.8.3.3/12/Diskominfo/2026", "5 Oktober 2026", "20 November 2026", "PermenPANRB 35/2012",
        "Buku peminjaman", "Komputer",
        "Menyusun tanda terima", "1 hari kerja 5 jam 45 menit",
    ):  # fmt: skip
        assert text in text_of_paper, text
    assert Paper.objects.get(document="sop-sah").data["signature"]["name"].startswith("Dr. Wiraguna")
    assert "Mekanisme Lain" in printed("matriks-kebutuhan")
    assert "Mudah diukur" in printed("formulir-monev")
