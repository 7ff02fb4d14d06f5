"""A BSrE e-sign client service as its version 1 answers: it signs with a certificate of its own where it would ask BSrE."""

import base64
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp import StaticStampStyle

USER, PASSWORD = "kantor", "rahasia-kantor"


class Service(ThreadingHTTPServer):
    """The service with its signers: NIK -> status, passphrase."""

    daemon_threads = True

    def __init__(self, signer: signers.SimpleSigner) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.signer = signer
        self.users: dict[str, tuple[str, str]] = {}
        self.asked: list[dict[str, Any]] = []

    @property
    def address(self) -> str:
        """Return where it answers."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        if not self._known():
            return
        nik = self.path.rpartition("/")[2]
        if not self.path.startswith("/api/user/status/"):
            self._json(404, {"error": "Not Found"})
            return
        status = self.server.users.get(nik, ("NOT_REGISTERED", ""))[0]
        code = {"ISSUE": 1111, "NOT_REGISTERED": 1110}.get(status, 1112)
        self._json(200, {"status_code": code, "status": status, "message": f"status {status}"})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._known():
            return
        given = _parts(self.headers["Content-Type"], body)
        self.server.asked.append(given)
        status, passphrase = self.server.users.get(str(given.get("nik")), ("", ""))
        if status != "ISSUE":
            self._json(400, {"status_code": 2011, "error": "User belum terdaftar"})
        elif given.get("passphrase") != passphrase:
            self._json(400, {"status_code": 2031, "error": "Passphrase anda salah"})
        else:
            self._answer(200, "application/pdf", _signed(self.server.signer, given))

    def _known(self) -> bool:
        expected = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") == expected:
            return True
        self._json(401, {"error": "Unauthorized"})
        return False

    def _json(self, code: int, said: dict[str, Any]) -> None:
        self._answer(code, "application/json", json.dumps(said).encode())

    def _answer(self, code: int, kind: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


def _parts(kind: str, body: bytes) -> dict[str, Any]:
    message = BytesParser(policy=policy.HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    found: dict[str, Any] = {}
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found[name] = content if part.get_filename() else content.decode()
    return found


def _signed(signer: signers.SimpleSigner, given: dict[str, Any]) -> bytes:
    from PIL import Image

    box = (int(given["xAxis"]), int(given["yAxis"]), int(given["width"]), int(given["height"]))
    count = given["file"].count(b"/ByteRange")
    spec = fields.SigFieldSpec(f"sig_bsre_{count}", on_page=int(given["page"]) - 1, box=box)
    style = StaticStampStyle(background=PdfImage(Image.open(io.BytesIO(given["imageTTD"]))), border_width=0)
    meta = signers.PdfSignatureMetadata(
        field_name=spec.sig_field_name, subfilter=fields.SigSeedSubFilter.PADES
    )
    out = io.BytesIO()
    signers.PdfSigner(meta, signer, stamp_style=style, new_field_spec=spec).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(given["file"])), output=out
    )
    return out.getvalue()


@contextmanager
def running(signer: signers.SimpleSigner) -> Iterator[Service]:
    """Run the service for as long as the block lasts."""
    with Service(signer) as service:
        thread = threading.Thread(target=service.serve_forever, daemon=True)
        thread.start()
        try:
            yield service
        finally:
            service.shutdown()
            thread.join()
