"""Giving part of a file to a browser that asks for one: how a video is watched from its middle (RFC 9110, section 14)."""

import re
from collections.abc import Iterator
from typing import IO, Final

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from laksana.files.models import StoredFile
from laksana.files.services import open_file

_ONE: Final = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")
_CHUNK: Final = 1 << 18


def serve_part(request: HttpRequest, stored: StoredFile) -> HttpResponseBase:
    """Return the answer that gives a file, or the one range of it that is asked for; several at once are answered whole.

    The right to read is the caller's to check, and what a browser may do with it the caller's to say.
    Raises `FileNotFoundError` where the storage has lost the content.
    """
    asked = _ONE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or asked.group() == "bytes=-":
        return _given(stored, 0, stored.size, whole=True)
    first, last = asked.groups()
    start = int(first) if first else max(stored.size - int(last), 0)
    end = min(int(last) + 1, stored.size) if first and last else stored.size
    if first and last and int(last) < int(first):
        return _given(stored, 0, stored.size, whole=True)  # no range at all: it counts as not asked for
    if start >= stored.size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    return _given(stored, start, end, whole=False)


def _given(stored: StoredFile, start: int, end: int, *, whole: bool) -> HttpResponseBase:
    content = open_file(stored)
    content.seek(start)
    part = _Part(content, end - start)
    answer = StreamingHttpResponse(part, status=200 if whole else 206, content_type=stored.media_type)
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Length"] = str(end - start)
    if not whole:
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{stored.size}"
    return answer


class _Part:
    """So many bytes of an open file, from where it stands; closed by the answer, read or not."""

    def __init__(self, content: IO[bytes], length: int) -> None:
        self.content, self.length = content, length

    def __iter__(self) -> Iterator[bytes]:
        left = self.length
        while left > 0 and (chunk := self.content.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        """Close the file."""
        self.content.close()
