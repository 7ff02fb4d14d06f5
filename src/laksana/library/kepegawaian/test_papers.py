"""The papers of the personnel procedures say what their forms ask, with the figures of the played examples."""

from pathlib import Path

import pytest

from laksana.cases.play import play, read_script
from laksana.documents import papers
from laksana.documents.models import Paper
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
        ["Bulan November 2026", "21 hari kerja", "8.00", "Dibuat oleh"],
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
        "kartu-pegawai",
        "karsu-normal",
        "laporan-perkawinan",
        ["LAPORAN PERKAWINAN PERTAMA", "12 September 2026", "KARSU", "Atasan langsung"],
    ),
]


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
