"""Signing with a certificate of the office's own authority."""

from datetime import datetime
from functools import cached_property

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from django.utils.translation import gettext as _
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from laksana.documents.services import worded_moment
from laksana.people.models import Person
from laksana.signing import keys, pades
from laksana.signing.errors import NoCertificate, NotSigned, WrongPassphrase
from laksana.signing.models import Certificate, Method
from laksana.signing.ports import Order
from laksana.signing.stamp import stamp
from laksana.signing.trust import context_at
from laksana.worktime.zone import local


class LocalPort:
    """A PKCS#12 file that the signer's passphrase opens."""

    method = Method.LOCAL

    def __init__(self, person: Person, at: datetime) -> None:
        self._person, self._at = person, at

    @cached_property
    def certificate(self) -> Certificate | None:
        """Return the certificate issued last."""
        return Certificate.objects.filter(person=self._person).order_by("-since", "-pk").first()

    @property
    def ready(self) -> bool:
        """Return whether there is a certificate, in force and not revoked."""
        return not self.hindrance

    @property
    def hindrance(self) -> str:
        """Return why the person cannot sign; "" where he can."""
        held = self.certificate
        if held is None:
            return _("%(who)s has no electronic certificate.") % {"who": self._person}
        if held.revoked_at is not None:
            return _("The certificate of %(who)s was revoked on %(when)s: %(why)s.") % {
                "who": self._person,
                "when": _day(held.revoked_at),
                "why": held.reason or _("no reason given"),
            }
        if held.until < self._at:
            return _("The certificate of %(who)s expired on %(when)s.") % {
                "who": self._person,
                "when": _day(held.until),
            }
        if held.since > self._at:
            return _("The certificate of %(who)s is not valid before %(when)s.") % {
                "who": self._person,
                "when": _day(held.since),
            }
        return ""

    def sign(self, order: Order, passphrase: str) -> bytes:
        """Return the signed PDF. Raises WrongPassphrase, NoCertificate, NotSigned."""
        if self.hindrance or self.certificate is None:
            raise NoCertificate(self.hindrance)
        signer = opened(self.certificate, passphrase)
        context = context_at(order.at)
        try:
            return pades.signed(
                order.pdf,
                signer,
                context,
                name=order.name,
                field=order.field,
                reason=order.reason,
                appearance=pades.Appearance(stamp(order.name, order.token, order.at), order.place),
                stamper=pades.timestamper(),
            )
        except (SigningError, PdfError, OSError) as error:
            raise NotSigned(_("The paper could not be signed: %(why)s") % {"why": error}) from error


def opened(certificate: Certificate, passphrase: str) -> SimpleSigner:
    """Return the signer of a certificate whose key a passphrase opens. Raises NoCertificate, WrongPassphrase."""
    content = keys.read(f"{certificate.serial}.p12")
    if content is None:
        raise NoCertificate(_("The key of this certificate does not lie on this machine."))
    # Not SimpleSigner.load_pkcs12: it writes a failure, with its trace, into the log.
    signer = _signer(content, passphrase.encode())
    if signer is None:
        raise WrongPassphrase(_("The passphrase is not right. Nothing was signed."))
    return signer


def _signer(content: bytes, passphrase: bytes) -> SimpleSigner | None:
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase)
    except ValueError:
        return None
    if key is None or certificate is None:
        return None
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    chain = b"".join(each.public_bytes(Encoding.PEM) for each in [certificate, *others])
    found = list(load_certs_from_pemder_data(chain))
    store: SimpleCertificateStore = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(found)
    return SimpleSigner(
        signing_cert=found[0],
        signing_key=load_private_key_from_pemder_data(plain, passphrase=None),
        cert_registry=store,
    )


def _day(moment: datetime) -> str:
    return worded_moment(local(moment))
