"""The papers of the personnel procedures say what their forms ask, with the figures of the played examples."""

from pathlib import Path

import pytest

from laksana.cases.play import play, read_script
from laksana.documents import papers
from laksana.documents.models import Paper
from laksana.documents.templates import has_own_template
from laksana.documents.tests.pdf import text_of
from laksana.library.catalogue import entry

PAPERS = [
    (
        "cuti",
        "tahunan-bawaan",
        "formulir-cuti-terisi",
        [
            "I. DATA PEGAWAI",
            "VIII. KEPUTUSAN PEJABAT YANG BERWENANG",
            "10 hari kerja",
            "N-1 (2025)",
            "hak 18 hari; sesudah cuti ini 8 hari",
        ],
    ),
    (
        "cuti",
        "tahunan-bawaan",
        "surat-izin-cuti",
        ["SURAT IZIN CUTI TAHUNAN", "NOMOR SIC/001/2026", "2 November 2026"],
    ),
    (
        "kenaikan-gaji-berkala",
        "normal",
        "surat-kgb",
        [
            "a.n. Wali Kota",
            "PNS; KGB yang akan datang",
            "Rp3.057.300,00",
            "tiga juta lima puluh tujuh ribu tiga ratus rupiah",
            "4 tahun 0 bulan",
            "1 Januari 2029",
        ],
    ),
    (
        "kenaikan-pangkat",
        "reguler-tepat",
        "surat-usul",
        ["periode 1 Oktober 2026", "III/b", "III/c", "Reguler"],
    ),
    (
        "pensiun",
        "estimasi",
        "dpcp",
        [
            "DATA PERORANGAN CALON PENERIMA PENSIUN",
            "26 tahun 7 bulan",
            "Rp4.576.400,00",
            "1 Mei 2027",
            "1. Istri/suami",
        ],
    ),
    (
        "skumptk",
        "tahunan",
        "skumptk",
        ["Rp328.700,00", "Rp131.480,00", "Jumlah jiwa 4; tunjangan", "Anak Ketiga", "Yang menerangkan"],
    ),
    (
        "kehadiran-manual",
        "rekap-biasa",
        "rekap-kehadiran",
        ["Bulan November 2026", "21 hari kerja", "8,00", "Dibuat oleh"],
    ),
    ("satyalancana", "dua-puluh", "usul", ["u.p. Kepala BKPSDM", "20 tahun 5 bulan", "20 tahun (perak)"]),
    (
        "satyalancana",
        "dua-puluh",
        "pernyataan",
        ["tidak pernah dijatuhi hukuman disiplin tingkat sedang atau berat"],
    ),
    (
        "skp-asn",
        "sangat-baik",
        "skp",
        ["PEJABAT PENILAI KINERJA", "A. UTAMA", "B. TAMBAHAN", "Berorientasi Pelayanan", "LAMPIRAN SKP"],
    ),
    (
        "skp-asn",
        "sangat-baik",
        "evaluasi",
        [
            "RATING HASIL KERJA",
            "DI ATAS EKSPEKTASI",
            "POLA DISTRIBUSI",
            "PREDIKAT KINERJA PEGAWAI",
            "SANGAT BAIK",
        ],
    ),
    (
        "skp-asn",
        "sangat-baik",
        "konversi-ak",
        ["150%", "12,5", "18,75", "Kebutuhan untuk kenaikan jenjang : 100"],
    ),
    (
        "cuti",
        "cltn-diperpanjang",
        "sk-cltn",
        ["NOMOR 850/15/2027", "PERPANJANGAN CUTI DI LUAR TANGGUNGAN", "CLTN-9/2027", "31 Januari 2029"],
    ),
    (
        "kenaikan-gaji-berkala",
        "penundaan",
        "sk-penundaan",
        ["1 Maret 2026 ditunda selama 6 (enam) bulan", "1 September 2026"],
    ),
    ("kenaikan-pangkat", "terlambat-periode", "sk-kp", ["Penata (III/c)", "PG-1", "Rp3.645.200,00"]),
    ("kenaikan-pangkat", "tms-bkn-akhir", "surat-tms", ["belum memenuhi syarat", "1 Desember 2026"]),
    ("kenaikan-gaji-berkala", "terlambat-rapel", "perhitungan-rapel", ["Mengetahui", "rupiah"]),
    (
        "skumptk",
        "terlambat-lapor",
        "perhitungan-selisih",
        ["Juni 2026", "Rp1.604.480,00", "empat ratus delapan puluh rupiah"],
    ),
    ("pensiun", "estimasi", "usul", ["Batas usia pensiun", "26 tahun 7 bulan", "800.1/1/Diskominfo/2026"]),
    ("pensiun", "estimasi", "skpp", ["April 2027", "Rp4.576.400", "SK-1", "Kepala BPKAD"]),
    ("satyalancana", "dua-puluh", "drh", ["III. Kursus/latihan", "21 April 1984", "Mengetahui"]),
    ("kartu-pegawai", "bolak-balik", "surat-pengantar", ["KARSU", "Usul penerbitan"]),
    ("kartu-pegawai", "kartu-asn-pengelola-sendiri", "kartu", ["KARTU ASN VIRTUAL", "KV-0099", "Kode QR"]),
    ("kehadiran-manual", "rekap-biasa", "daftar-hadir", ["Bidang E-Government", "TK Tanpa keterangan"]),
    ("kehadiran-manual", "rekap-biasa", "pengantar", ["21 hari kerja", "Penerima"]),
    (
        "kartu-pegawai",
        "karsu-normal",
        "laporan-perkawinan",
        ["LAPORAN PERKAWINAN PERTAMA", "12 September 2026", "KARSU", "Atasan langsung"],
    ),
]


NINE = (
    "cuti",
    "kartu-pegawai",
    "kehadiran-manual",
    "kenaikan-gaji-berkala",
    "kenaikan-pangkat",
    "pensiun",
    "satyalancana",
    "skp-asn",
    "skumptk",
)


@pytest.mark.parametrize("procedure", NINE)
def test_every_paper_has_a_form_of_its_own(procedure: str) -> None:
    definition = entry(procedure).procedure
    shared = [one.id for one in definition.documents if not has_own_template(procedure, one)]
    assert not shared


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(("procedure", "scenario", "document", "told"), PAPERS)
def test_the_paper_says_what_its_form_asks(
    procedure: str, scenario: str, document: str, told: list[str]
) -> None:
    folder = entry(procedure).folder
    script = folder / "scenarios.yaml"
    played = {each.id: each for each in read_script(script.read_text(encoding="utf-8"), str(script))}
    for _event in play(played[scenario], folder):
        pass
    paper = Paper.objects.filter(document=document, case__procedure=procedure).order_by("-pk")[0]
    assert Path(paper.template).parts[-2] == folder.name
    content = papers.render(paper)
    text = " ".join(text_of(content).split())
    for words in told:
        assert words in text
