"""A stand-in for clamd that speaks INSTREAM: it knows the EICAR test file, and has a limit as clamd has."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from laksana.files.tests.contents import EICAR


class Clamd:
    """Listens on a socket and answers one connection after another."""

    def __init__(self, listener: socket.socket, limit: int, answer: bytes | None) -> None:
        self.limit = limit
        self.answer = answer
        self.scanned: list[bytes] = []
        self._listener = listener
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                connection.sendall(self.answer if self.answer is not None else self._scan(stream))

    def _scan(self, stream: "socket.SocketIO | object") -> bytes:
        assert stream.read(10) == b"zINSTREAM\0"  # type: ignore[union-attr]
        content = b""
        while length := struct.unpack("!L", stream.read(4))[0]:  # type: ignore[union-attr]
            content += stream.read(length)  # type: ignore[union-attr]
            if len(content) > self.limit:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.scanned.append(content)
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@contextmanager
def clamd_on_tcp(limit: int = 25 << 20, answer: bytes | None = None) -> Iterator[tuple[Clamd, str]]:
    """Run it on a free port; give it and its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Clamd(listener, limit, answer)
    try:
        yield server, f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.stop()


@contextmanager
def clamd_on_socket(folder: Path) -> Iterator[tuple[Clamd, str]]:
    """Run it on a Unix socket in a folder; give it and its address."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(folder / "clamd.ctl"))
    listener.listen()
    server = Clamd(listener, 25 << 20, None)
    try:
        yield server, str(folder / "clamd.ctl")
    finally:
        server.stop()
