"""The receipt: what was received when under which number, and the code to follow it by."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from laksana.cases import services as cases
from laksana.cases.models import Case
from laksana.cases.subject import SEALED
from laksana.documents.services import letterhead, render, worded_moment
from laksana.library.told import told_at
from laksana.portal.service import service_of
from laksana.portal.tokens import spaced, tracking_code

_TEMPLATE = Path(__file__).resolve().parent / "typst" / "tanda-terima.typ"


def address(code: str) -> str:
    """Return the whole address at which a case is followed."""
    return settings.BASE_URL.rstrip("/") + reverse("track:case", args=[spaced(code)])


def qr(code: str) -> SafeString:
    """Return the QR code of that address as SVG for a page."""
    drawn = BytesIO()
    segno.make(address(code), error="m").save(
        drawn,
        kind="svg",
        scale=4,
        border=2,
        xmldecl=False,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        light="#fff",
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308  (drawn by ourselves from an address of ours)


def receipt_pdf(case: Case, at: datetime) -> bytes:
    """Return the receipt of a case as PDF/A; the same case gives the same bytes, whenever it is printed.

    Once the office has registered it, its number in the book stands there too.
    """
    code = tracking_code(case, at)
    procedure = cases.definition(case)
    text = service_of(procedure)
    drawn = BytesIO()
    segno.make(address(code), error="m").save(drawn, kind="svg", border=0, xmldecl=True)
    data = {
        "letterhead": letterhead(),
        "service": text.title if text else procedure.title,
        "subject": "" if case.level in SEALED else case.subject,
        "number": case.number,
        "registered": told_at(case, at).number,
        "received": worded_moment(case.opened_at),
        "code": spaced(code),
        "address": address(code),
        "qr": drawn.getvalue().decode(),
    }
    return render(_TEMPLATE, data, case.opened_at)
