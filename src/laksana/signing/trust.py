"""What certificates are held against: the office's authority, those it trusts besides (BSrE, time stamps), the revoked."""

from datetime import datetime
from functools import cache
from pathlib import Path

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from pyhanko_certvalidator import ValidationContext

from laksana.signing import authority


def context_at(at: datetime) -> ValidationContext:
    """Return what a certificate is held against at an instant; nothing is fetched from elsewhere."""
    roots, lists = [each.public_bytes(Encoding.DER) for each in _trusted(settings.SIGN_TRUST)], []
    if authority.exists():
        roots.append(authority.root().public_bytes(Encoding.DER))
        lists.append(authority.revoked_list(at))
    return ValidationContext(
        trust_roots=[asn1.Certificate.load(each) for each in roots],
        crls=lists,
        moment=at,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


@cache
def _trusted(path: str) -> tuple[x509.Certificate, ...]:
    """Return the authorities of the office's PEM file, read once."""
    return tuple(x509.load_pem_x509_certificates(Path(path).read_bytes())) if path else ()
