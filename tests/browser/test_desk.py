"""The daily desk: many tasks sifted and taken at once, keys, what is told while a page is open, undoing, short ways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, check_page
from tests.browser.test_letter import CLERK, KADIS, KASUBAG, SEKRETARIS, _act, _open_task, _receive

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
SCREENS = pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])


class Steps:
    """Counts what somebody does with mouse or keys: following, choosing from a list with its typing, sending."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taken = 0

    def click(self, selector: str) -> None:
        """Press what the selector finds."""
        self.taken += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def choose(self, name: str, words: str) -> None:
        """Choose from a searchable list."""
        self.taken += 1
        box = self.page.locator(f"select[name='{name}'] ~ input[role=combobox]")
        box.click()
        box.press_sequentially(words)
        box.press("Enter")


def test_leave_is_begun_within_four_steps_after_signing_in(visit: Visit) -> None:
    steps = Steps(visit("citra", DESKTOP))
    steps.click(".actions a:has-text('Mulai layanan')")
    steps.click("main a[href='/mulai/cuti/']")
    expect(steps.page.locator("form#formulir")).to_be_visible()
    assert steps.taken <= 4


def test_a_letter_is_disposed_of_within_three_steps(visit: Visit) -> None:
    clerk = visit(CLERK, DESKTOP)
    number = _receive(clerk, "Surat untuk didisposisi singkat")
    _act(visit(KASUBAG, DESKTOP), number, outcome="Ya")
    _act(visit(SEKRETARIS, DESKTOP), number, outcome="Disposisi Kepala Dinas", penelaahan="Segera.")
    kadis = visit(KADIS, DESKTOP)
    _open_task(kadis, number)
    steps = Steps(kadis)
    steps.choose("disposisi.0.kepada", "kepala bidang e-gov")
    steps.click("label:has(> input[name='disposisi.0.instruksi'][value=proses])")
    kadis.wait_for_load_state("networkidle")
    steps.click("#formulir .form-end button.primary")
    kadis.wait_for_url(f"**/berkas/{number}/")
    assert steps.taken <= 3


@SCREENS
@pytest.mark.parametrize(
    "path",
    ["/tugas/?kelompok=prosedur", "/tugas/?kelompok=tenggat&tenggat=nanti", "/pemberitahuan/?baca=belum"],
)
def test_the_pages_of_the_desk_are_clean(visit: Visit, screen: dict[str, int], path: str) -> None:
    page = visit("dewanti", screen)
    page.goto(path)
    check_page(page)


@SCREENS
def test_a_view_is_kept_used_and_deleted_with_a_way_back(visit: Visit, screen: dict[str, int]) -> None:
    page = visit("dewanti", screen)
    page.goto(f"/tugas/?kelompok={'unit' if screen == DESKTOP else 'jenis'}")
    page.locator("summary", has_text="Simpan pandangan ini").click()
    page.get_by_label("Nama pandangan").fill(f"Pagi {screen['width']}")
    check_page(page)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("navigation", name="Pandangan tersimpan")).to_contain_text(
        f"Pagi {screen['width']}"
    )
    page.get_by_role("button", name="Hapus pandangan").click()
    page.get_by_role("button", name="Urungkan").click()
    expect(page.get_by_role("navigation", name="Pandangan tersimpan")).to_contain_text(
        f"Pagi {screen['width']}"
    )
    check_page(page)


@SCREENS
def test_several_steps_are_taken_at_once_and_given_back(visit: Visit, screen: dict[str, int]) -> None:
    page = visit("dewanti", screen)
    page.goto("/tugas/?meja=bersama")
    marks = page.locator("input[name=item]")
    marks.nth(0).check()
    marks.nth(1).check()
    expect(page.locator("[data-marked-count]")).to_have_text("(2)")
    check_page(page)
    page.get_by_role("button", name="Ambil", exact=True).click()
    expect(page.locator("h1")).to_have_text("Langkah diambil")
    check_page(page)
    page.get_by_role("button", name="Urungkan").click()
    expect(page.locator("h1")).to_have_text("Langkah dilepas")


def test_keys_walk_mark_and_lead(visit: Visit) -> None:
    page = visit("dewanti", DESKTOP)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-row]").nth(1).locator("input[name=item]")).to_be_checked()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Pintasan papan ketik")).to_be_visible()
    check_page(page)
    page.get_by_label("Huruf tunggal").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    expect(page.locator("[data-row]").nth(1)).to_have_class("at")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Pintasan papan ketik")).to_be_hidden()


def test_two_letters_lead_to_a_page(visit: Visit) -> None:
    page = visit("melati", DESKTOP)
    page.keyboard.press("g")
    page.keyboard.press("k")
    page.wait_for_url("**/kalender/")


def test_what_arrives_is_told_in_the_open_page(visit: Visit) -> None:
    watching, clerk = visit(KASUBAG, DESKTOP), visit(CLERK, DESKTOP)
    watching.goto("/tugas/")
    before = watching.locator(".side a.bell").get_attribute("aria-label")
    _receive(clerk, "Surat yang datang diam-diam")
    watching.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as when one comes back to it
    told = watching.locator("#pesan .live").first
    expect(told).to_be_visible(timeout=60_000)  # the worker tells, the page asks anew by itself
    assert watching.locator(".side a.bell").get_attribute("aria-label") != before
    check_page(watching)
    told.get_by_role("link").click()
    watching.wait_for_url("**/berkas/**")


def test_undoing_works_without_a_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="id-ID", base_url=site)
    page = context.new_page()
    page.goto("/akun/demo/")
    page.locator("button[name=username][value=dewanti]").first.click()
    page.goto("/tugas/?meja=bersama")
    page.locator("a.title").first.click()
    page.get_by_role("button", name="Ambil", exact=True).click()
    page.get_by_role("button", name="Urungkan").click()
    expect(page.locator("#pesan")).to_contain_text("lepas")
    context.close()
