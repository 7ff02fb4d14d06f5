"""Videos of items: they play as they did, tell nothing else, and are given in the parts that a player asks for."""

import io
import struct
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings

from laksana.files.models import StoredFile
from laksana.files.refusal import FileRefused
from laksana.files.services import open_file, store
from laksana.publishing.models import Item, Video
from laksana.publishing.videos import made_public

AT = datetime(2026, 11, 24, 2, tzinfo=UTC)
SENT = (Path(__file__).parent / "video.mp4").read_bytes()
"""Two seconds of a moving square, with a place, a camera, a time and a program in its metadata."""
SECRET = b"RAHASIA7731"
TOLD = (b"-6.1200+106.1500", b"KAMERA-RAHASIA", b"2026-10-10", b"Lavf", b"VideoHandler", SECRET)
pytestmark = pytest.mark.django_db


def box(kind: bytes, body: bytes) -> bytes:
    """Return a box of an MP4."""
    return struct.pack(">I4s", 8 + len(body), kind) + body


def kept(content: bytes) -> StoredFile:
    """Keep a video as it was sent."""
    return store(io.BytesIO(content), "video.mp4", ["video/mp4"], at=AT)


def public(content: bytes) -> bytes:
    """Return what of a video is for everybody."""
    made = made_public(kept(content))
    assert made is not None
    with made:
        return made.read()


def pictures(content: bytes) -> bytes:
    """Return the stream of pictures of our video: the content of its one `mdat` that the index points to."""
    start = content.index(b"mdat") + 4
    (length,) = struct.unpack(">I", content[start - 8 : start - 4])
    return content[start : start + length - 8]


def test_nothing_but_pictures_and_their_index_stays_where_it_was() -> None:
    hostile = SENT + box(b"uuid", SECRET * 4) + box(b"mdat", SECRET * 9) + box(b"free", SECRET)
    assert all(told in hostile for told in TOLD)
    made = public(hostile)
    assert len(made) == len(hostile), "no address in it has moved"
    assert not any(told in made for told in TOLD)
    assert pictures(made) == pictures(hostile)
    assert made[:32] == hostile[:32]


def test_a_track_that_is_neither_picture_nor_sound_is_gone_with_its_samples() -> None:
    """Cameras write the place of each second into such a track."""
    index = SENT.index(b"moov") - 4
    assert index + struct.unpack_from(">I", SENT, index)[0] == len(SENT), "the index is the last box"
    start = SENT.index(b"trak") - 4
    (length,) = struct.unpack_from(">I", SENT, start)
    track = bytearray(SENT[start : start + length].replace(b"vide", b"meta"))
    samples = len(SENT) + length + 8
    struct.pack_into(">I", track, track.index(b"stco") + 12, samples)
    grown = bytearray(SENT + track)
    struct.pack_into(">I", grown, index, len(SENT) - index + length)
    made = public(bytes(grown) + box(b"mdat", SECRET * 60))
    assert SECRET not in made
    assert pictures(made) == pictures(SENT)
    assert made.count(b"trak") == 1
    assert made_public(kept(SENT.replace(b"vide", b"meta"))) is None, "nothing is left to play"


@pytest.mark.parametrize(
    "content",
    [
        SENT[:900],
        SENT.replace(b"moov", b"moof"),
        SENT.replace(b"stco", b"stcx"),
        SENT.replace(b"stsz", b"stsq"),
        box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", b"\0\0\0\5trak"),
        SENT[: SENT.index(b"stco") + 4] + b"\0\0\0\0\xff\xff\xff\xff" + SENT[SENT.index(b"stco") + 12 :],
    ],
    ids=["cut", "fragmented", "no-places", "no-sizes", "broken-box", "endless-table"],
)
def test_what_is_no_whole_video_is_not_published(content: bytes) -> None:
    assert made_public(kept(content)) is None


def test_a_video_is_known_by_its_content_and_may_be_larger_than_a_picture() -> None:
    with pytest.raises(FileRefused):
        store(io.BytesIO(b"%PDF-1.7 bukan video %%EOF"), "video.mp4", ["video/mp4"], at=AT)
    with override_settings(MAX_UPLOAD_BYTES=1000, MAX_VIDEO_BYTES=5000):
        assert kept(SENT).size == len(SENT)
        large = SENT + box(b"free", bytes(4000))
        with pytest.raises(FileRefused):
            kept(large)
        with pytest.raises(FileRefused):
            store(io.BytesIO(b"a,b\n" * 400), "tabel.csv", ["text/csv", "video/mp4"], at=AT)


@pytest.fixture
def address() -> str:
    """Return where a video of a published item is given."""
    item = Item.objects.create(
        slug="banjir-surut", kind="siaran", title="Banjir surut", body="<p>Surut.</p>", byline="Dinas Contoh",
        published_at=AT, changed_at=AT,
    )  # fmt: skip
    Video.objects.create(item=item, stored=kept(SENT), caption="Air surut")
    return "/berita/banjir-surut/video-0.mp4"


@pytest.mark.parametrize(
    ("asked", "status", "told", "body"),
    [
        (None, 200, None, SENT),
        ("bytes=0-", 206, f"bytes 0-{len(SENT) - 1}/{len(SENT)}", SENT),
        ("bytes=10-19", 206, f"bytes 10-19/{len(SENT)}", SENT[10:20]),
        ("bytes=-100", 206, f"bytes {len(SENT) - 100}-{len(SENT) - 1}/{len(SENT)}", SENT[-100:]),
        (f"bytes=5-{10**9}", 206, f"bytes 5-{len(SENT) - 1}/{len(SENT)}", SENT[5:]),
        (f"bytes={len(SENT)}-", 416, f"bytes */{len(SENT)}", b""),
        ("bytes=-0", 416, f"bytes */{len(SENT)}", b""),
        ("bytes=0-9,20-29", 200, None, SENT),
        ("bytes=9-3", 200, None, SENT),
        ("baris=1-2", 200, None, SENT),
        ("bytes=-", 200, None, SENT),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else None,
)
def test_a_player_gets_the_part_it_asks_for(
    address: str, asked: str | None, status: int, told: str | None, body: bytes
) -> None:
    answer = Client(headers={"range": asked} if asked else {}).get(address)
    assert (answer.status_code, answer.get("Content-Range")) == (status, told)
    assert b"".join(answer) == body
    if status != 416:
        assert answer["Content-Length"] == str(len(body))
        assert answer["Accept-Ranges"] == "bytes"
        assert answer["Content-Type"] == "video/mp4"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "public, max-age=3600"


def test_a_head_request_closes_the_file_and_a_takedown_takes_the_video_too(address: str) -> None:
    answer: Any = Client().head(address)
    assert (answer.status_code, answer["Content-Length"]) == (200, str(len(SENT)))
    for close in answer._resource_closers:  # `close` would also close the connection that the test is within
        close()
    page = Client().get("/berita/banjir-surut/")
    assert address in page.content.decode()
    assert "media-src 'self'" in page["Content-Security-Policy"]
    Item.objects.update(withdrawn_at=AT, withdrawn_why="Memuat data pribadi")
    assert Client().get(address).status_code == 404
    assert address not in Client().get("/berita/banjir-surut/").content.decode()


def test_the_video_as_it_was_sent_is_kept_unchanged() -> None:
    row = kept(SENT)
    made = made_public(row)
    assert made is not None
    made.close()
    with open_file(row) as content:
        assert content.read() == SENT
