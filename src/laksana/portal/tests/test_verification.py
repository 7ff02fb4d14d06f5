"""Whoever has the address from the QR learns who signed what and when, whether a file is the same, and nothing else."""

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from cryptography import x509
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from laksana.cases.tests.conftest import MORNING, Office
from laksana.files.models import StoredFile
from laksana.signing import authority, services
from laksana.signing.models import Certificate, Signature
from laksana.signing.tests.conftest import PASSPHRASE, Waits, begin, electronic, office, waits
from laksana.signing.waiting import content

__all__ = ["begin", "electronic", "office", "waits"]
NOW = MORNING + timedelta(hours=1)


@pytest.fixture
def signature(waits: Waits, office: Office) -> Signature:
    """A signed paper's signature."""
    cache.clear()
    return services.sign(waits().pk, office.kasubag, PASSPHRASE, NOW)


def ask(signature: Signature, file: bytes | None = None, **headers: Any) -> Any:
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        client = Client(headers={"accept-language": "en"})
        address = f"/verifikasi/{signature.token}/"
        if file is None:
            return client.get(address)
        return client.post(address, {"file": SimpleUploadedFile("surat.pdf", file)})


def test_the_page_says_what_by_whom_and_when_and_nothing_of_the_case(
    signature: Signature, office: Office
) -> None:
    response = ask(signature)
    text = response.content.decode()
    for part in ("Surat Izin", "Kasubag Contoh", "Kasubag", "09.00", "valid and not revoked"):
        assert part in text, part
    for secret in ("Siti Contoh", "Diizinkan", signature.paper.case.number, office.kasubag.nip, "/berkas/"):
        assert secret not in text, secret
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_the_same_file_an_earlier_version_and_another_are_told_apart(signature: Signature) -> None:
    assert signature.attachment is not None
    before = StoredFile.objects.count()
    same = content(signature.attachment)
    assert "The file is the same" in verdict(ask(signature, same))
    assert "NOT the one signed" in verdict(ask(signature, same + b"\n"))
    assert "NOT the one signed" in verdict(ask(signature, content(signature.paper.attachment)))  # type: ignore[arg-type]
    assert StoredFile.objects.count() == before


def verdict(response: Any) -> str:
    from lxml import html

    return str(html.fromstring(response.content.decode()).xpath("string(//*[@id='putusan'])"))


def test_a_version_before_the_last_signature_is_called_earlier(signature: Signature, office: Office) -> None:
    second = Signature.objects.create(
        paper=signature.paper, place=1, desk=f"person:{office.staf.pk}", name="Staf Contoh", asked_at=NOW
    )
    services.sign(second.pk, office.staf, PASSPHRASE, NOW + timedelta(minutes=1))
    assert signature.attachment is not None
    assert "earlier version" in verdict(ask(signature, content(signature.attachment)))
    assert len(ask(second).context["found"].signatures) == 2


def test_no_file_is_told_at_the_field(signature: Signature) -> None:
    with time_machine.travel(NOW, tick=False):
        response = Client(headers={"accept-language": "en"}).post(f"/verifikasi/{signature.token}/")
    assert 'aria-describedby="salah"' in response.content.decode()


def test_an_unsigned_paper_and_an_unknown_token_cannot_be_told_apart(waits: Waits) -> None:
    cache.clear()
    waiting = waits()
    assert ask(waiting).status_code == 404
    waiting.token = "x" * 24
    assert ask(waiting).status_code == 404


def test_bursts_from_one_address_are_put_off(signature: Signature) -> None:
    codes = [ask(signature).status_code for _ in range(31)]
    assert codes[:30] == [200] * 30
    assert codes[30] == 429


def test_the_list_of_revoked_certificates_is_public(
    signature: Signature, electronic: dict[str, Certificate]
) -> None:
    authority.revoke(electronic["staf"], "Pindah", NOW)
    with time_machine.travel(NOW, tick=False):
        response = Client().get("/verifikasi/daftar-cabut.crl")
    listed = x509.load_der_x509_crl(response.content)
    assert [f"{each.serial_number:x}" for each in listed] == [electronic["staf"].serial]


def test_a_stored_file_that_was_changed_is_told(
    signature: Signature, monkeypatch: pytest.MonkeyPatch
) -> None:
    from laksana.signing import verification

    assert signature.attachment is not None
    broken = bytearray(content(signature.attachment))
    broken[broken.index(b"/CreationDate") + 20] ^= 1
    monkeypatch.setattr(verification, "content", lambda _attachment: bytes(broken))
    assert "does not bear this signature intact" in ask(signature).content.decode()


def test_a_scan_is_called_a_scan(waits: Waits, office: Office) -> None:
    cache.clear()
    waiting = waits()
    scan = content(waiting.paper.attachment)  # type: ignore[arg-type]
    services.keep_scan(waiting.pk, office.kasubag, io.BytesIO(scan + b"\n%"), "a.pdf", NOW)
    assert "Signed by hand" in ask(waiting).content.decode()
