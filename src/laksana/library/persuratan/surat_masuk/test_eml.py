"""Letters that come as e-mail files: what is read from them, and what a hostile one cannot do."""

from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laksana.library.persuratan.surat_masuk import eml
from laksana.library.persuratan.surat_masuk.eml import MailError, read_mail

DEMO = Path(__file__).parent / "demo" / "surat-warga.eml"
HEAD = b"From: Warga <warga@example.id>\r\nDate: Tue, 10 Nov 2026 07:42:11 +0700\r\nSubject: Permohonan\r\n"


def mail(body: str = "Isi surat", **headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {"From": "Warga <warga@example.id>", "Subject": "Permohonan", **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def test_the_demonstration_s_mail_gives_sender_date_subject_and_letter() -> None:
    read = read_mail(DEMO.read_bytes())
    assert (read.sender, read.address) == ("Warga Contohsari", "warga.contohsari@example.id")
    assert read.subject == "Permohonan pemasangan Wi-Fi publik di taman lingkungan"
    assert read.sent_at is not None
    assert (read.sent_at.date(), read.sent_at.utcoffset()) == (date(2026, 11, 10), timedelta(hours=7))
    assert read.text.startswith("Yth. Bapak/Ibu Kepala Dinas")
    [letter] = read.enclosures
    assert (letter.name, letter.media_type) == ("Permohonan Wi-Fi publik.pdf", "application/pdf")
    assert letter.content.startswith(b"%PDF-")


def test_encoded_headers_are_read_as_text() -> None:
    raw = (
        HEAD.replace(b"Subject: Permohonan", b"Subject: =?utf-8?b?UGVybW9ob25hbiDigJMga2VkdWE=?=")
        + b"\r\nisi"
    )
    assert read_mail(raw).subject == "Permohonan \N{EN DASH} kedua"


def test_a_date_of_another_zone_is_told_in_the_office_s_time() -> None:
    read = read_mail(mail(Date="Mon, 09 Nov 2026 20:00:00 +0000").as_bytes())
    assert read.sent_at is not None
    assert f"{read.sent_at:%Y-%m-%d %H:%M}" == "2026-11-10 03:00"


def test_what_no_header_says_is_left_open() -> None:
    read = read_mail(b"Subject: Tanpa pengirim\r\n\r\nisi")
    assert (read.sender, read.address, read.sent_at) == ("", "", None)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("C:\\Windows\\evil.pdf", "evil.pdf"),
        (".bashrc", "bashrc"),
        ("a\x00b.pdf", "a b.pdf"),
        ("invoice\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe", "invoice fdp.exe"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
        ("...", "lampiran-1"),
    ],
)
def test_the_name_of_an_attachment_cannot_lead_elsewhere_or_deceive(given_name: str, kept: str) -> None:
    assert eml._file_name(given_name, 1) == kept


def test_a_header_cannot_smuggle_lines_or_turn_the_writing() -> None:
    raw = b"From: A\r\nSubject: =?utf-8?q?satu=0Adua=E2=80=AEtiga?=\r\n\r\nisi"
    assert read_mail(raw).subject == "satu dua tiga"


def test_a_header_without_end_is_cut() -> None:
    assert len(read_mail(b"Subject: " + b"a" * 100_000 + b"\r\n\r\n").subject) == 300


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"%PDF-1.7 not a mail at all",
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"PK\x03\x04" + bytes(range(256)) * 20,
        b"<html><body>hello</body></html>",
    ],
)
def test_a_file_that_is_no_mail_is_refused(raw: bytes) -> None:
    with pytest.raises(MailError, match=r"no e-mail|cannot be read"):
        read_mail(raw)


def test_a_mail_too_large_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(MailError, match="too large"):
        read_mail(HEAD + b"\r\n" + bytes(eml.MAX_BYTES))


def test_too_many_attachments_are_refused() -> None:
    message = mail()
    for number in range(eml.MAX_ATTACHMENTS + 1):
        message.add_attachment(b"x", maintype="application", subtype="pdf", filename=f"{number}.pdf")
    with pytest.raises(MailError, match="too many attachments"):
        read_mail(message.as_bytes())


def test_mails_within_mails_do_not_go_on_for_ever() -> None:
    raw = HEAD + b"\r\nisi"
    for _ in range(eml.MAX_PARTS + 5):
        raw = HEAD + b"Content-Type: message/rfc822\r\n\r\n" + raw
    with pytest.raises(MailError):
        read_mail(raw)


def test_parts_without_number_are_refused() -> None:
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    raw = (
        HEAD
        + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        + part * (eml.MAX_PARTS + 1)
        + b"--b--\r\n"
    )
    with pytest.raises(MailError, match="too many parts"):
        read_mail(raw)


def test_an_unknown_charset_or_encoding_does_not_lose_the_letter() -> None:
    raw = (
        HEAD
        + b"Content-Type: text/plain; charset=klingon\r\nContent-Transfer-Encoding: rot13\r\n\r\nhalo \xff"
    )
    assert read_mail(raw).text.startswith("halo")


def test_a_broken_attachment_is_left_out_and_the_rest_is_read() -> None:
    raw = (
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        b'--b\r\nContent-Disposition: attachment; filename="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nisi\r\n--b--\r\n"
    )
    read = read_mail(raw)
    assert (read.text, read.enclosures) == ("isi", ())


def test_the_text_shown_is_bounded() -> None:
    assert len(read_mail(HEAD + b"\r\n" + b"kata " * 100_000).text) <= 20_000


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_no_bytes_bring_anything_but_a_mail_or_a_refusal(content: bytes) -> None:
    for raw in (
        content,
        HEAD + content,
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n' + content,
    ):
        try:
            read = read_mail(raw)
        except MailError:
            continue
        assert len(read.subject) <= 300
        assert all("/" not in each.name and "\\" not in each.name for each in read.enclosures)


HEADER_VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=80)


@settings(max_examples=200)
@given(HEADER_VALUES, HEADER_VALUES, HEADER_VALUES)
def test_no_header_breaks_the_reading(sender: str, sent: str, kind: str) -> None:
    lines = (
        f"From: {sender}",
        f"Date: {sent}",
        f"Content-Type: {kind}",
        f"Content-Disposition: {kind}",
        "Subject: a",
    )
    try:
        read = read_mail("\r\n".join(lines).encode() + b"\r\n\r\nisi")
    except MailError:
        return
    assert "\n" not in read.sender
