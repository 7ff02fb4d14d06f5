"""Templates become PDF/A that others can read, the same bytes for the same input."""

import threading
from datetime import timedelta

import pytest

from laksana.documents.tests.data import AT, paper
from laksana.documents.tests.pdf import opened, text_of
from laksana.documents.typesetting import ROOT, TEMPLATES, TypesettingError, typeset

LETTER = ROOT / "library" / "persuratan" / "surat_keluar" / "surat-dinas.typ"
JUDUL = TEMPLATES / "forms" / "judul.typ"


def letter(body: str, **values: object) -> bytes:
    return typeset(LETTER, paper(values={"isi": body, "hal": "Contoh", **values}), AT)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert letter("Isi.") == letter("Isi.")


def test_another_date_gives_other_bytes() -> None:
    assert typeset(JUDUL, paper(), AT) != typeset(JUDUL, paper(), AT + timedelta(days=1))


def test_the_pdf_says_that_it_is_pdf_a_2a_and_when_it_was_made() -> None:
    with opened(letter("Isi.")) as pdf:
        with pdf.open_metadata() as xmp:
            assert xmp["pdfaid:part"] == "2"
            assert xmp["pdfaid:conformance"] == "A"
            assert xmp["xmp:CreateDate"] == "2026-11-18T02:20:00+00:00"
            assert xmp["dc:title"] == "Surat Contoh"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "id-ID"
        assert "/OutputIntents" in pdf.Root


def test_every_font_is_embedded_and_its_text_can_be_extracted() -> None:
    with opened(letter("Isi yang *biasa*.")) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            assert "/ToUnicode" in font
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_qpdf_finds_nothing_wrong() -> None:
    with opened(letter("Isi.")) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_markup_in_data_is_set_as_text_and_never_carried_out() -> None:
    text = text_of(letter('*tebal* #read("/etc/passwd") $x^2$ <label> @acuan // komentar'))
    assert '*tebal* #read("/etc/passwd") $x^2$ <label> @acuan // komentar' in text


def test_letters_that_the_face_lacks_stand_as_a_hollow_box() -> None:
    text = text_of(letter("Nama \N{GRINNING FACE}\N{ARABIC LETTER SEEN} selesai"))
    assert "Nama \N{WHITE SQUARE}\N{WHITE SQUARE} selesai" in text


def test_control_and_invisible_characters_do_not_stop_a_paper() -> None:
    assert "Isi bersih" in text_of(letter("Isi\x00\ufeff \u200bbersih\ud800"))


def test_lines_become_paragraphs_and_lists() -> None:
    text = text_of(letter("Pembuka.\n\n1. satu\n2. dua\n- butir\nPenutup."))
    for part in ("Pembuka.", "1. satu", "2. dua", "• butir", "Penutup."):
        assert part in text


def test_a_faulty_template_is_named_with_what_is_wrong() -> None:
    template = TEMPLATES / "forms" / "surat.typ"
    with pytest.raises(TypesettingError, match=r"surat\.typ: .*does not contain key"):
        typeset(template, {"document": {"title": "x"}}, AT)


def test_several_threads_set_papers_at_the_same_time() -> None:
    made: list[bytes] = []

    def work() -> None:
        made.extend(letter("Isi.") for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 20
    assert len(set(made)) == 1
