"""Every form of paper prints what its definition declares; what is missing stands as a gap."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from laksana.documents.contents import sections
from laksana.documents.templates import template_of
from laksana.documents.tests.data import AT, Names, paper
from laksana.documents.tests.pdf import pages_of, runs_into_each_other, text_of
from laksana.documents.typesetting import ROOT, TEMPLATES, typeset
from laksana.documents.wording import worded
from laksana.sop.definition import Document, FieldSpec

FIELDS = {
    "nama": FieldSpec(label="Nama pemohon", type="text"),
    "acara": FieldSpec(label="Tanggal acara", type="date"),
    "biaya": FieldSpec(label="Biaya", type="money"),
    "alasan": FieldSpec(label="Alasan", type="longtext"),
    "nik": FieldSpec(label="NIK", type="nik"),
    "barang": FieldSpec.model_validate(
        {
            "label": "Daftar barang",
            "type": "table",
            "columns": {
                "kode": {"label": "Kode", "type": "text"},
                "jumlah": {"label": "Jumlah", "type": "number"},
            },
        }
    ),
}
VALUES: dict[str, Any] = {
    "nama": "Siti Contoh",
    "acara": date(2026, 11, 20),
    "biaya": Decimal(1250000),
    "alasan": None,
    "nik": "3673014205900001",
    "barang": [{"kode": "01.02", "jumlah": Decimal(3)}, {"kode": "01.03", "jumlah": Decimal(1)}],
}
CONTENTS = (
    "Kop dinas",
    "Nama pemohon, tanggal acara, dan biaya",
    "Alasan peminjaman",
    "Tabel: daftar barang",
    "Ketentuan penggunaan ruang",
    "Tanda tangan pejabat",
)


def document(form: str, **over: Any) -> Document:
    return Document(
        **{"id": "contoh", "title": "Naskah Contoh", "form": form, "at": "isi", "contents": CONTENTS} | over
    )


def printed(form: str) -> str:
    declared = document(form)
    parts = [part.as_data() for part in sections(declared, FIELDS, VALUES, Names())]
    words = {name: worded(FIELDS[name], value, Names()) for name, value in VALUES.items()}
    about = {"id": "contoh", "title": declared.title, "form": form}
    return text_of(
        typeset(template_of("tiada", declared), paper(document=about, sections=parts, words=words), AT)
    )


@pytest.mark.parametrize(
    "form", sorted(path.stem for path in (TEMPLATES / "forms").glob("*.typ") if path.stem != "generic")
)
def test_every_form_prints_the_declared_parts_with_the_fields_they_name(form: str) -> None:
    text = printed(form)
    for part in (
        "PEMERINTAH KOTA SERANG",
        "Siti Contoh",
        "20 November 2026",
        "Rp1.250.000",
        "01.02",
        "01.03",
    ):
        assert part in text
    assert "Ketentuan penggunaan ruang: [......]" in text


def test_an_empty_field_stands_as_a_gap() -> None:
    assert "Alasan : [......]" in printed("surat")


def test_a_field_that_no_part_names_is_not_printed() -> None:
    assert VALUES["nik"] not in printed("formulir")


def test_a_field_is_printed_once_where_it_is_first_named() -> None:
    twice = document("surat", contents=("Nama pemohon", "Nama pemohon dan alasan"))
    first, second = sections(twice, FIELDS, VALUES, Names())
    assert [fact["label"] for fact in first.facts] == ["Nama pemohon"]
    assert [fact["label"] for fact in second.facts] == ["Alasan"]


@pytest.mark.parametrize("spelling", ["berita acara", "berita-acara", "berita_acara", "Berita Acara"])
def test_spellings_of_a_form_are_one_form(spelling: str) -> None:
    assert template_of("tiada", document(spelling)).name == "berita-acara.typ"


def test_what_is_no_paper_by_nature_is_set_plainly() -> None:
    assert template_of("tiada", document("surel")).name == "naskah.typ"


def test_a_procedure_sets_its_own_template_before_the_general_one() -> None:
    own = template_of("surat-masuk", document("lembar", id="lembar-disposisi"))
    assert own == ROOT / "library" / "persuratan" / "surat_masuk" / "lembar-disposisi.typ"


def test_a_signature_never_stands_alone_on_a_page() -> None:
    template = ROOT / "library" / "persuratan" / "surat_keluar" / "surat-dinas.typ"
    for lines in range(20, 40):
        body = "\n".join(f"Alinea ke-{number} dari surat ini." for number in range(lines))
        pdf = typeset(template, paper(values={"isi": body}), AT)
        if pages_of(pdf) == 2:
            last = text_of(pdf).rpartition(f"Alinea ke-{lines - 2} ")[2]
            assert f"Alinea ke-{lines - 1}" in last
            assert "Rina Contoh" in last
            return
    pytest.fail("no letter broke over two pages")


def test_a_part_that_names_the_addressee_stands_in_the_head_of_a_letter_and_its_copies_at_the_foot() -> None:
    text = text_of(
        typeset_parts("surat", "Yth. kepala BKPSDM; tembusan Inspektur", "Ketentuan penggunaan ruang")
    )
    assert "Yth. Kepala BKPSDM" in text
    assert "1. Ketentuan penggunaan ruang: [......]" in text
    assert text.rstrip().endswith("Tembusan: Inspektur")


def test_a_letter_that_says_only_to_whom_leaves_its_body_to_be_written() -> None:
    text = text_of(typeset_parts("surat", "Yth. Kepala BKPSDM"))
    assert "di tempat [......]" in text


@pytest.mark.parametrize("columns", [4, 9, 17])
@pytest.mark.parametrize("form", ["berita acara", "tabel"])
def test_no_word_of_a_table_runs_into_the_next_column(form: str, columns: int) -> None:
    specs = {
        "daftar": FieldSpec.model_validate(
            {
                "label": "Daftar barang",
                "type": "table",
                "columns": {
                    f"k{n}": {"label": f"Nilai perolehan {n}", "type": "text"} for n in range(columns)
                },
            }
        )
    }
    row = {f"k{n}": f"1.3.2.02.01.{n:02}.003" for n in range(columns)}
    parts = sections(document(form, contents=("Daftar barang",)), specs, {"daftar": [row] * 2}, Names())
    pdf = typeset_sections(form, [part.as_data() for part in parts])
    assert [code for code in row.values() if text_of(pdf).count(code) != 2] == []
    assert runs_into_each_other(pdf) == []


def typeset_parts(form: str, *contents: str) -> bytes:
    declared = sections(document(form, contents=contents), FIELDS, VALUES, Names())
    return typeset_sections(form, [part.as_data() for part in declared])


def typeset_sections(form: str, parts: list[dict[str, Any]]) -> bytes:
    about = {"id": "contoh", "title": "Naskah Contoh", "form": form}
    return typeset(template_of("tiada", document(form)), paper(document=about, sections=parts, words={}), AT)
