"""The SOP library in the browser: found by words and keys by an employee, read by a citizen, also without JavaScript."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, check_page

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
SCREENS = pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def citizen(browser: Browser, site: str) -> Iterator[Callable[[dict[str, int]], Page]]:
    """Return a page of somebody without an account, in a browser that runs no JavaScript."""
    contexts = []

    def open_page(screen: dict[str, int]) -> Page:
        context = browser.new_context(
            viewport=screen, locale="id-ID", base_url=site, java_script_enabled=False
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@SCREENS
def test_an_employee_finds_a_procedure_with_the_keyboard_alone(visit: Visit, screen: dict[str, int]) -> None:
    page = visit("melati", screen)
    page.goto("/sop/")
    check_page(page)
    expect(page.locator(".shelf li")).to_have_count(66)
    page.get_by_label("Apa yang Anda cari?").focus()
    page.keyboard.type("mengajukan cuti")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sop/?q=*")
    check_page(page)
    expect(page.locator(".shelf h3 mark").first).to_have_text("Pengajuan")
    _tab_to(page, "/sop/cuti/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sop/cuti/")
    expect(page.locator("h1")).to_have_text("Mekanisme Pengajuan Cuti")
    check_page(page)
    page.get_by_role("navigation", name="Di halaman ini").get_by_role("link", name="Keterkaitan").click()
    expect(page.locator("#kaitan")).to_be_in_viewport()


@SCREENS
def test_a_citizen_finds_reads_and_downloads_a_service_without_an_account_or_scripts(
    citizen: Callable[[dict[str, int]], Page], screen: dict[str, int]
) -> None:
    page = citizen(screen)
    page.goto("/akun/login/")
    page.get_by_role("link", name="Baca bagaimana kantor melayani masyarakat").click()
    expect(page.locator(".shelf li")).to_have_count(8)
    page.get_by_label("Apa yang Anda cari?").fill("minta informasi")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Pelayanan Permohonan Informasi Publik").click()
    expect(page.get_by_role("heading", name="Yang Anda siapkan")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh SOP").click()
    assert download.value.suggested_filename == "SOP-B.3-permohonan-informasi.pdf"
    assert page.goto("/layanan/sop/cuti/").status == 404  # type: ignore[union-attr]


@SCREENS
@pytest.mark.parametrize("address", ["/layanan/sop/", "/layanan/sop/?q=mengadukan", "/layanan/sop/rabeg/"])
def test_the_pages_for_the_public_are_accessible_and_fit_the_screen(
    browser: Browser, site: str, screen: dict[str, int], address: str
) -> None:
    context = browser.new_context(viewport=screen, locale="id-ID", base_url=site)
    page = context.new_page()
    page.goto(address)
    check_page(page)
    context.close()


def _tab_to(page: Page, address: str) -> None:
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == address:
            return
    pytest.fail(f"the key Tab does not lead to {address}")
