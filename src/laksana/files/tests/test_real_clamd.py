"""The scanner against a real clamd, with a signature database of one line: EICAR's own test file."""

import hashlib
import io
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from laksana.files.antivirus import refuse_malware
from laksana.files.models import StoredFile
from laksana.files.refusal import FileRefused
from laksana.files.services import store
from laksana.files.tests import contents

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
_SECONDS_TO_START = 60
CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(
    CLAMD is None, reason="clamd is NOT INSTALLED here: the scanner is tried on a stand-in only"
)


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A clamd of our own on a socket, ended afterwards; return where it listens."""
    home = tmp_path_factory.mktemp("clamd")
    signatures = home / "db"
    signatures.mkdir()
    digest = hashlib.sha256(contents.EICAR).hexdigest()
    (signatures / "eicar.hsb").write_text(f"{digest}:{len(contents.EICAR)}:Eicar-Test-Signature:73\n")
    # And wherever it stands within a file, for it is also packed and attached.
    (signatures / "eicar.ndb").write_text(f"Eicar-Test-Body:0:*:{contents.EICAR.hex()}\n")
    listens = home / "s"
    settings = home / "clamd.conf"
    settings.write_text(
        f"LocalSocket {listens}\nDatabaseDirectory {signatures}\nForeground yes\nLogFile {home / 'log'}\n"
        f"TemporaryDirectory {home}\nStreamMaxLength 30M\nPidFile {home / 'pid'}\n"
    )
    process = subprocess.Popen(  # noqa: S603
        [str(CLAMD), "--foreground", f"--config-file={settings}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + _SECONDS_TO_START
        while not listens.exists():
            log = home / "log"
            assert process.poll() is None, log.read_text() if log.exists() else "clamd ended at once"
            assert time.monotonic() < until, "clamd does not listen"
            time.sleep(0.1)
        yield str(listens)
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.django_db
def test_the_eicar_file_is_found_and_not_kept(clamd: str, storage: Path, settings: Settings) -> None:
    settings.CLAMD = clamd
    with pytest.raises(FileRefused, match="Eicar-Test"):
        store(io.BytesIO(contents.EICAR), "eicar.txt", at=NOW)
    assert not StoredFile.objects.exists()
    assert not list(storage.rglob("*"))


@pytest.mark.django_db
def test_it_is_found_within_an_archive_too(clamd: str, storage: Path, settings: Settings) -> None:
    settings.CLAMD = clamd
    packed = contents.archive({"lampiran.txt": contents.EICAR})
    with pytest.raises(FileRefused, match="Eicar-Test"):
        store(io.BytesIO(packed), "lampiran.zip", accept=["zip"], at=NOW)
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_clean_letter_passes(clamd: str, storage: Path, settings: Settings) -> None:
    settings.CLAMD = clamd
    assert store(io.BytesIO(contents.PDF), "surat.pdf", at=NOW).size == len(contents.PDF)


def test_a_large_clean_file_passes_in_pieces(clamd: str, settings: Settings) -> None:
    settings.CLAMD = clamd
    refuse_malware(io.BytesIO(b"baris biasa\n" * 700_000))
