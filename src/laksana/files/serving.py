"""Giving a stored file to a browser so that it can never act as a page of ours. The right to read is the
caller's to check.
"""

import re
from typing import Final

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from laksana.files.kinds import JPEG, PDF, PNG, TEXT, WEBP, kind_named, kind_of
from laksana.files.models import StoredFile
from laksana.files.services import open_file

SHOWN: Final = frozenset(kind.media_type for kind in (PDF, JPEG, PNG, WEBP, TEXT))
"""Media types that a browser may show by itself; everything else is downloaded."""
_SANDBOX: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
_NO_NAME: Final = re.compile(
    r'[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff/\\:*?"<>|]+'
)
_LONGEST_NAME: Final = 150


def serve(stored: StoredFile, name: str, *, download: bool = False) -> FileResponse:
    """Return the response that gives the file under a name: shown where that is safe, else as a download.

    Raises `FileNotFoundError` where the storage has lost the content.
    """
    media_type = stored.media_type
    shown = media_type in SHOWN and not download
    response = FileResponse(open_file(stored), content_type=_content_type(media_type))
    response["Content-Length"] = str(stored.size)
    response["Content-Disposition"] = (
        content_disposition_header(not shown, file_name(name, media_type)) or "inline"
    )
    contain(response)
    return response


def contain(response: HttpResponseBase) -> None:
    """Let an answer with somebody's content do nothing but be looked at, by this browser, now."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"


def file_name(name: str, media_type: str) -> str:
    """Return a name that every system takes, and that ends as the kind of file does."""
    clean = _NO_NAME.sub(" ", name).strip(" .")
    kind = kind_of(media_type)
    if kind is None or kind_named(clean) is kind:
        return clean[-_LONGEST_NAME:].strip(" .") or "file"
    return f"{clean[:_LONGEST_NAME].strip(' .') or 'file'}.{kind.extensions[0]}"


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
