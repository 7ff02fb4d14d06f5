"""A photograph can be kept without the place at which it was taken; the picture stays the same to the last pixel."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from laksana.files.kinds import JPEG, PDF, PNG, WEBP, Kind
from laksana.files.location import without_location
from laksana.files.refusal import FileRefused
from laksana.files.services import open_file, store
from laksana.files.tests import contents

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
FORMATS = [(JPEG, "JPEG"), (PNG, "PNG"), (WEBP, "WEBP")]


def cleaned(content: bytes, kind: Kind) -> bytes:
    clean = without_location(io.BytesIO(content), kind)
    assert clean is not None
    return clean


@pytest.mark.parametrize(("kind", "picture_format"), FORMATS)
def test_place_and_maker_are_gone_and_the_picture_is_the_same(kind: Kind, picture_format: str) -> None:
    before = contents.photograph(picture_format)
    assert b"GPSLatitude" in before
    after = cleaned(before, kind)
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert old.getexif().get_ifd(0x8825)
        assert not new.getexif().get_ifd(0x8825)
        assert 0x010F not in new.getexif()
        assert old.tobytes() == new.tobytes()
    for trace in (b"GPSLatitude", b"xmpmeta", b"Telepon"):
        assert trace not in after


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_jpeg_still_says_which_way_is_up(orientation: int) -> None:
    after = cleaned(contents.photograph("JPEG", orientation), JPEG)
    with Image.open(io.BytesIO(after)) as picture:
        assert picture.getexif().get(0x0112, 1) == orientation


def test_the_film_that_a_phone_puts_behind_the_picture_is_gone() -> None:
    before = contents.photograph() + b"....ftypmp42 \xff\xd9 lat=-6.12"
    after = cleaned(before, JPEG)
    assert after.endswith(b"\xff\xd9")
    assert b"ftypmp42" not in after


def test_a_progressive_picture_keeps_all_its_scans() -> None:
    before = contents.picture("JPEG", (300, 200), progressive=True)
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(cleaned(before, JPEG))) as new:
        assert old.tobytes() == new.tobytes()


def test_colour_profile_and_transparency_stay() -> None:
    profile = b"profile of the camera" * 10
    with Image.open(io.BytesIO(cleaned(contents.picture("JPEG", icc_profile=profile), JPEG))) as picture:
        assert picture.info["icc_profile"] == profile
    glass = io.BytesIO()
    Image.new("P", (8, 8)).save(glass, "PNG", transparency=0)
    with Image.open(io.BytesIO(cleaned(glass.getvalue(), PNG))) as picture:
        assert picture.info["transparency"] == 0


def test_other_kinds_are_left_as_they_are() -> None:
    assert without_location(io.BytesIO(contents.PDF), PDF) is None


@pytest.mark.parametrize(("kind", "picture_format"), FORMATS)
def test_a_picture_whose_parts_cannot_be_told_apart_is_refused(kind: Kind, picture_format: str) -> None:
    with pytest.raises(FileRefused, match="damaged"):
        cleaned(contents.photograph(picture_format)[:60], kind)


@pytest.mark.django_db
def test_storing_removes_the_place_where_that_is_asked_for(storage: Path) -> None:
    photograph = contents.photograph()
    as_it_is = store(io.BytesIO(photograph), "foto.jpg", at=NOW)
    clean = store(io.BytesIO(photograph), "foto.jpg", at=NOW, remove_location=True)
    assert clean.sha256 != as_it_is.sha256
    with open_file(clean) as opened:
        content = opened.read()
    assert b"GPS" not in content
    assert clean.size == len(content)
