"""The berita acara of a list is signed by those named on it, and anybody who has its QR can verify it."""

from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from laksana.archive import services, signing
from laksana.archive.models import DisposalList
from laksana.archive.tests.test_archive import LATER, Begin, _own_tables, approved, ended  # noqa: F401
from laksana.cases.errors import AlreadyDone, NotYours
from laksana.cases.tests.conftest import Desk, Office
from laksana.files import services as files
from laksana.signing import authority
from laksana.signing.services import NotSigned, WrongPassphrase, findings
from laksana.signing.tests.conftest import PASSPHRASE, _in_english  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]


@pytest.fixture
def electronic(settings: Settings, tmp_path: Path, office: Office) -> None:
    """Let the office sign with certificates of its own authority, which everybody has."""
    settings.SIGNATURE = "local"
    settings.SIGNING_KEYS = tmp_path / "keys"
    authority.ensure("Dinas Contoh", LATER)
    for person in office.people.values():
        authority.issue(person, PASSPHRASE, LATER)


def done(begin: Begin) -> tuple[Desk, DisposalList]:
    desk = ended(begin)
    listed = approved(desk)
    return desk, services.carry_out(listed.pk, desk.office.staf, LATER, consent="B/1/2040")


@pytest.mark.usefixtures("electronic")
def test_all_who_are_named_sign_in_any_order_and_every_signature_holds(begin: Begin, tmp_path: Path) -> None:
    desk, listed = done(begin)
    assert [row.name for row in listed.signatures.all()] == [
        "Staf Contoh", "Sekretaris Contoh", "Kepala Contoh",
    ]  # fmt: skip
    for who in ("kepala", "staf", "sekretaris"):
        row = services.sign_report(listed.pk, desk.office.people[who], PASSPHRASE, LATER)
    listed.refresh_from_db()
    assert listed.report is not None
    with files.open_file(listed.report) as opened:
        signed = opened.read()
    found = findings(signed, LATER)
    assert [each.intact for each in found] == [True, True, True]
    verified = signing.verification(row.token, LATER)
    assert verified is not None
    assert (len(verified.signatures), verified.waiting) == (3, 0)
    assert verified.told_of(listed.report.sha256) == "same"
    assert len(verified.earlier) == 2
    (tmp_path / "berita-acara.pdf").write_bytes(signed)
    with pytest.raises(NotYours):
        services.sign_report(listed.pk, desk.office.kepala, PASSPHRASE, LATER)


@pytest.mark.usefixtures("electronic")
def test_a_wrong_passphrase_and_who_is_not_named_sign_nothing(begin: Begin) -> None:
    desk, listed = done(begin)
    with pytest.raises(WrongPassphrase):
        services.sign_report(listed.pk, desk.office.kepala, "salah", LATER)
    with pytest.raises(NotYours):
        services.sign_report(listed.pk, desk.office.kasubag, PASSPHRASE, LATER)
    assert not listed.signatures.exclude(signed_at=None).exists()


@pytest.mark.usefixtures("electronic")
def test_the_page_of_verification_tells_of_it(begin: Begin, client: Client) -> None:
    desk, listed = done(begin)
    row = services.sign_report(listed.pk, desk.office.kepala, PASSPHRASE, LATER)
    page = client.get(f"/verifikasi/{row.token}/", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert listed.report_number in page.content.decode()
    assert desk.case.number not in page.content.decode()


def test_one_scan_bears_all_signatures_and_is_kept_once_by_the_archivist(
    begin: Begin, tmp_path: Path
) -> None:
    desk, listed = done(begin)
    assert listed.report is not None
    with files.open_file(listed.report) as opened:
        scan = opened.read() + b"\n% signed by hand\n"
    with pytest.raises(NotSigned):
        services.sign_report(listed.pk, desk.office.kepala, PASSPHRASE, LATER)
    with pytest.raises(NotYours):
        services.keep_report_scan(listed.pk, desk.office.kepala, BytesIO(scan), LATER)
    services.keep_report_scan(listed.pk, desk.office.staf, BytesIO(scan), LATER)
    assert {row.method for row in listed.signatures.all()} == {"basah"}
    first = listed.signatures.first()
    assert first is not None
    verified = signing.verification(first.token, LATER)
    assert verified is not None
    assert verified.told_of(first.file.sha256 if first.file else "") == "same"
    with pytest.raises(AlreadyDone):
        services.keep_report_scan(listed.pk, desk.office.staf, BytesIO(scan), LATER)
