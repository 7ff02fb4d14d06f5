"""The section head records who acts for whom, who is away and a day off, on a desk's screen and on a phone."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from laksana.worktime.zone import OFFICE_ZONE
from tests.browser.conftest import DESKTOP, PHONE, check_page
from tests.browser.test_letter import KABID, KASUBAG, _fill, _send

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


@pytest.mark.parametrize(("screen", "week"), [(DESKTOP, 1), (PHONE, 3)], ids=["desktop", "phone"])
def test_the_records_of_the_office_are_kept(visit: Visit, screen: dict[str, int], week: int) -> None:
    page = visit(KASUBAG, screen)
    first = datetime.now(OFFICE_ZONE).date() + timedelta(weeks=week)
    days = {"since": first.isoformat(), "until": (first + timedelta(days=2)).isoformat()}

    page.goto("/organisasi/")
    page.get_by_role("link", name="Ketidakhadiran").click()
    check_page(page)
    page.get_by_role("link", name="Catat ketidakhadiran").click()
    check_page(page)
    page.locator("#formulir .form-end button.primary").click()
    expect(page.locator("section.errors")).to_contain_text("Pegawai")
    check_page(page)
    _choose(page, "person", "Prasaja")
    _fill(page, **days, reason="Dinas luar daerah")
    _send(page)
    expect(page.locator("main")).to_contain_text("Dinas luar daerah")
    check_page(page)

    page.get_by_role("link", name="Penunjukan", exact=True).click()
    check_page(page)
    page.get_by_role("link", name="Catat penunjukan").click()
    _fill(page, position="kabid-egov", kind="plh", **days, decree=f"Surat Perintah 800/{week}/2026")
    _choose(page, "person", "Ratnawulan")
    check_page(page)
    _send(page)
    page.locator("#cari").fill(f"800/{week}/2026")
    page.get_by_role("button", name="Cari").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("Plh.")
    check_page(page)

    page.goto(f"/kalender/libur/?tahun={first.year}")
    check_page(page)
    page.get_by_role("link", name="Catat hari libur").click()
    _fill(page, day=first.isoformat(), name=f"Libur uji {week}", category="libur", number="Kepwal 1/2026")
    _fill(page, about="Libur setempat", issued="2026-01-05")
    check_page(page)
    _send(page)
    expect(page.locator("main")).to_contain_text(f"Libur uji {week}")
    check_page(page)


def test_others_find_no_way_to_these_records(visit: Visit) -> None:
    page = visit(KABID, DESKTOP)
    page.goto("/organisasi/")
    expect(page.get_by_role("link", name="Ketidakhadiran")).to_have_count(0)
    page.goto("/organisasi/ketidakhadiran/")
    expect(page.locator("main")).not_to_contain_text("Catat ketidakhadiran")
    check_page(page)


def _choose(page: Page, name: str, words: str) -> None:
    """Choose somebody by typing, as a hand does."""
    box = page.locator(f"select[name='{name}'] ~ input[role=combobox]")
    box.click()
    box.press_sequentially(words)
    box.press("ArrowDown")
    box.press("Enter")
