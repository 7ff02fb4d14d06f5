"""The pictures of the README and of the user's guide, taken from the demonstration office: `make pictures`."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESKTOP, PHONE

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
GUIDE = ROOT / "src" / "laksana" / "web" / "static" / "web" / "guide"
SCREEN = {"width": 1200, "height": 760}
LARGEST = 120_000
"""Bytes of a picture of the guide: it is read on telephones too."""


@dataclass(frozen=True)
class Picture:
    """A picture of the guide: who sees which page, and the links that he follows there."""

    name: str
    username: str
    page: str
    links: tuple[str, ...] = ()


IN_THE_OFFICE = [
    Picture("tugas", "wiraguna", "/tugas/"),
    Picture("langkah", "ningsih", "/tugas/", ("main a[href*='/langkah/']",)),
    Picture("agenda", "ningsih", "/register/", ("main a[href*='/agenda-masuk/']",)),
    Picture("disposisi", "wiraguna", "/tugas/", ("main a[href*='/SM/'][href*='/langkah/']",)),
    Picture("tanda-tangan", "wiraguna", "/tanda-tangan/"),
    Picture("hari-ini", "wiraguna", "/kinerja/hari-ini/"),
    Picture("penunjukan", "handoko", "/organisasi/penunjukan/"),
    Picture("cuti", "hartati", "/mulai/", ("main a:has-text('Mekanisme Pengajuan Cuti')",)),
    Picture("ppid", "gemilang", "/ppid/"),
    Picture("mulai", "kirana", "/mulai/"),
    Picture("sop", "kirana", "/sop/surat-masuk/"),
    Picture("libur", "handoko", "/kalender/libur/"),
]
OF_PERFORMANCE = [
    Picture("heat", "wiraguna", "/kinerja/surat-masuk/?masa=semua#panas"),
    Picture(
        "what-if",
        "wiraguna",
        "/kinerja/surat-masuk/?masa=semua&langkah=verifikasi&bagian=seluruh&arah=kurang&jumlah=1&satuan=jam#andai",
    ),
    Picture("evaluation", "melati", f"/sop/surat-masuk/evaluasi/{date.today().year}/"),  # noqa: DTZ011  (the year on the wall)
]
"""Pictures of the README, of the performance of SOPs."""
FOR_ANYBODY = [
    ("layanan", "/layanan/", PHONE),
    ("lacak", "/lacak/", PHONE),
    ("informasi", "/layanan/informasi/", SCREEN),
]


def test_a_letter_on_its_way(visit: Callable[..., Page]) -> None:
    """Take the page of the first letter that waits for the kepala dinas."""
    page = visit("wiraguna", DESKTOP)
    page.locator("main a[href*='/berkas/']").first.click()
    page.locator("main svg").first.wait_for()
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=IMAGES / "case.png")


@pytest.mark.parametrize("picture", OF_PERFORMANCE, ids=lambda each: each.name)
def test_of_performance(visit: Callable[..., Page], picture: Picture) -> None:
    """Take what leaders see of an SOP's performance: the part of the page that the address names."""
    page = visit(picture.username, SCREEN)
    page.goto(picture.page)
    page.wait_for_load_state("networkidle")
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=IMAGES / f"{picture.name}.png", animations="disabled")


@pytest.mark.parametrize("picture", IN_THE_OFFICE, ids=lambda each: each.name)
def test_of_the_guide_in_the_office(visit: Callable[..., Page], picture: Picture) -> None:
    """Take what somebody of the office sees."""
    page = visit(picture.username, SCREEN)
    page.goto(picture.page)
    for link in picture.links:
        page.locator(link).first.click()
    _take(page, picture.name)


@pytest.mark.parametrize(("name", "address", "screen"), FOR_ANYBODY)
def test_of_the_guide_for_anybody(
    browser: Browser, site: str, name: str, address: str, screen: dict[str, int]
) -> None:
    """Take what anybody sees."""
    page = browser.new_page(viewport=screen, locale="id-ID", base_url=site)
    page.goto(address)
    _take(page, name)
    page.close()


def _take(page: Page, name: str) -> None:
    """Keep the screen as a picture of few colours."""
    page.wait_for_load_state("networkidle")
    with Image.open(io.BytesIO(page.screenshot(animations="disabled"))) as taken:
        few = taken.convert("RGB").quantize(64, dither=Image.Dither.NONE)
    GUIDE.mkdir(parents=True, exist_ok=True)
    few.save(GUIDE / f"{name}.png", optimize=True)
    assert (GUIDE / f"{name}.png").stat().st_size < LARGEST
