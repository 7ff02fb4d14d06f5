"""Asks ClamAV's clamd whether a content is known to be harmful (its INSTREAM command)."""

import logging
import socket
import struct
from typing import IO, Final

from django.conf import settings
from django.utils.translation import gettext as _

from laksana.files.refusal import FileRefused

logger = logging.getLogger("laksana.files")
_CHUNK: Final = 1 << 16
_SECONDS: Final = 60.0


def refuse_malware(content: IO[bytes]) -> None:
    """Raise `FileRefused` where clamd finds something, or cannot be asked: then nothing is taken unseen.

    Does nothing where `settings.CLAMD` is empty.
    """
    if not settings.CLAMD:
        return
    try:
        answer = _scan(content)
    except OSError:
        logger.exception("clamd at %s does not answer", settings.CLAMD)
        raise FileRefused(
            _("The virus scanner does not answer just now. Try again in a few minutes.")
        ) from None
    if answer.endswith(" FOUND"):
        logger.warning("clamd: %s", answer)
        found = answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise FileRefused(_("The virus scanner found %(malware)s in this file.") % {"malware": found})
    if answer != "stream: OK":
        logger.error("clamd answered: %s", answer)
        raise FileRefused(_("The virus scanner could not scan this file."))


def _scan(content: IO[bytes]) -> str:
    content.seek(0)
    with _connect() as connection:
        try:
            connection.sendall(b"zINSTREAM\0")
            while chunk := content.read(_CHUNK):
                connection.sendall(struct.pack("!L", len(chunk)) + chunk)
            connection.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # It has heard enough (too much, say) and answers.
        answer = b""
        while not answer.endswith(b"\0") and (more := connection.recv(4096)):
            answer += more
    if not answer:
        raise ConnectionError("clamd closed the connection without an answer")
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _connect() -> socket.socket:
    if settings.CLAMD.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_SECONDS)
        connection.connect(settings.CLAMD)
        return connection
    host, _colon, port = settings.CLAMD.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS)
