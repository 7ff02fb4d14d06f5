"""What anybody may know of a signed paper who has the address from its QR: nothing of its content, nothing of the case."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from laksana.signing.models import Certificate, Method, Signature
from laksana.signing.validation import Finding, findings
from laksana.signing.waiting import content

_CHUNK = 1 << 20


class Readable(Protocol):
    """What can be read piece by piece."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""
        ...


@dataclass(frozen=True)
class Signed:
    """One signature as the public sees it."""

    name: str
    title: str
    at: datetime
    method: str
    certificate: str
    """What stands behind the certificate, in words."""
    sound: bool


@dataclass(frozen=True)
class Verified:
    """A signed paper as the public sees it."""

    title: str
    signatures: list[Signed]
    waiting: int
    """How many signatures are still to come."""
    newest: str
    """The SHA-256 of the newest signed version."""
    earlier: list[str]
    """Those of the signed versions before it."""

    def told_of(self, digest: str) -> str:
        """Return what a file with this SHA-256 is: "same", "earlier" or "other"."""
        if digest == self.newest:
            return "same"
        return "earlier" if digest in self.earlier else "other"


@dataclass(frozen=True)
class Borne:
    """A signature that was given, whatever keeps it."""

    name: str
    title: str
    at: datetime
    method: Method
    field: str
    certificate: Certificate | None


elsewhere: list[Callable[[str, datetime], Verified | None]] = []
"""Where other applications look a token up whose papers belong to no case; they append to it when they are loaded."""


def verification(token: str, at: datetime) -> Verified | None:
    """Return what the public may know of a signed paper; None for an address that leads to none."""
    asked = Signature.objects.filter(token=token).exclude(signed_at=None).select_related("paper").first()
    if asked is None:
        return next((told for look in elsewhere if (told := look(token, at)) is not None), None)
    rows = list(
        Signature.objects.filter(paper=asked.paper_id).select_related("attachment__stored", "certificate")
    )
    given = sorted((row for row in rows if row.signed_at), key=lambda row: (row.signed_at, row.attachment_id))
    digests = [row.attachment.stored.sha256 for row in given if row.attachment]
    found = _found(given[-1], at)
    return Verified(
        title=asked.paper.title,
        signatures=[_signed(row, found, at) for row in given],
        waiting=len(rows) - len(given),
        newest=digests[-1],
        earlier=digests[:-1],
    )


def digest_of(file: Readable) -> str:
    """Return the SHA-256 of a file offered, read once and kept nowhere."""
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def shown(borne: Borne, newest: bytes | None, at: datetime) -> Signed:
    """Return a signature as the public sees it; `newest` is the last signed version, None for a scan."""
    return _shown(borne, findings(newest, at) if newest is not None else [], at)


def _found(newest: Signature, at: datetime) -> list[Finding]:
    if newest.method == Method.WET or newest.attachment is None:
        return []
    return findings(content(newest.attachment), at)


def _signed(row: Signature, found: list[Finding], at: datetime) -> Signed:
    assert row.signed_at is not None  # noqa: S101  (only given ones come here)
    borne = Borne(row.name, row.title, row.signed_at, Method(row.method), row.field, row.certificate)
    return _shown(borne, found, at)


def _shown(borne: Borne, found: list[Finding], at: datetime) -> Signed:
    told, sound = _state(borne, found, at)
    return Signed(borne.name, borne.title, borne.at, str(borne.method.label), told, sound)


def _state(row: Borne, found: list[Finding], at: datetime) -> tuple[str, bool]:
    """Return what to say of a signature's certificate, and whether all is well."""
    if row.method == Method.WET:
        return _("Signed by hand; the office keeps the paper and its scan."), True
    mine = next((each for each in found if each.field == row.field), None)
    if mine is None or not mine.intact:
        return _("The file that the office keeps does not bear this signature intact. Ask the office."), False
    held = row.certificate
    if held is not None and held.revoked_at is not None:
        return _revoked(row, held.revoked_at), False
    if held is not None and held.until < at:
        return _("The signature is intact; its certificate was valid then and has expired since."), True
    if mine.trusted:
        return _("The signature is intact; its certificate is valid and not revoked."), True
    return _(
        "The signature is intact; its certificate was issued by an authority that is not examined here."
    ), True


def _revoked(row: Borne, revoked_at: datetime) -> str:
    if row.at < revoked_at:
        return _("The certificate was revoked after the signing.")
    return _("The certificate was revoked before the signing.")
