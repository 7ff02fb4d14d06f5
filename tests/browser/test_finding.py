"""Finding one's way: the palette with the keyboard alone, the search for everything, the agenda, tasks by duty."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, check_page

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
SCREENS = pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])


def test_the_palette_leads_to_a_service_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("melati", DESKTOP)
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Lompat ke halaman, layanan, atau berkas")
    expect(palette.get_by_role("link", name="Kalender kerja")).to_be_visible()
    check_page(page)
    page.keyboard.type("ajukan cuti")
    expect(palette.get_by_text("Mulai", exact=True)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mulai/cuti/")


def test_the_palette_closes_and_leaves_one_where_one_was(visit: Visit) -> None:
    page = visit("melati", DESKTOP)
    page.get_by_role("button", name="Lompat ke halaman").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url.endswith("/tugas/")


@SCREENS
@pytest.mark.parametrize("path", ["/tugas/", "/cari/", "/cari/?q=rapat", "/kalender/"])
def test_the_pages_that_lead_are_clean(visit: Visit, screen: dict[str, int], path: str) -> None:
    page = visit("wiraguna", screen)
    page.goto(path)
    check_page(page)


def test_the_feed_is_switched_on_and_its_address_answers(visit: Visit) -> None:
    page = visit("wiraguna", PHONE)
    page.goto("/kalender/")
    page.get_by_role("button", name="Tampilkan di kalender saya sendiri").click()
    check_page(page)
    address = page.get_by_label("Alamat", exact=True).input_value()
    answer = page.request.get(address)
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in answer.text()
