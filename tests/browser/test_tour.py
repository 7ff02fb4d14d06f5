"""The short tour by keyboard alone, on a telephone and on a desk; and the guide after it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, check_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("screen", "username"), [(DESKTOP, "yudha"), (PHONE, "intan")], ids=["desk", "phone"]
)
def test_the_tour_is_walked_by_keyboard_and_does_not_come_back(
    visit: Callable[..., Page], screen: dict[str, int], username: str
) -> None:
    page = visit(username, screen, tour=True)
    tour = page.locator("#tur")
    expect(tour).to_be_visible()
    check_page(page)
    for number in range(1, 5):
        expect(tour.locator(f"#tur-{number}")).to_be_focused()
        page.keyboard.press("ArrowRight")
    expect(tour.locator("#tur-5")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.activeElement.closest('#tur') !== null || document.activeElement === document.body"
    )
    page.keyboard.press("ArrowLeft")
    with page.expect_response("**/tur/"):
        page.keyboard.press("Escape")
    expect(tour).to_be_hidden()
    expect(page.locator("main")).to_be_focused()
    page.goto("/tugas/")
    expect(tour).to_have_count(0)
    page.goto("/panduan/")
    check_page(page)
    page.goto("/panduan/saya/")
    check_page(page)
    page.goto("/tugas/?tur=1")
    expect(tour.locator("#tur-1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(tour.locator("[data-skip]")).to_be_focused()
    with page.expect_response("**/tur/"):
        page.keyboard.press("Enter")
    expect(tour).to_be_hidden()
