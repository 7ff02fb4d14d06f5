"""Files in a bucket behave as files on the disk, tried on a server that speaks S3."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.conf import settings as office
from django.core.files.base import ContentFile
from django.core.files.storage import StorageHandler, storages
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from laksana.files.models import StoredFile
from laksana.files.place import EXPORTS, export_storage, file_storage
from laksana.files.services import address, erase, is_kept, open_file, store
from laksana.files.serving import serve
from laksana.files.tasks import remove_orphans
from laksana.files.tests import contents

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
BUCKET = "berkas"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A server that speaks S3, on a port of its own."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket that holds the files of this test."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "percobaan")
    environment = {
        "LAKSANA_S3_BUCKET": BUCKET,
        "LAKSANA_S3_ENDPOINT": endpoint,
        "LAKSANA_S3_REGION": "us-east-1",
    }
    made = boto3.resource("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket=BUCKET)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": file_storage(environment, Path("/nowhere")),
        "exports": export_storage(environment, Path("/nowhere")),
    }
    yield made
    made.objects.all().delete()
    made.delete()


def put(content: bytes, name: str = "surat.pdf") -> StoredFile:
    return store(io.BytesIO(content), name, at=NOW)


def keys(bucket: Any) -> list[str]:
    return [each.key for each in bucket.objects.all()]


def test_a_content_is_kept_once_under_its_hash_and_read_back(bucket: Any) -> None:
    row = put(contents.PDF, "satu.pdf")
    assert put(contents.PDF, "dua.pdf") == row
    assert keys(bucket) == [address(row.sha256)]
    with open_file(row) as opened:
        assert opened.read() == contents.PDF


def test_no_stranger_may_read_the_bucket(bucket: Any) -> None:
    row = put(contents.PDF)
    grants = bucket.Object(address(row.sha256)).Acl().grants
    assert all("URI" not in grant["Grantee"] for grant in grants)


def test_what_was_lost_is_said_and_can_be_stored_again(bucket: Any) -> None:
    row = put(contents.PDF)
    bucket.objects.all().delete()
    assert not is_kept(row)
    with pytest.raises(FileNotFoundError):
        open_file(row)
    assert put(contents.PDF) == row
    assert is_kept(row)


def test_a_file_is_served_from_the_bucket(bucket: Any) -> None:
    response = serve(put(contents.PDF), "surat.pdf")
    assert b"".join(response.streaming_content) == contents.PDF  # type: ignore[arg-type]
    response.close()


def test_an_erased_content_is_gone_and_its_row_stays(bucket: Any) -> None:
    row = put(contents.PDF)
    erase(row)
    assert keys(bucket) == []
    assert StoredFile.objects.filter(pk=row.pk).exists()


def test_the_clean_up_removes_what_no_row_names(bucket: Any) -> None:
    kept = put(contents.PDF)
    bucket.put_object(Key="cc/dd/ccdd", Body=b"x")
    # The server dates by its own clock: look from far enough ahead.
    ahead = datetime.now(UTC) + office.ORPHANS_KEPT
    remove_orphans.call(at=ahead - timedelta(hours=1))
    assert len(keys(bucket)) == 2
    remove_orphans.call(at=ahead + timedelta(hours=1))
    assert keys(bucket) == [address(kept.sha256)]


def test_a_file_made_of_a_book_is_given_by_whatever_machine_and_not_taken_for_an_orphan(bucket: Any) -> None:
    storages["exports"].save("buku.csv", ContentFile(b"nomor"))
    assert keys(bucket) == [f"{EXPORTS}/buku.csv"]
    # Another process knows nothing of this one but the settings.
    with StorageHandler(office.STORAGES)["exports"].open("buku.csv", "rb") as opened:  # type: ignore[arg-type]
        assert opened.read() == b"nomor"
    with pytest.raises(FileNotFoundError):
        storages["exports"].open("lain.csv", "rb")
    remove_orphans.call(at=datetime.now(UTC) + 2 * office.ORPHANS_KEPT)
    assert keys(bucket) == [f"{EXPORTS}/buku.csv"]


def test_without_a_bucket_files_lie_on_the_disk() -> None:
    assert file_storage({}, Path("/home"))["OPTIONS"] == {"location": Path("/home/files")}
    assert export_storage({}, Path("/home"))["OPTIONS"]["location"] == Path("/home/files/ekspor")
