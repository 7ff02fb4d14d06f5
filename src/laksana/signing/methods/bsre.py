"""Signing through the office's BSrE e-sign client service (API version 1: `/api/sign/pdf`, `/api/user/status/{nik}`).

The service answers a signing with the PDF itself, else with JSON. The passphrase goes to it in the request's body, over
the connection that the office set up, and nowhere else.
"""

import base64
import io
import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

import pypdfium2
from django.conf import settings
from django.utils.translation import gettext as _

from laksana.people.models import Person
from laksana.signing.errors import NoCertificate, NotSigned, WrongPassphrase
from laksana.signing.models import Method, Subscriber
from laksana.signing.ports import Order
from laksana.signing.stamp import address, stamp

_SECONDS: Final = 30
_LARGEST: Final = 64 * 1024 * 1024
_WRONG_PASSPHRASE: Final = 2031
_STATUS_ISSUED: Final = "ISSUE"
_STAMP_SCALE: Final = 4


class BsrePort:
    """A certificate that lies with BSrE."""

    method = Method.BSRE
    certificate = None

    def __init__(self, person: Person) -> None:
        self._person = person

    @cached_property
    def _nik(self) -> str:
        return Subscriber.objects.filter(person=self._person).values_list("nik", flat=True).first() or ""

    @property
    def ready(self) -> bool:
        """Return whether the service is set up and knows the person; whether his certificate is in force is asked at signing."""
        return not self.hindrance

    @property
    def hindrance(self) -> str:
        """Return why the person cannot sign; "" where nothing here speaks against it."""
        if not settings.BSRE_URL:
            return _("The BSrE service is not set up (LAKSANA_BSRE_URL).")
        if not self._nik:
            return _("%(who)s is not known as a signer of BSrE.") % {"who": self._person}
        return ""

    def status(self) -> str:
        """Return what BSrE says of the person's certificate: ISSUE, EXPIRED, REVOKE, ... Raises NotSigned."""
        _kind, body = _call(f"/api/user/status/{self._nik}")
        return str(_json(body).get("status", "")).upper()

    def sign(self, order: Order, passphrase: str) -> bytes:
        """Return the signed PDF. Raises WrongPassphrase, NoCertificate, NotSigned."""
        if self.hindrance:
            raise NoCertificate(self.hindrance)
        status = self.status()
        if status != _STATUS_ISSUED:
            raise NoCertificate(_refused_status(status, self._person))
        kind, body = _call("/api/sign/pdf", *_multipart(self._fields(order, passphrase), self._files(order)))
        if not kind.startswith("application/pdf") or not body.startswith(b"%PDF"):
            raise NotSigned(_("The BSrE service did not answer with a signed paper."))
        return body

    def _fields(self, order: Order, passphrase: str) -> dict[str, str]:
        left, bottom, right, top = order.place.box
        return {
            "nik": self._nik,
            "passphrase": passphrase,
            "tampilan": "visible",
            "image": "true",
            "linkQR": address(order.token),
            "page": str(order.place.page + 1),
            "xAxis": str(left),
            "yAxis": str(bottom),
            "width": str(right),
            "height": str(top),
            "reason": order.reason,
        }

    def _files(self, order: Order) -> dict[str, tuple[str, str, bytes]]:
        return {
            "file": ("naskah.pdf", "application/pdf", order.pdf),
            "imageTTD": ("stempel.png", "image/png", _image(stamp(order.name, order.token, order.at))),
        }


def _refused_status(status: str, person: Person) -> str:
    told = {
        "EXPIRED": _("The certificate of %(who)s at BSrE has expired."),
        "REVOKE": _("The certificate of %(who)s at BSrE was revoked."),
        "SUSPEND": _("The certificate of %(who)s at BSrE is suspended."),
        "NOT_REGISTERED": _("%(who)s is not registered with BSrE."),
    }
    text = told.get(status, _("%(who)s has no certificate in force at BSrE (%(status)s)."))
    return text % {"who": person, "status": status or "?"}


def _image(stamp_pdf: bytes) -> bytes:
    document = pypdfium2.PdfDocument(stamp_pdf)
    drawn = io.BytesIO()
    document[0].render(scale=_STAMP_SCALE).to_pil().save(drawn, "PNG")
    document.close()
    return drawn.getvalue()


def _call(path: str, body: bytes | None = None, kind: str = "") -> tuple[str, bytes]:
    """Return the kind and the body of an answer. Raises NotSigned; the request is never told, it holds the passphrase."""
    if not settings.BSRE_URL.startswith(("https://", "http://")):
        raise NotSigned(_("The address of the BSrE service (LAKSANA_BSRE_URL) is not right."))
    asked = urllib.request.Request(settings.BSRE_URL.rstrip("/") + path, data=body)  # noqa: S310  (checked above)
    pair = base64.b64encode(f"{settings.BSRE_USER}:{settings.BSRE_PASSWORD}".encode()).decode()
    asked.add_header("Authorization", f"Basic {pair}")
    if kind:
        asked.add_header("Content-Type", kind)
    try:
        with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310
            return str(answer.headers.get_content_type()), answer.read(_LARGEST)
    except urllib.error.HTTPError as error:
        with error:
            raise _told(error.code, error.read(_LARGEST)) from None
    except (urllib.error.URLError, OSError):
        raise NotSigned(_("The BSrE service does not answer. Nothing was signed; try again later.")) from None


def _told(code: int, body: bytes) -> NotSigned:
    if code in (401, 403):
        return NotSigned(_("The BSrE service does not know this office (user name or password)."))
    said = _json(body)
    if said.get("status_code") == _WRONG_PASSPHRASE:
        return WrongPassphrase(_("The passphrase is not right. Nothing was signed."))
    why = str(said.get("error") or said.get("message") or code)[:300]
    return NotSigned(_("BSrE refused: %(why)s") % {"why": why})


def _json(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _multipart(fields: Mapping[str, str], files: Mapping[str, tuple[str, str, bytes]]) -> tuple[bytes, str]:
    """Return a multipart/form-data body and its content type."""
    edge = secrets.token_hex(16)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, (file_name, kind, content) in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
        parts.append(head.encode() + f"Content-Type: {kind}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
