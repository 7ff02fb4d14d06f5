"""What the books of legal products hold after a played example."""

import pytest

from laksana.documents.services import Paper
from laksana.library.tests.examples import played, printed, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def test_a_regulation_that_went_on_without_the_gubernur_says_so() -> None:
    played(__file__, "perwal-penuh")
    (row,) = rows_of("register-permohonan")
    assert row["pemrakarsa"].startswith("Prasaja")
    assert (row["tahap"], row["versi"]) == ("Selesai", {"number": "7"})
    assert (row["hasil_fasilitasi"], row["keterangan"]) == (
        "Lewat batas tanpa hasil",
        "Dilanjutkan tanpa hasil fasilitasi",
    )
    assert row["nomor_produk"] == "NOMOR 31 TAHUN 2026"
    assert row["tanggal_ke_bagian_hukum"] == {"date": "2026-09-07"}
    assert not rows_of("register-keputusan")


def test_a_request_that_is_refused_says_why() -> None:
    played(__file__, "hasil-fasilitasi")
    (row,) = rows_of("register-permohonan")
    assert (row["tahap"], row["keterangan"]) == ("Ditolak", "Bukan kewenangan")
    assert row["hasil_fasilitasi"] == "Perlu penyempurnaan"


def test_decisions_of_the_kepala_dinas_have_their_own_book() -> None:
    played(__file__, "keputusan-kadis")
    (row,) = rows_of("register-keputusan")
    assert (row["nomor_keputusan"], row["status"]) == ("000.8.3.3/Kep.041/Diskominfo/2026", "Berlaku")
    assert row["berlaku_mulai"] == {"date": "2026-11-06"}
    assert not rows_of("perubahan-status")
    paper = Paper.objects.get(document="keputusan").data
    assert paper["signature"]["name"] == "WIRAGUNA TINTARAYA"
    assert "KESATU" in printed("keputusan")


def test_an_amended_product_is_marked() -> None:
    played(__file__, "keputusan-wali-kota")
    (row,) = rows_of("perubahan-status")
    assert (row["produk_hukum"], row["status"]) == ("100.3.3.3/Kep.11-Huk/2024", "Diubah")
    assert (row["oleh"], row["sejak"]) == ("100.3.3.3/Kep.211-Huk/2026", {"date": "2026-10-01"})


def test_a_regulation_and_its_request_print_what_they_are_about() -> None:
    played(__file__, "perwal-penuh")
    for text in (
        "NOMOR 31 TAHUN 2026",
        "PENYELENGGARAAN PUSAT DATA",
        "bahwa SOP disusun oleh tim",
        "20 November 2026",
    ):
        assert text in printed("peraturan"), text
    for text in ("Peraturan Wali Kota", "SOP disusun oleh tim", "PermenPANRB 35/2012"):
        assert text in printed("nota-permohonan"), text
    assert not Paper.objects.filter(document="keputusan-wali-kota").exists()
