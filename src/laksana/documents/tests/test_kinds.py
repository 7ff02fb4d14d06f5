"""Every kind of naskah dinas that the office issues has its form, and none leaves a signature alone on a page."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary

from laksana.documents.contents import Section
from laksana.documents.signature import Naming
from laksana.documents.templates import naming_of, template_of
from laksana.documents.tests.data import AT, paper
from laksana.documents.tests.pdf import lines_of_pages, opened, text_of
from laksana.documents.typesetting import typeset
from laksana.sop.definition import Document
from laksana.sop.prose import read

KINDS = {
    "Surat Dinas": "surat", "Surat Undangan": "surat", "Surat Panggilan": "surat", "Nota Dinas": "nota", "Memo": "nota",
    "Surat Tugas": "tugas", "Surat Perintah": "tugas", "Surat Edaran": "edaran", "Pengumuman": "edaran",
    "Instruksi": "edaran", "Keputusan": "keputusan", "Berita Acara": "berita-acara", "Notula": "notula",
    "Laporan": "laporan", "Kerangka Acuan": "laporan", "Telaahan Staf": "telaahan", "Surat Keterangan": "keterangan",
    "Surat Izin": "keterangan", "Rekomendasi": "keterangan", "Surat Pernyataan": "pernyataan",
    "Surat Pengantar": "pengantar", "Surat Kuasa": "kuasa", "Surat Perjanjian": "perjanjian",
    "Surat Perjalanan Dinas": "spd", "Kuitansi": "kuitansi", "Tanda Terima": "kuitansi",
    "Lembar Disposisi": "disposisi", "Formulir": "formulir", "Daftar": "tabel", "Daftar Hadir": "tabel",
    "Sertifikat": "sertifikat", "Piagam": "sertifikat",
}  # fmt: skip
"""What tata naskah dinas names -> the shared template that sets it."""
SIGNED = sorted(set(KINDS.values()))


def document(title: str, form: str = "") -> Document:
    """Return a declared document."""
    return Document(id="contoh", title=title, form=form or title, at="isi")


def of_kind(title: str, sections: list[dict[str, Any]]) -> bytes:
    """Return the PDF of a kind with these declared parts."""
    about = {"id": "contoh", "title": title, "form": title.lower()}
    return typeset(template_of("tiada", document(title)), paper(document=about, sections=sections), AT)


def facts(texts: list[str]) -> list[dict[str, Any]]:
    """Return parts of one fact each."""
    return [
        Section(f"Bagian {n}", [{"label": f"Butir {n}", "value": text}]).as_data()
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize(("title", "template"), KINDS.items())
def test_every_kind_of_naskah_dinas_has_its_form(title: str, template: str) -> None:
    assert template_of("tiada", document(title)).stem == template


@pytest.mark.parametrize(
    ("title", "form", "template"),
    [
        ("Surat Kuasa Pengurusan STNK", "surat", "kuasa"),
        ("Surat Perintah Penyaluran Barang", "surat", "tugas"),
        ("Surat Pengantar Laporan SKM", "surat", "pengantar"),
        ("Keputusan Wali Kota", "judul", "keputusan"),
        ("Surat Perjalanan Dinas (lembar I)", "formulir", "spd"),
        ("Surat Perintah Membayar (SPM)", "formulir", "formulir"),
        ("Surat Penyediaan Dana", "formulir", "formulir"),
        ("Surat Usul Pensiun", "surat dinas", "surat"),
    ],
)
def test_a_form_that_says_only_the_shape_leaves_the_kind_to_the_title(
    title: str, form: str, template: str
) -> None:
    assert template_of("tiada", document(title, form)).stem == template


@pytest.mark.parametrize("title", KINDS)
def test_every_kind_is_tagged_pdf_a_with_all_its_fonts(title: str, tmp_path: Path) -> None:
    pdf = of_kind(title, facts(["Nilai satu", "", "Nilai tiga"]))
    with opened(pdf) as read:
        assert read.check_pdf_syntax() == []
        assert read.Root.MarkInfo.Marked
        with read.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "A")
    text = text_of(pdf)
    assert "[......]" in text, "what is missing stands as a gap"
    assert {"Nilai satu", "Nilai tiga"} <= set(re.findall(r"Nilai \w+", text))
    (file := tmp_path / "naskah.pdf").write_bytes(pdf)
    _check_with_others(file)


def _check_with_others(file: Path) -> None:
    for tool in ("qpdf", "pdffonts", "pdfinfo"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")

    def told(*words: str) -> str:
        done = subprocess.run([*words, str(file)], capture_output=True, text=True, check=True)  # noqa: S603
        return done.stdout

    told("qpdf", "--check")
    fonts = [line.split()[-5:-2] for line in told("pdffonts").splitlines()[2:]]
    assert fonts
    assert all(font == ["yes", "yes", "yes"] for font in fonts), "embedded, subset, with its letters named"
    assert re.search(r"^Tagged: +yes$", told("pdfinfo"), re.MULTILINE)


WORDS = st.integers(1, 60).map(lambda count: " ".join(["kata"] * count) + ".")


LONG = " ".join(["kata"] * 43) + "."


@settings(max_examples=25, deadline=None)
@example(texts=["kata.", "kata.", LONG, LONG, LONG, " ".join(["kata"] * 12) + "."], title="Piagam")
@given(texts=st.lists(WORDS, min_size=1, max_size=60), title=st.sampled_from(sorted(KINDS)))
def test_a_signature_never_stands_without_two_lines_of_what_it_signs(texts: list[str], title: str) -> None:
    _holds_the_signature(of_kind(title, facts(texts)), len(texts))


BODY = template_of("surat-keluar", document("Surat Dinas", "surat").model_copy(update={"id": "surat-dinas"}))


SHORT, MIDDLE = (" ".join(["kata"] * count) + "." for count in (20, 39))


@settings(max_examples=60, deadline=None)
@example(texts=["kata."] * 7 + [SHORT] + [MIDDLE] * 5 + [" ".join(["kata"] * 18) + "."], marked=False)
@given(texts=st.lists(WORDS, min_size=1, max_size=60), marked=st.booleans())
def test_a_letter_of_any_length_ends_with_two_lines_above_its_signature(
    texts: list[str], marked: bool
) -> None:
    body = "\n".join(f"{'- ' if marked else ''}{text}" for text in texts)
    _holds_the_signature(typeset(BODY, paper(values={"isi": body}), AT), len(texts))


def _holds_the_signature(pdf: bytes, parts: int) -> None:
    pages = lines_of_pages(pdf)
    places = [
        (number, place)
        for number, lines in enumerate(pages)
        for place, line in enumerate(lines)
        if "rina contoh" in line.lower()
    ]
    signed, place = places[-1]
    lines = pages[signed]
    body = [line for line in lines[:place] if "kat" in line or "Demikian" in line or "mestinya" in line]
    assert signed == 0 or len(body) >= min(2, parts), lines
    assert any("Kepala Dinas" in line for line in lines[:place]), "the block is not torn"


def test_decisions_and_certificates_name_without_degrees() -> None:
    assert naming_of(document("Keputusan")) is Naming.PLAIN
    assert naming_of(document("Surat Tugas")) is Naming.FULL


RICH = (
    "# Dasar\nPembuka **penting**.\n1. kata satu\n2. kata dua\n   - kata dalam\n"
    "| Nama | Jumlah |\n| --- | --- |\n| Kertas | 3 |\n| Pena | 4 |\nPenutup."
)


def letter_of(text: str, **values: Any) -> bytes:
    """Return a letter with a formatted body."""
    return typeset(BODY, paper(values={"isi": read(text), "hal": "Contoh", **values}), AT)


def test_a_formatted_body_is_set_with_its_headings_lists_and_tables_tagged() -> None:
    pdf = letter_of(RICH)
    text = text_of(pdf)
    for part in (
        "Dasar",
        "Pembuka penting.",
        "1. kata satu",
        "2. kata dua",
        "• kata dalam",
        "Kertas",
        "Penutup.",
    ):
        assert part in text
    with opened(pdf) as document_read:
        kinds = {
            str(each.S) for each in document_read.objects if isinstance(each, Dictionary) and "/S" in each
        }
    assert {"/L", "/LI", "/Table", "/TR", "/TH", "/TD", "/H2", "/Strong"} <= kinds


LAST = {
    "points": lambda count: "\n".join(f"- kata {n}" for n in range(count)),
    "numbers": lambda count: "\n".join(f"{n}. " + "kata " * 20 for n in range(1, count + 1)),
    "table": lambda count: "\n".join(f"| kata {n} | nilai |" for n in range(count)),
    "headed": lambda count: (
        "| a | b |\n| --- | --- |\n" + "\n".join(f"| kata {n} | x |" for n in range(count))
    ),
    "nested": lambda count: "\n".join(f"{n}. kata\n   - kata\n   - kata" for n in range(1, count // 3 + 2)),
}


@pytest.mark.parametrize("kind", LAST)
@settings(max_examples=25, deadline=None)
@given(before=st.integers(0, 12), count=st.integers(2, 60))
def test_a_body_that_ends_with_a_list_or_table_keeps_its_end_with_the_signature(
    kind: str, before: int, count: int
) -> None:
    _holds_the_signature(letter_of("Pembuka.\n" * before + LAST[kind](count)), count)


def test_markup_in_a_formatted_body_is_set_as_text() -> None:
    hostile = '#read("/etc/passwd") $x$ <label> @acuan // komentar'
    assert hostile in text_of(letter_of(f"- {hostile}"))


def test_many_addressees_and_an_attachment_stand_on_pages_of_their_own() -> None:
    many = [{"nama_jabatan": f"Camat {n}", "alamat_kota": "Serang"} for n in range(9)]
    pdf = letter_of(
        "Isi.", kepada=many, isi_lampiran=read("| Nama | Jumlah |\n| Kertas | 3 |"), judul_lampiran="Rincian"
    )
    pages = [" ".join(lines) for lines in lines_of_pages(pdf)]
    assert len(pages) == 3
    assert "(daftar terlampir)" in pages[0]
    assert "Camat 8" not in pages[0]
    assert "Lampiran I " in pages[1]
    assert "Camat 8" in pages[1]
    assert "Lampiran II " in pages[2]
    assert "RINCIAN" in pages[2]
    assert "Halaman 3 dari 3" in pages[2]
    assert "Halaman" not in pages[0]


def test_a_table_with_empty_cells_and_rows_of_unlike_length_is_set() -> None:
    table = "<table><tr><th>Nama</th><th></th></tr><tr><td></td></tr></table>"
    assert "Nama" in text_of(letter_of(table))
