"""Signing through a BSrE e-sign client service that answers as the real one does."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from laksana.cases.tests.conftest import MORNING, Office
from laksana.signing import services
from laksana.signing.errors import NoCertificate, NotSigned, WrongPassphrase
from laksana.signing.methods.local import opened
from laksana.signing.models import Certificate, Signature, Subscriber
from laksana.signing.tests.bsre_server import PASSWORD, USER, Service, running
from laksana.signing.tests.conftest import PASSPHRASE, Waits
from laksana.signing.validation import findings
from laksana.signing.waiting import content

NOW = MORNING + timedelta(hours=1)
NIK = "3673014303800001"


@pytest.fixture
def bsre(settings: Settings, electronic: dict[str, Certificate], office: Office) -> Iterator[Service]:
    """Let the office sign with BSrE, which knows the section head."""
    with running(opened(electronic["kasubag"], PASSPHRASE)) as service:
        settings.SIGNATURE = "bsre"
        settings.BSRE_URL, settings.BSRE_USER, settings.BSRE_PASSWORD = service.address, USER, PASSWORD
        Subscriber.objects.create(person=office.kasubag, nik=NIK)
        service.users[NIK] = ("ISSUE", "frasa bsre")
        yield service


def test_the_service_signs_and_the_result_is_kept(bsre: Service, waits: Waits, office: Office) -> None:
    signature = services.sign(waits().pk, office.kasubag, "frasa bsre", NOW)
    assert signature.method == "bsre"
    assert signature.attachment is not None
    (finding,) = findings(content(signature.attachment), NOW)
    assert finding.intact
    (asked,) = bsre.asked
    assert (asked["tampilan"], asked["image"], asked["page"]) == ("visible", "true", "1")
    assert asked["linkQR"].endswith(f"/verifikasi/{signature.token}/")
    assert asked["imageTTD"].startswith(b"\x89PNG")


def test_its_signature_is_verified_like_any_other(bsre: Service, waits: Waits, office: Office) -> None:
    signature = services.sign(waits().pk, office.kasubag, "frasa bsre", NOW)
    found = services.verification(signature.token, NOW)
    assert found is not None
    assert [each.sound for each in found.signatures] == [True]


def test_a_wrong_passphrase_is_told_and_nothing_kept(
    bsre: Service, waits: Waits, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    waiting = waits()
    with caplog.at_level("DEBUG"), pytest.raises(WrongPassphrase):
        services.sign(waiting.pk, office.kasubag, "salah-sekali", NOW)
    assert not Signature.objects.exclude(signed_at=None).exists()
    assert "salah-sekali" not in caplog.text
    assert NIK not in caplog.text


@pytest.mark.parametrize(
    ("status", "told"),
    [("EXPIRED", "has expired"), ("REVOKE", "was revoked"), ("SUSPEND", "is suspended"), ("RENEW", "RENEW")],
)
def test_a_certificate_not_in_force_is_told_before_anything_is_sent(
    bsre: Service, waits: Waits, office: Office, status: str, told: str
) -> None:
    bsre.users[NIK] = (status, "frasa bsre")
    with pytest.raises(NoCertificate, match=told):
        services.sign(waits().pk, office.kasubag, "frasa bsre", NOW)
    assert bsre.asked == []


def test_who_is_no_subscriber_takes_the_way_of_ink(bsre: Service, waits: Waits, office: Office) -> None:
    Subscriber.objects.all().delete()
    with pytest.raises(NotSigned, match="not known as a signer of BSrE"):
        services.sign(waits().pk, office.kasubag, "frasa bsre", NOW)


def test_a_wrong_password_of_the_office_is_told(
    bsre: Service, waits: Waits, office: Office, settings: Settings
) -> None:
    settings.BSRE_PASSWORD = "bukan"
    with pytest.raises(NotSigned, match="does not know this office"):
        services.sign(waits().pk, office.kasubag, "frasa bsre", NOW)


def test_a_service_that_is_down_is_told(
    bsre: Service, waits: Waits, office: Office, settings: Settings
) -> None:
    settings.BSRE_URL = "http://127.0.0.1:9"
    with pytest.raises(NotSigned, match="does not answer"):
        services.sign(waits().pk, office.kasubag, "frasa bsre", NOW)
