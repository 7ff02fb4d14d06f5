"""A form with a file that is too large loses the file and nothing else, and needs no memory for it."""

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from laksana.files.upload import too_large

MB = 1 << 20


class Body(io.RawIOBase):
    """The body of a multipart request, made while it is read."""

    def __init__(self, size: int) -> None:
        before = (
            b'--b\r\nContent-Disposition: form-data; name="hal"\r\n\r\nUndangan\r\n'
            b'--b\r\nContent-Disposition: form-data; name="naskah"; filename="besar.pdf"\r\n\r\n'
        )
        after = b'\r\n--b\r\nContent-Disposition: form-data; name="ringkasan"\r\n\r\nIsi\r\n--b--\r\n'
        super().__init__()
        self.length = len(before) + size + len(after)
        self._parts = self._produce(before, size, after)
        self._ready = b""

    def _produce(self, before: bytes, size: int, after: bytes) -> Iterator[bytes]:
        yield before
        for start in range(0, size, MB):
            yield b"x" * min(MB, size - start)
        yield after

    def read(self, size: int = -1) -> bytes:
        while 0 <= len(self._ready) < size and (part := next(self._parts, b"")):
            self._ready += part
        given, self._ready = self._ready[:size], self._ready[size:]
        return given


def request(size: int) -> HttpRequest:
    body = Body(size)
    sent = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "multipart/form-data; boundary=b",
        "CONTENT_LENGTH": str(body.length),
        "wsgi.input": body,
    }
    return RequestFactory().request(**sent)


def kept(form: HttpRequest) -> "UploadedFile[bytes]":
    (upload,) = form.FILES.getlist("naskah")
    return upload


def test_a_file_of_200_mb_is_left_out_while_it_is_read_and_the_form_is_kept(
    settings: Settings, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    form = request(200 * MB)
    tracemalloc.start()
    assert form.POST.dict() == {"hal": "Undangan", "ringkasan": "Isi"}
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * MB
    assert not form.FILES
    assert too_large(form) == {"naskah": "besar.pdf"}
    assert list(tmp_path.iterdir()) == []


def test_a_file_just_within_the_limit_is_kept(settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 3 * MB
    form = request(3 * MB)
    with kept(form) as upload:
        assert upload.size == 3 * MB
    assert too_large(form) == {}
    over = request(3 * MB + 1)
    assert not over.FILES
    assert too_large(over) == {"naskah": "besar.pdf"}


@pytest.mark.parametrize("size", [0, 1])
def test_small_files_are_kept(size: int) -> None:
    form = request(size)
    with kept(form) as upload:
        assert upload.read() == b"x" * size
