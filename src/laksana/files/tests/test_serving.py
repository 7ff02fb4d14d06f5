"""A stored file reaches a browser so that it cannot act as a page of ours, under a name that harms nobody."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.files.services import store
from laksana.files.serving import file_name, serve
from laksana.files.tests import contents

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "disposition", "content_type"),
    [
        (contents.PDF, "surat.pdf", "inline", "application/pdf"),
        (contents.picture("JPEG"), "foto.jpg", "inline", "image/jpeg"),
        (contents.picture("PNG"), "foto.png", "inline", "image/png"),
        (contents.picture("WEBP"), "foto.webp", "inline", "image/webp"),
        (b"catatan", "catatan.txt", "inline", "text/plain; charset=utf-8"),
        (b"a,b\nc,d\n", "tabel.csv", "attachment", "text/csv; charset=utf-8"),
        (contents.MAIL, "surat.eml", "attachment", "message/rfc822"),
        (b"<?xml version='1.0'?><a/>", "data.xml", "attachment", "application/xml"),
        (contents.picture("TIFF"), "pindai.tif", "attachment", "image/tiff"),
    ],
)
def test_only_what_is_safe_to_show_is_shown(
    storage: Path, content: bytes, name: str, disposition: str, content_type: str
) -> None:
    stored = store(io.BytesIO(content), name, at=NOW)
    response = serve(stored, name)
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'{disposition}; filename="{name}"'
    assert response["Content-Length"] == str(len(content))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    assert response.getvalue() == content
    response.close()
    asked = serve(stored, name, download=True)
    assert asked["Content-Disposition"].startswith("attachment;")
    asked.close()


@pytest.mark.django_db
def test_a_name_with_other_letters_is_given_as_rfc_6266_says(storage: Path) -> None:
    response = serve(store(io.BytesIO(contents.PDF), "a.pdf", at=NOW), "Undangan “Rapat” é.pdf")
    assert response["Content-Disposition"] == (
        "inline; filename*=utf-8''Undangan%20%E2%80%9CRapat%E2%80%9D%20%C3%A9.pdf"
    )
    response.close()


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "etc passwd.pdf"),
        ("surat.pdf.exe", "surat.pdf.exe.pdf"),
        ("surat\u202efdp.exe", "surat fdp.exe.pdf"),
        ('a"; filename="b.html', "a ; filename= b.html.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("SURAT.PDF", "SURAT.PDF"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
    ],
)
def test_a_name_is_made_harmless_and_ends_as_the_content_is(name: str, clean: str) -> None:
    assert file_name(name, "application/pdf") == clean


@given(st.text(max_size=400))
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    clean = file_name(name, "application/pdf")
    assert clean.lower().endswith(".pdf")
    assert len(clean) <= 160
    assert not set(clean) & set('/\\\r\n\0"')
    clean.encode()
