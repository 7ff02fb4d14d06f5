"""A file is there whole or not at all, also when the process is killed while it writes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File

from laksana.files.storage import UNFINISHED, DurableFileSystemStorage


class Failing(File):  # type: ignore[type-arg]
    """A content that breaks off."""

    def chunks(self, chunk_size: int | None = None):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """Yield one chunk, then fail as a full disk or a lost connection would."""
        yield b"half"
        raise OSError("no space left on device")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    storage = DurableFileSystemStorage(location=tmp_path)
    with pytest.raises(OSError, match="no space"):
        storage.save("ab/cd/abcd", Failing(None))
    assert names(tmp_path) == []
    storage.save("ab/cd/abcd", ContentFile(b"whole"))
    assert names(tmp_path) == ["abcd"]


def test_what_has_the_name_already_is_replaced_and_stays_when_writing_fails(tmp_path: Path) -> None:
    storage = DurableFileSystemStorage(location=tmp_path)
    assert storage.save("abcd", ContentFile(b"one")) == "abcd"
    assert storage.save("abcd", ContentFile(b"two")) == "abcd"
    with pytest.raises(OSError, match="no space"):
        storage.save("abcd", Failing(None))
    assert (tmp_path / "abcd").read_bytes() == b"two"


def test_stored_files_are_closed_to_strangers(tmp_path: Path) -> None:
    DurableFileSystemStorage(location=tmp_path).save("abcd", ContentFile(b"x"))
    assert (tmp_path / "abcd").stat().st_mode & 0o007 == 0


_WRITER = """
import sys
from django.conf import settings
settings.configure()
from django.core.files.base import ContentFile
from laksana.files.storage import DurableFileSystemStorage
storage = DurableFileSystemStorage(location=sys.argv[1])
number = 0
while True:
    content = bytes([number % 256]) * 3_000_000
    storage.save(f"{number:04d}", ContentFile(content))
    print(number, flush=True)
    number += 1
"""


@pytest.mark.fault
def test_a_process_killed_while_it_writes_leaves_no_half_file_under_a_name(tmp_path: Path) -> None:
    for round_number in range(10):
        folder = tmp_path / str(round_number)
        writer = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", _WRITER, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.02 + 0.013 * round_number)
        os.kill(writer.pid, signal.SIGKILL)
        written, _errors = writer.communicate()
        acknowledged = [int(line) for line in written.split()]
        finished = [path for path in folder.iterdir() if not path.name.endswith(UNFINISHED)]
        assert {path.stat().st_size for path in finished} == {3_000_000}
        assert len(finished) >= len(acknowledged)
