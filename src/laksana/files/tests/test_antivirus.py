"""Where clamd is set up, nothing is kept that it finds harmful or has not seen."""

import io
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from laksana.files.antivirus import refuse_malware
from laksana.files.models import StoredFile
from laksana.files.refusal import FileRefused
from laksana.files.services import store
from laksana.files.tests import contents
from laksana.files.tests.clamd import clamd_on_socket, clamd_on_tcp

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_eicar_file_is_refused_and_not_kept(storage: Path, settings: Settings) -> None:
    with clamd_on_tcp() as (_clamd, settings.CLAMD), pytest.raises(FileRefused, match="Eicar-Test-Signature"):
        store(io.BytesIO(contents.EICAR), "eicar.txt", at=NOW)
    assert not StoredFile.objects.exists()
    assert not list(storage.rglob("*"))


@pytest.mark.django_db
def test_a_clean_file_is_scanned_whole_and_kept(storage: Path, settings: Settings) -> None:
    content = b"baris\n" * 50_000
    with clamd_on_tcp() as (clamd, settings.CLAMD):
        assert store(io.BytesIO(content), "catatan.txt", at=NOW)
    assert clamd.scanned == [content]


def test_clamd_is_asked_on_a_unix_socket_too(tmp_path: Path, settings: Settings) -> None:
    with clamd_on_socket(tmp_path) as (clamd, settings.CLAMD):
        refuse_malware(io.BytesIO(contents.PDF))
        with pytest.raises(FileRefused, match="Eicar"):
            refuse_malware(io.BytesIO(b"x" + contents.EICAR))
    assert clamd.scanned[0] == contents.PDF


def test_a_file_beyond_the_limit_of_clamd_is_refused(settings: Settings) -> None:
    with clamd_on_tcp(limit=1000) as (_clamd, settings.CLAMD), pytest.raises(FileRefused, match="not scan"):
        refuse_malware(io.BytesIO(bytes(5_000_000)))


def test_nothing_is_taken_unseen_while_clamd_is_away(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings.CLAMD = f"127.0.0.1:{port}"
    with pytest.raises(FileRefused, match="Try again"):
        refuse_malware(io.BytesIO(contents.PDF))


def test_an_answer_that_is_none_is_no_consent(settings: Settings) -> None:
    with clamd_on_tcp(answer=b"") as (_clamd, settings.CLAMD), pytest.raises(FileRefused, match="Try again"):
        refuse_malware(io.BytesIO(contents.PDF))
    with clamd_on_tcp(answer=b"stream: OK but\0") as (_clamd, settings.CLAMD), pytest.raises(FileRefused):
        refuse_malware(io.BytesIO(contents.PDF))


def test_without_clamd_nothing_is_asked(settings: Settings) -> None:
    settings.CLAMD = ""
    refuse_malware(io.BytesIO(contents.EICAR))
