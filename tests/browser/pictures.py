"""The pictures of the README, taken from the demonstration office: `make pictures`."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP

IMAGES = Path(__file__).parents[2] / "docs" / "images"


def test_a_letter_on_its_way(visit: Callable[..., Page]) -> None:
    """Take the page of the first letter that waits for the kepala dinas."""
    page = visit("wiraguna", DESKTOP)
    page.locator("main a[href*='/berkas/']").first.click()
    page.locator("main svg").first.wait_for()
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=IMAGES / "case.png")
