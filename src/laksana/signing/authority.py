"""The office's own certificate authority: for the demonstration, and for offices that do not sign with BSrE.

Its key lies encrypted under LAKSANA_HOME with a password drawn from the installation's secret key. Who is revoked stands in the
database; the list of them (CRL) is signed anew whenever it is asked for.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from laksana.people.models import Person
from laksana.signing import keys
from laksana.signing.models import Certificate

VALID: Final = timedelta(days=730)
"""How long a signer's certificate is valid, as those of BSrE."""
_ROOT_VALID: Final = timedelta(days=3650)
_LIST_VALID: Final = timedelta(days=7)
_SKEW: Final = timedelta(minutes=5)
"""A certificate is valid a little before it was made: clocks of machines differ."""
_ROOT: Final = "authority.p12"
_SIGNER_USAGE: Final = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
_ROOT_USAGE: Final = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def ensure(office: str, at: datetime) -> x509.Certificate:
    """Return the authority's own certificate, made where there is none yet."""
    if keys.read(_ROOT) is None:
        _make_root(office, at)
    return _root()[1]


def exists() -> bool:
    """Return whether the office has an authority of its own."""
    return keys.read(_ROOT) is not None


def root() -> x509.Certificate:
    """Return the authority's certificate. Raises LookupError where there is no authority."""
    return _root()[1]


def issue(person: Person, passphrase: str, at: datetime, until: datetime | None = None) -> Certificate:
    """Give somebody a key, encrypted with his passphrase, and its certificate. Raises LookupError where there is no authority."""
    signing_key, root_certificate = _root()
    key = ec.generate_private_key(ec.SECP256R1())
    serial = x509.random_serial_number()
    since, end = at - _SKEW, until or at + VALID
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_name(person.name.partition(",")[0], root_certificate))
        .issuer_name(root_certificate.subject)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(since)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_SIGNER_USAGE, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_issuer_key(root_certificate), critical=False)
        .add_extension(_where_the_list_is(), critical=False)
        .sign(signing_key, hashes.SHA256())
    )
    name = f"{serial:x}"
    keys.write(
        f"{name}.p12",
        pkcs12.serialize_key_and_certificates(
            person.nip.encode(),
            key,
            certificate,
            [root_certificate],
            BestAvailableEncryption(passphrase.encode()),
        ),
    )
    return Certificate.objects.create(
        person=person,
        serial=name,
        pem=certificate.public_bytes(Encoding.PEM).decode(),
        since=since,
        until=end,
    )


def revoke(certificate: Certificate, reason: str, at: datetime) -> None:
    """Revoke a certificate for ever; one that is revoked stays so since it was."""
    if certificate.revoked_at is None:
        certificate.revoked_at, certificate.reason = at, reason
        certificate.save(update_fields=["revoked_at", "reason"])


def revoked_list(at: datetime) -> bytes:
    """Return the list of revoked certificates (CRL, DER). Raises LookupError where there is no authority."""
    key, root_certificate = _root()
    at = at.astimezone(UTC)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root_certificate.subject)
        .last_update(at - _SKEW)
        .next_update(at + _LIST_VALID)
        .add_extension(_issuer_key(root_certificate), critical=False)
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    )
    for serial, revoked_at in Certificate.objects.exclude(revoked_at=None).values_list(
        "serial", "revoked_at"
    ):
        entry = x509.RevokedCertificateBuilder().serial_number(int(serial, 16))
        builder = builder.add_revoked_certificate(
            entry.revocation_date((revoked_at or at).astimezone(UTC)).build()
        )
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def _make_root(office: str, at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, office[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, f"CA {office}"[:64]),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + _ROOT_VALID)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_ROOT_USAGE, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    keys.write(
        _ROOT,
        pkcs12.serialize_key_and_certificates(
            b"authority", key, certificate, None, BestAvailableEncryption(_password())
        ),
    )


def _root() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    content = keys.read(_ROOT)
    if content is None:
        raise LookupError("the office has no certificate authority of its own; laksana tte ca makes it")
    return _opened(content, _password())


@lru_cache(maxsize=4)
def _opened(content: bytes, password: bytes) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key, certificate, _others = pkcs12.load_key_and_certificates(content, password)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate is None:
        raise LookupError("the file of the certificate authority holds no key")
    return key, certificate


def _password() -> bytes:
    return hashlib.sha256(b"laksana.signing.authority:" + settings.SECRET_KEY.encode()).hexdigest().encode()


def _name(person: str, root_certificate: x509.Certificate) -> x509.Name:
    office = root_certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, str(office)),
            x509.NameAttribute(NameOID.COMMON_NAME, person[:64]),
        ]
    )


def _issuer_key(root_certificate: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    named = root_certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(named)


def _where_the_list_is() -> x509.CRLDistributionPoints:
    address = f"{settings.BASE_URL}/verifikasi/daftar-cabut.crl"
    return x509.CRLDistributionPoints(
        [x509.DistributionPoint([x509.UniformResourceIdentifier(address)], None, None, None)]
    )
