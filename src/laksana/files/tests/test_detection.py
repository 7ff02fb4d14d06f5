"""A file is what it holds, whatever it is called; what is damaged, disguised or dangerous is refused with its
reason.
"""

import contextlib
import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st
from pytest_django import Settings

from laksana.files.detection import detect
from laksana.files.refusal import FileRefused
from laksana.files.tests import contents


def found(content: bytes, name: str = "berkas") -> str:
    return detect(io.BytesIO(content), name).extensions[0]


def refusal(content: bytes, name: str = "berkas") -> str:
    with pytest.raises(FileRefused) as refused:
        detect(io.BytesIO(content), name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "name", "extension"),
    [
        (contents.PDF, "surat.pdf", "pdf"),
        (contents.picture("JPEG"), "foto.jpeg", "jpg"),
        (contents.picture("PNG"), "foto.png", "png"),
        (contents.picture("WEBP"), "foto.webp", "webp"),
        (contents.picture("TIFF"), "pindai.tif", "tif"),
        (contents.picture("GIF"), "foto.gif", "gif"),
        (contents.docx(), "surat.docx", "docx"),
        (contents.xlsx(), "tabel.xlsx", "xlsx"),
        (contents.ooxml("presentationml.presentation.main+xml"), "paparan.pptx", "pptx"),
        (contents.odt(), "surat.odt", "odt"),
        (contents.archive({"a.txt": b"a"}), "arsip.zip", "zip"),
        (contents.MAIL, "surat.eml", "eml"),
        (contents.MAIL, "tanpa akhiran", "eml"),
        (b"nama;nilai\nAyu;1,5\nBudi;2\n", "tabel.csv", "csv"),
        (b"nama,nilai\r\n\"Ayu, S.Kom.\",2\r\n", "tabel.csv", "csv"),
        (b"satu kolom\nsaja\n", "tabel.csv", "csv"),
        ("nama\tnilai\nAyu\t2\n".encode("utf-16"), "tabel.csv", "csv"),
        ("Yth. Kepala Dinas – “segera”\n".encode(), "catatan.txt", "txt"),
        ("Yth. Kepala Dinas – “segera”\n".encode("cp1252"), "catatan.txt", "txt"),
        (b"x < y dan <b>tebal</b>", "catatan.txt", "txt"),
        (b'<?xml version="1.0"?><data><a/></data>', "data.xml", "xml"),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "alur.bpmn", "xml"),
    ],
)  # fmt: skip
def test_each_kind_is_known_by_its_content(content: bytes, name: str, extension: str) -> None:
    assert found(content, name) == extension


@pytest.mark.parametrize(
    "name", ["surat.pdf", "foto.jpg", "surat.docx", "tabel.csv", "catatan.txt", "surat.eml"]
)
@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00\x03\x00", b"\x7fELF\x02\x01\x01\x00", bytes(range(256)) * 8]
)
def test_a_program_or_rubbish_is_not_taken_behind_any_name(content: bytes, name: str) -> None:
    assert "is not taken" in refusal(content, name)


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><title>x</title>",
        b"\xef\xbb\xbf  <!-- surat -->\n<HTML><script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'<?xml version="1.0"?><s:svg xmlns:s="http://www.w3.org/2000/svg"/>',
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
    ],
)
@pytest.mark.parametrize("name", ["gambar.svg", "surat.txt", "surat.eml", "tabel.csv", "surat.xml", "surat"])
def test_a_web_page_or_a_drawing_that_can_run_is_refused(content: bytes, name: str) -> None:
    assert "can run" in refusal(content, name)


def test_xml_that_declares_entities_is_refused_before_it_grows() -> None:
    bomb = b'<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><b>&b;</b>'
    assert "DOCTYPE" in refusal(bomb, "data.xml")


def test_faulty_xml_is_refused_with_its_line() -> None:
    assert "line 2" in refusal(b"<a>\n<b></a>", "data.xml")


def test_rows_of_different_width_are_no_csv() -> None:
    assert "number of columns" in refusal(b"a,b,c\nd,e\n", "tabel.csv")
    assert "number of columns" in refusal(b"Yth. Bapak,\nmohon izin, terima kasih, salam\n", "tabel.csv")


def test_an_e_mail_needs_a_sender_and_a_date() -> None:
    assert "no e-mail" in refusal(b"Subject: tanpa pengirim\r\n\r\nIsi\r\n", "surat.eml")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (contents.PDF[:-7], "surat.pdf"),
        (contents.picture("JPEG")[:-400], "foto.jpg"),
        (contents.picture("PNG")[:-30], "foto.png"),
        (contents.picture("WEBP")[:-60], "foto.webp"),
        (contents.docx()[:-40], "surat.docx"),
    ],
)
def test_what_was_cut_off_on_its_way_is_refused(content: bytes, name: str) -> None:
    assert "incomplete" in refusal(content, name) or "damaged" in refusal(content, name)


@pytest.mark.parametrize(
    "content",
    [
        contents.PDF + contents.archive({"jahat.class": b"x"}),
        contents.picture("PNG") + contents.archive({"jahat.class": b"x"}),
        contents.picture("JPEG") + contents.archive({"jahat.class": b"x"}),
        contents.picture("JPEG", comment=b"<script>alert(1)</script>"),
        contents.picture("JPEG", comment=b"%PDF-1.7 1 0 obj"),
        contents.archive({"mimetype": b"application/vnd.oasis.opendocument.text", "a": contents.PDF}, zipfile.ZIP_STORED),
        b"%PDF-1.4\n<script>alert(1)</script>\n%%EOF\n",
    ],
)  # fmt: skip
def test_what_is_two_kinds_at_once_is_refused(content: bytes) -> None:
    assert "at once" in refusal(content)


def test_a_small_document_that_unpacks_to_a_giant_is_refused() -> None:
    bomb = contents.docx({"word/media/image1.xml": bytes(60_000_000)})
    assert len(bomb) < 100_000
    assert "far more" in refusal(bomb, "surat.docx")


def test_a_document_of_thousands_of_parts_is_refused() -> None:
    assert "far more" in refusal(contents.docx({f"word/{n}.xml": b"" for n in range(5001)}), "surat.docx")


def test_a_document_that_lies_about_its_size_is_refused() -> None:
    assert "damaged" in refusal(contents.lying_docx(), "surat.docx")


@pytest.mark.parametrize(
    "content",
    [
        contents.docx({"word/vbaProject.bin": b"x"}),
        contents.ooxml("ms-word.document.macroEnabled.main+xml"),
        contents.odt({"Basic/Standard/Module1.xml": b"<x/>"}),
    ],
)
def test_a_document_with_macros_is_refused(content: bytes) -> None:
    assert "macros" in refusal(content, "surat.docx")


def test_a_document_that_names_places_outside_itself_is_refused() -> None:
    assert "outside itself" in refusal(contents.docx({"../../etc/passwd": b"x"}), "surat.docx")


def test_an_archive_with_a_password_is_refused() -> None:
    raw = bytearray(contents.docx())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + flags] |= 1
            at = raw.find(mark, at + 4)
    assert "password" in refusal(bytes(raw), "surat.docx")


def test_an_old_office_file_is_refused_with_what_to_do() -> None:
    assert ".docx" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "surat.doc")


def test_a_picture_of_too_many_pixels_is_refused_without_unpacking_it(settings: Settings) -> None:
    settings.MAX_IMAGE_PIXELS = 1_000_000
    assert "1 million pixels" in refusal(contents.picture("PNG", (1001, 1000)), "foto.png")
    assert "1 million pixels" in refusal(contents.picture("TIFF", (1001, 1000)), "pindai.tif")
    assert found(contents.picture("PNG", (1000, 1000)), "foto.png") == "png"


def test_a_decompression_bomb_is_refused() -> None:
    claims_much = bytearray(contents.picture("PNG"))
    claims_much[16:24] = (100_000).to_bytes(4, "big") * 2
    claims_much[29:33] = zlib.crc32(claims_much[12:29]).to_bytes(4, "big")
    assert "million pixels" in refusal(bytes(claims_much), "foto.png")


@tried(deadline=None)
@given(st.binary(max_size=3000), st.sampled_from(["a.pdf", "a.csv", "a.eml", "a.xml", "a.docx", "a"]))
def test_no_content_makes_detection_fail_otherwise_than_by_refusing(content: bytes, name: str) -> None:
    with contextlib.suppress(FileRefused):
        detect(io.BytesIO(content or b"x"), name)


_SAMPLES = [
    contents.PDF, contents.picture("JPEG"), contents.picture("PNG"), contents.picture("WEBP"),
    contents.picture("TIFF"), contents.picture("GIF"), contents.docx(), contents.odt(), contents.MAIL,
]  # fmt: skip


@tried(max_examples=400, deadline=None)
@given(st.sampled_from(_SAMPLES), st.data())
def test_no_damage_makes_detection_fail_otherwise_than_by_refusing(
    sample: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(FileRefused):
        detect(io.BytesIO(bytes(damaged)), "berkas")
