"""Pages of files are looked at by those who may open the file, as pictures that can do nothing."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from laksana.cases.models import Attachment
from laksana.cases.tests.conftest import Desk
from laksana.documents.services import sop_pdf
from laksana.files import previews
from laksana.files import services as files
from laksana.files.tests import contents
from laksana.files.tests.conftest import storage
from laksana.library import catalogue
from laksana.people.models import Account
from laksana.workspace.tests.conftest import Browser, at, begin, browser, office, parsed

__all__ = ["at", "begin", "browser", "office", "storage"]
STEPS = [{"id": "isi"}, {"id": "akhir", "then": "selesai"}]


@pytest.fixture
def desk(begin: Callable[..., Desk], storage: Path) -> Desk:
    """A restricted case that the head has no part in."""
    return begin(steps=STEPS, data={"classification": "terbatas"})


def attach(desk: Desk, content: bytes, name: str) -> Attachment:
    stored = files.store(io.BytesIO(content), name, at=desk.at)
    return Attachment.objects.create(
        case=desk.case, stored=stored, name=name, by=desk.office.staf, at=desk.at
    )


@pytest.fixture
def printed(desk: Desk) -> Attachment:
    """A PDF of several pages."""
    return attach(desk, sop_pdf(catalogue.in_order_of_the_book()[0], desk.at, {}), "sop.pdf")


def test_each_page_is_a_picture_drawn_once(printed: Attachment, browser: Browser, storage: Path) -> None:
    client = browser("staf")
    tree = parsed(client.get(f"/lampiran/{printed.pk}/lihat/"))
    sources = tree.xpath("//*[@data-sheets]/img/@src")
    assert len(sources) >= 2
    assert tree.xpath("//*[@data-sheets]/img/@loading") == ["lazy"] * (len(sources) - 1)
    first = client.get(sources[0])
    with Image.open(io.BytesIO(first.content)) as picture:
        assert (picture.format, picture.width) == ("WEBP", previews.WIDTH)
    kept = {path: path.stat().st_mtime_ns for path in storage.rglob("*.webp")}
    assert client.get(sources[0]).content == first.content
    assert {path: path.stat().st_mtime_ns for path in storage.rglob("*.webp")} == kept
    assert len(kept) == 1


def test_a_page_can_do_nothing_and_is_kept_by_no_cache_on_the_way(
    printed: Attachment, browser: Browser
) -> None:
    response = browser("staf").get(f"/lampiran/{printed.pk}/halaman/1/")
    assert response["Content-Type"] == "image/webp"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]


def test_who_may_not_open_a_file_sees_no_page_of_it(printed: Attachment, browser: Browser) -> None:
    Account.objects.create_user("lain")
    for page in ("lihat/", "halaman/1/"):
        assert browser("kepala").get(f"/lampiran/{printed.pk}/{page}").status_code == 404
        assert Client().get(f"/lampiran/{printed.pk}/{page}").status_code == 302


@pytest.mark.parametrize("number", [0, 99, 201, 10**9])
def test_a_page_that_is_not_there_is_not_found(printed: Attachment, browser: Browser, number: int) -> None:
    assert browser("staf").get(f"/lampiran/{printed.pk}/halaman/{number}/").status_code == 404


def test_pictures_are_shown_without_what_stands_beside_them(desk: Desk, browser: Browser) -> None:
    photo = attach(desk, contents.photograph("JPEG"), "foto.jpg")
    shown = browser("staf").get(f"/lampiran/{photo.pk}/halaman/1/").content
    assert b"GPSLatitude" not in shown
    assert b"Telepon" not in shown


def test_what_cannot_be_drawn_says_so_and_offers_the_file(desk: Desk, browser: Browser) -> None:
    broken = attach(desk, contents.PDF, "rusak.pdf")
    page = browser("staf").get(f"/lampiran/{broken.pk}/lihat/")
    assert b"cannot be shown here" in page.content
    assert browser("staf").get(f"/lampiran/{broken.pk}/halaman/1/").status_code == 404


def test_what_was_destroyed_is_shown_no_more(printed: Attachment, browser: Browser, storage: Path) -> None:
    browser("staf").get(f"/lampiran/{printed.pk}/halaman/1/")
    previews.forget(printed.stored)
    assert not list(storage.rglob("*.webp"))
    Attachment.objects.filter(pk=printed.pk).update(destroyed_at=printed.at)
    assert browser("staf").get(f"/lampiran/{printed.pk}/halaman/1/").status_code == 404
