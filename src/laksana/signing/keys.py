"""Where private keys lie: PKCS#12 files under LAKSANA_HOME, encrypted with the holder's passphrase."""

import os
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """Return the folder of keys, made where it is missing."""
    place = Path(settings.SIGNING_KEYS)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def write(name: str, content: bytes) -> None:
    """Keep a file; it takes its place only when it was written to its end."""
    target = folder() / name
    unfinished = target.with_suffix(".part")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    unfinished.replace(target)


def read(name: str) -> bytes | None:
    """Return a kept file; None where there is none."""
    target = folder() / name
    return target.read_bytes() if target.is_file() else None
