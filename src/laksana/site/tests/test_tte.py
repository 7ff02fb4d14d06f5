"""`laksana tte` makes the authority, gives out certificates and takes them back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.test import override_settings

from laksana.people.models import Person, Unit
from laksana.signing.models import Certificate, Subscriber
from laksana.site.commands.tte import command

PASSPHRASE = "frasa sandi yang panjang"


@pytest.fixture(autouse=True)
def _keeps_its_keys_here(tmp_path: Path) -> Iterator[None]:
    with override_settings(SIGNING_KEYS=tmp_path, SIGNATURE="local"):
        yield


@pytest.fixture
def person() -> Person:
    unit = Unit.objects.create(code="sekretariat", name="Sekretariat")
    return Person.objects.create(name="Siti Contoh, S.E.", nip="198003032005012003", unit=unit)


def said(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


@pytest.mark.django_db
def test_the_authority_is_made_once() -> None:
    first, second = said("ca"), said("ca")
    assert first.exit_code == 0, first.output
    assert "Dinas Komunikasi dan Informatika" in first.output
    assert second.output == first.output


@pytest.mark.django_db
def test_a_certificate_is_issued_listed_and_revoked_and_its_passphrase_is_kept_nowhere(
    person: Person, tmp_path: Path
) -> None:
    said("ca")
    issued = said("issue", person.nip, "--passphrase", PASSPHRASE)
    assert issued.exit_code == 0, issued.output
    serial = Certificate.objects.get(person=person).serial
    assert issued.output.startswith(f"{serial} Siti Contoh, S.E. s.d. ")
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert kept
    assert PASSPHRASE.encode() not in kept
    assert PASSPHRASE not in issued.output
    assert serial in said("list").output
    revoked = said("revoke", serial.upper(), "--reason", "Pindah tugas")
    assert revoked.output == f"{serial} Siti Contoh, S.E.: dicabut\n"
    assert Certificate.objects.get(serial=serial).revoked_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("issue", "198003032005012003", "--passphrase", "pendek"), "sekurang-kurangnya 12 karakter"),
        (("issue", "199999999999999999", "--passphrase", PASSPHRASE), "199999999999999999"),
        (("revoke", "ff", "--reason", "salah"), "Tidak ada sertifikat ff"),
        (("revoke", "ff"), "--reason"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(person: Person, words: tuple[str, ...], why: str) -> None:
    refused = said(*words)
    assert refused.exit_code != 0
    assert why in refused.output
    assert not Certificate.objects.exists()


@pytest.mark.django_db
def test_the_nik_that_bsre_knows_somebody_by_is_kept_and_not_shown(person: Person) -> None:
    wrong = said("bsre", person.nip, "--nik", "123")
    assert wrong.exit_code != 0
    assert not Subscriber.objects.exists()
    told = said("bsre", person.nip, "--nik", "3673014205900001")
    assert told.exit_code == 0, told.output
    assert Subscriber.objects.get(person=person).nik == "3673014205900001"
    assert "3673014205900001" not in told.output
