"""A content is stored once, whole, and before anything can refer to it; what is too large is not read to its end."""

import hashlib
import io
import os
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as office
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from pytest_django import Settings

from laksana.files.models import StoredFile
from laksana.files.services import FileRefused, address, open_file, store
from laksana.files.tasks import remove_orphans
from laksana.files.tests import contents

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
MB = 1 << 20
pytestmark = pytest.mark.django_db


class Endless(io.RawIOBase):
    """A file of so many bytes, none of which is kept in memory; it counts what was read."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        part = b"x" * min(self.left, size if size >= 0 else self.left)
        self.left -= len(part)
        self.given += len(part)
        return part


def put(content: bytes, name: str = "surat.pdf", **more: object) -> StoredFile:
    return store(io.BytesIO(content), name, at=NOW, **more)  # type: ignore[arg-type]


def stored_paths(storage: Path) -> list[Path]:
    return sorted(path for path in storage.rglob("*") if path.is_file())


def test_a_content_is_kept_under_its_hash_and_read_back(storage: Path) -> None:
    row = put(contents.PDF)
    assert row.sha256 == hashlib.sha256(contents.PDF).hexdigest()
    assert (row.size, row.media_type, row.stored_at) == (len(contents.PDF), "application/pdf", NOW)
    assert stored_paths(storage) == [storage / address(row.sha256)]
    with open_file(row) as opened:
        assert opened.read() == contents.PDF


def test_the_same_content_is_stored_once(storage: Path) -> None:
    first = put(contents.PDF, "satu.pdf")
    written = stored_paths(storage)[0].stat().st_mtime_ns
    assert put(contents.PDF, "dua.pdf") == first
    assert StoredFile.objects.count() == 1
    assert [path.stat().st_mtime_ns for path in stored_paths(storage)] == [written]


def test_an_uploaded_file_is_stored(storage: Path) -> None:
    row = store(SimpleUploadedFile("surat.pdf", contents.PDF), "surat.pdf", at=NOW)
    assert row.size == len(contents.PDF)


def test_a_content_that_the_storage_lost_is_written_again(storage: Path) -> None:
    row = put(contents.PDF)
    stored_paths(storage)[0].unlink()
    with pytest.raises(FileNotFoundError):
        open_file(row)
    assert put(contents.PDF) == row
    assert len(stored_paths(storage)) == 1


def test_reading_stops_at_the_limit_and_nothing_is_kept(storage: Path) -> None:
    endless = Endless(200 * MB)
    tracemalloc.start()
    with pytest.raises(FileRefused, match="larger than"):
        store(endless, "besar.pdf", at=NOW)  # type: ignore[arg-type]
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert endless.given <= office.MAX_UPLOAD_BYTES + MB
    assert peak < 8 * MB
    assert stored_paths(storage) == []
    assert not StoredFile.objects.exists()


def test_a_field_may_set_a_lower_limit_and_no_higher_one(storage: Path, settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = len(contents.PDF)
    with pytest.raises(FileRefused, match="larger than"):
        put(contents.PDF, max_bytes=len(contents.PDF) - 1)
    with pytest.raises(FileRefused, match="larger than"):
        put(contents.PDF + b"\n", max_bytes=MB)
    assert put(contents.PDF, max_bytes=MB)


def test_an_empty_file_is_refused(storage: Path) -> None:
    with pytest.raises(FileRefused, match="empty"):
        put(b"")


@pytest.mark.parametrize("accept", [["application/pdf", "image/jpeg"], ["pdf", "jpg"], [".PDF", "jpeg"]])
def test_a_field_takes_the_kinds_that_it_names(storage: Path, accept: list[str]) -> None:
    assert put(contents.PDF, accept=accept)
    with pytest.raises(FileRefused, match=r"kind PNG picture; wanted is PDF or JPEG picture"):
        put(contents.picture("PNG"), "foto.png", accept=accept)


def test_a_field_that_names_an_unknown_kind_is_a_fault_of_the_definition(storage: Path) -> None:
    with pytest.raises(LookupError, match="exe"):
        put(contents.PDF, accept=["exe"])


def test_a_wrong_kind_behind_a_right_name_is_refused(storage: Path) -> None:
    with pytest.raises(FileRefused, match=r"By its name it is a file of kind PDF, but it is PNG picture"):
        put(contents.picture("PNG"), "surat.pdf")
    assert stored_paths(storage) == []


def test_a_name_that_ends_in_nothing_known_leaves_it_to_the_content(storage: Path) -> None:
    assert put(contents.PDF, "Surat No. 12").media_type == "application/pdf"


def test_archives_and_films_are_taken_only_where_a_field_asks(storage: Path) -> None:
    archive = contents.archive({"a.txt": b"a"})
    with pytest.raises(FileRefused, match="ZIP"):
        put(archive, "arsip.zip")
    assert put(archive, "arsip.zip", accept=["zip"])


@pytest.mark.django_db(transaction=True)
def test_an_action_rolled_back_leaves_a_file_without_a_row_that_can_be_stored_again(storage: Path) -> None:
    def act() -> None:
        with transaction.atomic():
            put(contents.PDF)
            raise LookupError

    with pytest.raises(LookupError):
        act()
    assert not StoredFile.objects.exists()
    left = stored_paths(storage)
    assert len(left) == 1
    os.utime(left[0], (0, 0))
    put(contents.PDF)
    assert left[0].stat().st_mtime > 0, "an old orphan is written anew, out of the clean-up's reach"


def age(path: Path, by: timedelta) -> None:
    seconds = (NOW - by).timestamp()
    os.utime(path, (seconds, seconds))


def test_the_clean_up_removes_old_files_without_a_row_and_nothing_else(storage: Path) -> None:
    kept = storage / address(put(contents.PDF).sha256)
    fresh, old = storage / "aa" / "bb" / "aabb", storage / "cc" / "dd" / "ccdd"
    unfinished = storage / "ee" / "ff" / "eeff.0123.part"
    for path in (fresh, old, unfinished):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"x")
    for path in (kept, old, unfinished):
        age(path, office.ORPHANS_KEPT + timedelta(minutes=1))
    age(fresh, office.ORPHANS_KEPT - timedelta(minutes=1))
    remove_orphans.call(at=NOW)
    assert stored_paths(storage) == sorted([kept, fresh])


def test_the_clean_up_of_an_empty_storage_does_nothing(storage: Path) -> None:
    storage.mkdir()
    remove_orphans.call(at=NOW)
