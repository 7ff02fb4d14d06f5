"""Tokens that open something without an account: too long to guess, and kept as hashes only."""

import hashlib
import re
import secrets
from base64 import b32encode
from datetime import datetime

from django.utils.crypto import salted_hmac

from laksana.cases.models import Case
from laksana.portal.models import TrackingCode

_CODE_BYTES = 10
_CODE = re.compile(r"[A-Z2-7]{16}")


def new_token() -> str:
    """Return the token of a link to a form: 256 bits."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def tracking_code(case: Case, at: datetime) -> str:
    """Return the code by which a case is followed, and see to it that it is known.

    It is made from the case and the office's secret key, so that a receipt can be printed again although only a hash is kept.
    A code that an earlier key made stays good.
    """
    digest = salted_hmac("laksana.portal.tracking", str(case.pk), algorithm="sha256").digest()
    code = b32encode(digest[:_CODE_BYTES]).decode()
    TrackingCode.objects.get_or_create(code_hash=hashed(code), defaults={"case": case, "made_at": at})
    return code


def spaced(code: str) -> str:
    """Return a code as it is read and copied: ABCD-EFGH-IJKL-MNOP."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def case_followed(typed: str) -> Case | None:
    """Return the case of a code as somebody typed it, blanks and dashes and small letters included; None where there is none."""
    code = re.sub(r"[\s-]", "", typed).upper()
    if not _CODE.fullmatch(code):
        return None
    found = TrackingCode.objects.select_related("case__sop").filter(code_hash=hashed(code)).first()
    return found.case if found else None
