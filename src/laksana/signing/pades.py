"""PAdES: signing a PDF, B-B without and B-LTA with a time stamp authority, the evidence about the certificate embedded."""

import io
import tempfile
from dataclasses import dataclass

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from laksana.signing.stamp import Place


@dataclass(frozen=True)
class Appearance:
    """The stamp and where it goes."""

    pdf: bytes
    place: Place


def timestamper() -> TimeStamper | None:
    """Return the time stamp authority that the office has configured, if any."""
    return HTTPTimeStamper(settings.TSA_URL, timeout=10) if settings.TSA_URL else None


def signed(  # noqa: PLR0913  (what a signature is made of)
    pdf: bytes,
    signer: signers.Signer,
    context: ValidationContext,
    *,
    name: str,
    field: str,
    reason: str,
    appearance: Appearance,
    stamper: TimeStamper | None = None,
) -> bytes:
    """Return the PDF with one signature more; what was there before stays byte for byte."""
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        name=name,
        reason=reason,
        subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=True,
        use_pades_lta=stamper is not None,
        validation_context=context,
        signer_key_usage={"non_repudiation"},
    )
    spec = fields.SigFieldSpec(field, on_page=appearance.place.page, box=appearance.place.box)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as stamp:
        stamp.write(appearance.pdf)
        stamp.flush()
        style = StaticStampStyle.from_pdf_file(stamp.name, border_width=0, background_opacity=1)
        engine = signers.PdfSigner(meta, signer, timestamper=stamper, stamp_style=style, new_field_spec=spec)
        out = io.BytesIO()
        engine.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out)
    return out.getvalue()
