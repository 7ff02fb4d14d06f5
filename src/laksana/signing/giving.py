"""Giving a signature: electronically with a passphrase, or as the scan of a paper signed by hand.

The signing itself, which may ask a service over the network, happens outside the transaction; what was signed is kept only when
the paper is still the version that was signed.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from laksana.cases.actions import attach_signed
from laksana.cases.errors import AlreadyDone, NotFound, NotYours, Refused
from laksana.cases.models import Attachment
from laksana.documents.services import Paper, block, file_name, render_paper, signatory_at
from laksana.files import services as files
from laksana.files.models import StoredFile
from laksana.people.models import Person
from laksana.people.services import capacity, desks_of
from laksana.signing.blocks import blocks
from laksana.signing.errors import NotSigned
from laksana.signing.gaps import gaps
from laksana.signing.models import Certificate, Method, Signature
from laksana.signing.ports import Order, Port, port_for
from laksana.signing.stamp import place_of
from laksana.signing.validation import fields_of
from laksana.signing.waiting import content, version_to_sign

SCANS = ("application/pdf", "image/jpeg", "image/png")


@dataclass(frozen=True)
class Given:
    """What came of one signature of several: given, or why not."""

    signature: Signature
    refusal: str = ""


@dataclass(frozen=True)
class _Version:
    """A signed file on its way to being kept."""

    base: int | None
    content: "BinaryIO | File[bytes]"
    name: str
    accept: tuple[str, ...]


@dataclass(frozen=True)
class SignedPdf:
    """A PDF with one signature more, and what that signature is."""

    content: bytes
    field: str
    method: Method
    certificate: Certificate | None


def sign_pdf(person: Person, passphrase: str, asked: Order) -> SignedPdf:
    """Sign a PDF that is no paper of a case; keeping it is the caller's. Raises NotSigned and its kinds."""
    port = port_for(person, asked.at)
    if not port.ready:
        raise NotSigned(port.hindrance)
    signed = port.sign(asked, passphrase)
    return SignedPdf(signed, _new_field(asked.pdf, signed), port.method, port.certificate)


def sign_all(keys: list[int], person: Person, passphrase: str, at: datetime) -> list[Given]:
    """Sign several papers in one go, each by itself: what is refused for one does not keep the others from being signed."""
    given = []
    for key in keys:
        signature = _mine(key, person, at)
        try:
            given.append(Given(sign(key, person, passphrase, at)))
        except Refused as refusal:
            given.append(Given(signature, str(refusal)))
    return given


def sign(key: int, person: Person, passphrase: str, at: datetime) -> Signature:
    """Sign a paper electronically. Raises NotFound, NotYours, AlreadyDone, NotSigned and its kinds; then nothing was changed."""
    signature = _mine(key, person, at)
    port = port_for(person, at)
    if not port.ready:
        raise NotSigned(port.hindrance)
    base, pdf, signature = _prepared(signature, person, at)
    if missing := gaps(pdf):
        raise NotSigned(
            _("Something is missing on “%(paper)s”: %(lines)s. Fill it in before signing.")
            % {"paper": signature.paper.title, "lines": "; ".join(missing)}
        )
    signed = port.sign(_order(signature, pdf, at), passphrase)
    signature.field = _new_field(pdf, signed)
    version = _Version(base, io.BytesIO(signed), _signed_name(signature.paper), ("application/pdf",))
    return _keep(signature, person, version, port, at)


def keep_scan(key: int, person: Person, scan: "BinaryIO | File[bytes]", name: str, at: datetime) -> Signature:
    """Keep the scan of a paper that was signed by hand as its signed version. Raises FileRefused and what `sign` raises."""
    signature = _mine(key, person, at)
    base = version_to_sign(signature)
    suffix = name.rpartition(".")[2].lower() or "pdf"
    told = f"{_signed_name(signature.paper).removesuffix('.pdf')}.{suffix}"
    version = _Version(base.pk if base else None, scan, told, SCANS)
    return _keep(signature, person, version, None, at)


def _mine(key: int, person: Person, at: datetime) -> Signature:
    """Return a signature that waits for this person. Raises NotFound, NotYours, AlreadyDone."""
    found = (
        Signature.objects.filter(pk=key)
        .select_related("paper__case", "paper__attachment__stored", "by")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such signature."))
    if found.desk not in desks_of(person, at):
        raise NotYours(_("This paper waits for the signature of somebody else."))
    _check_waits(found)
    return found


def _check_waits(signature: Signature) -> None:
    if signature.signed_at is not None:
        raise AlreadyDone(_("This paper is signed already."), str(signature.by), signature.signed_at)


def _prepared(signature: Signature, person: Person, at: datetime) -> tuple[int | None, bytes, Signature]:
    """Return the version to sign: with the block of who acts for the signer, where it is he who signs."""
    base = version_to_sign(signature)
    if base is None:
        raise NotSigned(
            _("“%(paper)s” is still being made. Try again in a moment.") % {"paper": signature.paper.title}
        )
    printed = blocks(signature.paper.data)
    own = signature.place < len(printed) and printed[signature.place].nip in ("", person.nip)
    if own or signature.desk.startswith("person:"):
        return base.pk, content(base), signature
    if base.pk != signature.paper.attachment_id:
        raise NotSigned(
            _("This paper bears another's signature already: only %(who)s himself can add his.")
            % {"who": signature.name}
        )
    acting = signatory_at(signature.desk, at)
    paper = signature.paper
    paper.data = {**paper.data, "signature": block(acting)}
    signature.name = acting.name
    signature.title = f"{acting.acting} {acting.title}".strip()
    return base.pk, render_paper(paper), signature


def _order(signature: Signature, pdf: bytes, at: datetime) -> Order:
    return Order(
        pdf=pdf,
        field=f"TandaTangan{signature.place + 1}",
        name=signature.name,
        reason=signature.paper.title,
        token=signature.token,
        place=place_of(pdf, signature.name),
        at=at,
    )


def _new_field(before: bytes, after: bytes) -> str:
    """Return the name of the field that a signing added: a service names it itself. Raises NotSigned where there is none."""
    added = [name for name in fields_of(after) if name not in fields_of(before)]
    if len(added) != 1:
        raise NotSigned(_("The paper came back without its signature. Nothing was kept."))
    return added[0]


def _signed_name(paper: Paper) -> str:
    return file_name(paper).removesuffix(".pdf") + " (ditandatangani).pdf"


@transaction.atomic
def _keep(
    signature: Signature, person: Person, version: _Version, port: Port | None, at: datetime
) -> Signature:
    """Keep a signed version, unless the paper was signed meanwhile. Raises AlreadyDone, NotSigned."""
    Paper.objects.select_for_update(of=("self",)).get(pk=signature.paper_id)
    _check_waits(Signature.objects.select_related("by").get(pk=signature.pk))
    newest = version_to_sign(signature)
    if (newest.pk if newest else None) != version.base:
        raise NotSigned(_("Somebody signed this paper at the same moment. Look at it again, and sign."))
    stored = files.store(version.content, version.name, accept=version.accept, at=at)
    signature.attachment = _attached(signature, person, stored, version.name, port, at)
    signature.signed_at, signature.by = at, person
    signature.method = port.method if port else Method.WET
    signature.certificate = _certificate(port)
    signature.save()
    return signature


def _certificate(port: Port | None) -> Certificate | None:
    return port.certificate if port else None


def _attached(
    signature: Signature, person: Person, stored: StoredFile, name: str, port: Port | None, at: datetime
) -> Attachment:
    paper = signature.paper
    return attach_signed(
        paper.case_id,
        stored,
        name,
        document=paper.document,
        item_id=paper.work_item_id,
        person=person,
        acting_as=capacity(person, signature.desk, at),
        told={"method": str(port.method if port else Method.WET)},
        at=at,
    )
