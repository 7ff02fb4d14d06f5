"""The pages of signing, as their signer sees them and others do not."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from laksana.signing.models import Certificate, Signature
from laksana.signing.tests.conftest import PASSPHRASE, Waits, begin, electronic, office, waits
from laksana.signing.waiting import content
from laksana.workspace.tests.conftest import Browser, at, browser, parsed

__all__ = ["at", "begin", "browser", "electronic", "office", "waits"]


def test_the_signer_finds_looks_and_signs(waits: Waits, browser: Browser) -> None:
    signature, signer = waits(), browser("kasubag")
    listed = parsed(signer.get("/tanda-tangan/"))
    assert listed.xpath("//ul[contains(@class, 'sign-list')]//a/strong/text()") == ["Surat Izin"]
    page = parsed(signer.get(f"/tanda-tangan/{signature.pk}/"))
    (frame,) = page.xpath("//iframe/@src")
    assert b"".join(signer.get(frame).streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    response = signer.post(f"/tanda-tangan/{signature.pk}/", {"passphrase": PASSPHRASE})
    assert response["Location"] == signature.paper.case.get_absolute_url()
    text = signer.get(response["Location"]).content.decode()
    assert "signed" in text
    assert f"/verifikasi/{Signature.objects.get().token}/" in text
    assert "Nothing waits for your signature" in signer.get("/tanda-tangan/").content.decode()


def test_a_wrong_passphrase_is_told_at_its_field_and_not_shown_again(waits: Waits, browser: Browser) -> None:
    signature, signer = waits(), browser("kasubag")
    response = signer.post(f"/tanda-tangan/{signature.pk}/", {"passphrase": "bukan-frasa-ini"})
    assert response.status_code == 422
    page = parsed(response)
    assert page.xpath("//input[@name='passphrase']/@aria-describedby") == ["salah"]
    assert "not right" in page.xpath("string(//*[@id='salah'])")
    assert "bukan-frasa-ini" not in response.content.decode()


def test_several_are_signed_from_the_list(waits: Waits, browser: Browser) -> None:
    signature, signer = waits(), browser("kasubag")
    none = signer.post("/tanda-tangan/", {"passphrase": PASSPHRASE}, follow=True).content.decode()
    assert "Choose the papers to sign." in none
    told = signer.post("/tanda-tangan/", {"key": [signature.pk], "passphrase": PASSPHRASE}, follow=True)
    assert "1 paper signed." in told.content.decode()


@pytest.mark.parametrize("code", ["kepala", "staf", "sekretaris"])
def test_to_others_the_paper_does_not_exist(waits: Waits, browser: Browser, code: str) -> None:
    signature, other = waits(), browser(code)
    for address in (f"/tanda-tangan/{signature.pk}/", f"/tanda-tangan/{signature.pk}/naskah.pdf"):
        assert other.get(address).status_code == 404
    assert other.post(f"/tanda-tangan/{signature.pk}/", {"passphrase": PASSPHRASE}).status_code == 404
    other.post("/tanda-tangan/", {"key": [signature.pk], "passphrase": PASSPHRASE})
    signature.refresh_from_db()
    assert signature.signed_at is None


def test_gaps_are_named_and_leave_nothing_to_sign_with(waits: Waits, browser: Browser) -> None:
    signature, signer = waits(isi=""), browser("kasubag")
    page = parsed(signer.get(f"/tanda-tangan/{signature.pk}/"))
    assert "Isi : [......]" in page.xpath("string(//ul[@class='bullets'])")
    assert page.xpath("//input[@name='passphrase']") == []
    assert parsed(signer.get("/tanda-tangan/")).xpath("//input[@name='key']/@disabled")


def test_a_scan_is_put_in(waits: Waits, browser: Browser) -> None:
    signature, signer = waits(), browser("kasubag")
    address = f"/tanda-tangan/{signature.pk}/"
    assert signer.post(address, {"scan": "1"}).status_code == 422
    wrong = signer.post(address, {"scan": "1", "file": SimpleUploadedFile("a.pdf", b"MZ no pdf")})
    assert wrong.status_code == 422
    scan = content(signature.paper.attachment) + b"\n%"  # type: ignore[arg-type]
    assert signer.post(address, {"scan": "1", "file": SimpleUploadedFile("a.pdf", scan)}).status_code == 302
    assert Signature.objects.get().method == "basah"


def test_the_control_sheet_is_for_those_of_the_case(waits: Waits, browser: Browser) -> None:
    case = waits().paper.case
    reader = browser("kasubag")
    page = parsed(reader.get(f"{case.get_absolute_url()}kendali/"))
    assert "Sekretaris Contoh" in page.xpath("string(//ol[@class='turns'])")
    pdf = reader.get(f"{case.get_absolute_url()}kendali.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert browser("staf2").get("/berkas/TIDAK/2026/1/kendali/").status_code == 404


def test_without_a_certificate_the_page_offers_ink_only(waits: Waits, browser: Browser, at: datetime) -> None:
    signature, signer = waits(), browser("kasubag")
    Certificate.objects.all().delete()
    page = parsed(signer.get(f"/tanda-tangan/{signature.pk}/"))
    assert page.xpath("//input[@name='passphrase']") == []
    assert page.xpath("//button[@name='scan']")
    assert "has no electronic certificate" in page.text_content()
