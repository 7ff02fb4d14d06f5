"""An officer revises an SOP in a browser: by keyboard, on a desk's screen and on a phone, with the flowchart beside it."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
Visit = Callable[..., Page]
SCREENS = {"desktop": DESKTOP, "phone": PHONE}


def opened(visit: Visit, procedure: str, screen: dict[str, int], who: str = "nawang") -> Page:
    """Return the page of a procedure's draft, which is begun where there is none."""
    page = visit(who, screen)
    page.goto(f"/sop/{procedure}/revisi/")
    if page.locator("#rancangan").count() == 0:
        page.get_by_role("button", name="Mulai rancangan").click()
    expect(page.locator("#rancangan")).to_be_visible()
    return page


def keys(page: Page) -> list[str]:
    return [str(each.get_attribute("value")) for each in page.locator("input[name=row]").all()]


@pytest.mark.parametrize("screen", SCREENS)
def test_typing_is_kept_told_at_the_row_and_drawn_without_leaving_the_field(
    visit: Visit, screen: str
) -> None:
    page = opened(visit, "surat-keluar" if screen == "phone" else "bahan-bacaan", SCREENS[screen])
    key = keys(page)[1]
    time = page.locator(f"[id='{key}-time']")
    before = time.input_value()
    time.fill("3 harii")
    time.press("Tab")
    expect(page.locator(f"[id='temuan-{key}'] .error")).to_contain_text("Waktu")
    expect(page.locator(".live .sym.wrong").first).to_be_attached()
    expect(page.locator(".live .status")).to_contain_text("1 hal perlu diperbaiki")
    assert page.evaluate("document.activeElement.closest('.table-row').id") == f"baris-{key}"
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["width"]
    time.fill(before)
    time.press("Tab")
    expect(page.locator(f"[id='temuan-{key}'] .error")).to_have_count(0)
    page.reload()
    expect(page.locator(f"[id='{key}-time']")).to_have_value(before)
    expect(page.locator(".live .changes")).to_have_count(0)


def test_rows_are_added_moved_and_removed_by_keyboard_alone(visit: Visit) -> None:
    page = opened(visit, "iku", DESKTOP)
    first, second, *_others = keys(page)
    page.locator(f"[id='turun-{first}']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("input[name=row]").first).to_have_value(second)
    assert page.evaluate("document.activeElement.id") == f"turun-{first}"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("input[name=row]").first).to_have_value(first)
    page.locator(f"[id='tambah-{first}']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#baris-langkah-baru")).to_be_visible()
    expect(page.locator("[id='langkah-baru-activity']")).to_be_focused()
    page.keyboard.type("Mencatat dokumen")
    page.keyboard.press("Tab")
    expect(page.locator(".live .chart")).to_contain_text("Mencatat")
    expect(page.locator(".live .changes")).to_contain_text("Baris ditambah")
    page.locator("#hapus-langkah-baru").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#baris-langkah-baru")).to_have_count(0)
    expect(page.locator(".live")).to_contain_text("Tidak ada yang berbeda")


def test_the_flowchart_stands_beside_the_table_on_a_desk_and_below_it_on_a_phone(visit: Visit) -> None:
    desk, phone = opened(visit, "lppd", DESKTOP), opened(visit, "lppd", PHONE)
    for page, beside in ((desk, True), (phone, False)):
        table, live = page.locator(".table-rows").bounding_box(), page.locator(".live").bounding_box()
        assert table is not None
        assert live is not None
        assert (live["x"] >= table["x"] + table["width"]) == beside
        assert (live["y"] >= table["y"] + table["height"]) != beside


def test_quick_typing_in_many_fields_is_never_taken_for_somebody_else(visit: Visit) -> None:
    page = opened(visit, "dpa", DESKTOP)
    wanted = keys(page)[:6]
    for key in wanted:
        page.locator(f"[id='{key}-note']").fill(f"Catatan {key}")
    page.locator(f"[id='tambah-{wanted[0]}']").click()
    expect(page.locator("#baris-langkah-baru")).to_be_visible()
    expect(page.locator(".live .errors")).to_have_count(0)
    page.reload()
    for key in wanted:
        expect(page.locator(f"[id='{key}-note']")).to_have_value(f"Catatan {key}")


def test_two_officers_do_not_write_over_each_other(visit: Visit) -> None:
    mine = opened(visit, "renja", DESKTOP)
    theirs = opened(visit, "renja", DESKTOP, "sekar")
    key = keys(mine)[0]
    theirs.locator(f"[id='{key}-note']").fill("Kata Sekar")
    theirs.locator(f"[id='{key}-note']").press("Tab")
    expect(theirs.locator(".live .changes")).to_contain_text("Kata Sekar")
    mine.locator(f"[id='{key}-gives']").fill("Kata Nawang")
    mine.locator(f"[id='{key}-gives']").press("Tab")
    alert = mine.get_by_role("alert")
    expect(alert).to_contain_text("sudah menyimpan rancangan ini lebih dahulu")
    expect(mine.locator(f"[id='{key}-gives']")).to_have_value("Kata Nawang")
    assert Axe().run(mine).response["violations"] == []
    mine.get_by_role("button", name="Simpan punya saya di atasnya").click()
    expect(mine.locator(".live .changes")).to_contain_text("Kata Nawang")
    expect(mine.get_by_role("alert")).to_have_count(0)


def test_the_page_works_without_script(visit: Visit) -> None:
    page = opened(visit, "rka", PHONE)
    context = page.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, viewport=PHONE, storage_state=page.context.storage_state(), locale="id-ID",
        base_url=page.url.split("/sop/")[0],
    )  # fmt: skip
    try:
        plain = context.new_page()
        plain.goto("/sop/rka/revisi/")
        key = plain.locator("input[name=row]").first.get_attribute("value")
        plain.locator(f"[id='{key}-time']").fill("banyak")
        plain.locator(".live .status button").click()
        expect(plain.locator(f"[id='temuan-{key}'] .error")).to_contain_text("Waktu")
        plain.locator(f"[id='tambah-{key}']").click()
        expect(plain.locator("#baris-langkah-baru")).to_be_visible()
    finally:
        context.close()
