"""Validating signed PDFs: whether each signature's content is untouched, and what stands behind its certificate."""

import io
from dataclasses import dataclass
from datetime import datetime

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from laksana.signing.trust import context_at


@dataclass(frozen=True)
class Finding:
    """What was found of one signature in a file."""

    field: str
    """The signature's field in the PDF."""
    signer: str
    intact: bool
    """The bytes that it covers are those that were signed, and nothing came later but what a signed PDF allows."""
    trusted: bool
    """The certificate leads to an authority that the office trusts, and was neither expired nor revoked."""


def findings(pdf: bytes, at: datetime) -> list[Finding]:
    """Return what is found of each signature in a PDF; nothing for a file that is no PDF or bears none."""
    try:
        embedded = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
        return [_finding(each, context_at(at)) for each in embedded]
    except (PdfError, SignatureValidationError, ValueError, KeyError, TypeError, IndexError):
        # A hostile or broken file: nothing in it can be relied on.
        return []


def fields_of(pdf: bytes) -> list[str]:
    """Return the names of the fields of a PDF's signatures, in the order in which they were given."""
    return [str(each.field_name) for each in PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures]


def _finding(embedded: object, context: ValidationContext) -> Finding:
    status = validate_pdf_signature(embedded, signer_validation_context=context)  # type: ignore[arg-type]
    name = str(status.signing_cert.subject.native.get("common_name", ""))
    untouched = status.intact and status.valid and status.docmdp_ok
    return Finding(str(getattr(embedded, "field_name", "")), name, bool(untouched), bool(status.trusted))
