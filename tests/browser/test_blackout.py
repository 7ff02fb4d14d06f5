"""An answer in part, prepared and released with the keyboard alone: words, a place, handing in, and the second person."""

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from laksana.disclosure.tests.hostile_pdf import KEPT, SECRET, hostile_pdf
from laksana.worktime.zone import OFFICE_ZONE
from tests.browser.conftest import DESKTOP, PHONE, check_page

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
PAPER = Path(__file__).parents[2] / "src" / "laksana" / "library" / "demo" / "berkas.pdf"
MOST_STOPS = 150
COUNTER, KEEPER, SECOND = "citra", "dewanti", "laras"


def tab_to(page: Page, what: str) -> None:
    """Press the tabulator until something has the focus, and hold that one sees that it has."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.locator(f"{what}:focus").count():
            ring = page.locator(what).first.evaluate("e => getComputedStyle(e).outlineStyle")
            assert ring != "none", f"{what} has the focus and does not show it"
            return
    raise AssertionError(f"the keyboard does not reach {what} on {page.url}")


def type_into(page: Page, fields: dict[str, str]) -> None:
    """Go to fields in the order of the page and type over what stands there."""
    for what, text in fields.items():
        tab_to(page, what)
        page.keyboard.press("Control+a")
        page.keyboard.type(text)


def press(page: Page, what: str) -> None:
    """Go to a button and press it; wait for the page that answers."""
    tab_to(page, what)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state()


def sent(page: Page, outcome: str = "") -> None:
    """Send the form of the step that is open."""
    if outcome:
        page.locator(f"[name=outcome][value='{outcome}']").check()
    with page.expect_navigation():
        page.locator("#formulir .form-end .btn.primary").click()


def gathered(visit: Visit, contract: Path) -> tuple[Page, str]:
    """Take a request at the counter and gather its file; return the keeper's page and the number."""
    counter = visit(COUNTER, DESKTOP)
    counter.goto("/mulai/permohonan-informasi/")
    counter.locator("[name=kategori_pemohon][value=perseorangan]").check()
    for name, text in {
        "nama": "Ratna Contoh",
        "nik": "3673010101900001",
        "alamat": "Jalan Contoh 1",
        "telepon": "081200000001",
        "rincian_informasi": "Salinan kontrak pengadaan jaringan",
        "tujuan_penggunaan": "Penelitian",
        "evidence": "Datang ke meja layanan",
    }.items():
        counter.locator(f"[name={name}]").fill(text)
    counter.locator("[name=identitas][type=file]").first.set_input_files(PAPER)
    expect(counter.locator(".filelist li")).to_have_count(1)
    counter.locator("[name=cara_memperoleh][value=melihat_membaca_mendengar_mencatat]").check()
    sent(counter)
    address = counter.url
    counter.locator("[name=kanal][value=datang_langsung]").check()
    now = datetime.now(OFFICE_ZONE)
    counter.locator("[name=waktu_terima]").fill(f"{now:%Y-%m-%dT%H:%M}")
    sent(counter)
    counter.locator("[name=hasil_periksa][value=lengkap]").check()
    sent(counter, "Lengkap")
    keeper = visit(KEEPER, DESKTOP)
    keeper.goto(address)
    keeper.locator("[name=status_penguasaan][value=dikuasai_ppid_utama]").check()
    sent(keeper, "Tersedia di PPID Utama")
    keeper.locator("[name=bahan_jawaban][type=file]").first.set_input_files(contract)
    expect(keeper.locator(".filelist li", has_text=contract.name).first).to_be_visible()
    sent(keeper, "Perlu penghitaman")
    return keeper, address


def marked(keeper: Page) -> None:
    """Mark by words and by place, take one mark away again, and hand the file in."""
    # Nothing said yet: the page says what is missing.
    press(keeper, "button[value=words]")
    expect(keeper.locator(".errors")).to_be_visible()
    check_page(keeper)
    type_into(keeper, {"#part": "Nomor rekening pihak ketiga"})
    tab_to(keeper, "#ground")
    keeper.keyboard.type("Pasal 17 huruf h")
    type_into(keeper, {"#reason": "Rahasia pribadi", "#kata": SECRET.lower()})
    press(keeper, "button[value=words]")
    rows = keeper.locator("section[aria-labelledby=daftar] tbody tr")
    found = rows.count()
    assert found > 0
    # A place, in percent of the page, written as one writes numbers here; it shows itself on the page.
    type_into(keeper, {"#part": "Kop surat"})
    tab_to(keeper, "#ground")
    keeper.keyboard.type("Data pribadi")
    type_into(keeper, {"#reason": "Nama pegawai"})
    sides = {"#bidang-left": "10", "#bidang-top": "10,5", "#bidang-width": "20", "#bidang-height": "5"}
    type_into(keeper, sides)
    drawn = keeper.locator("[data-drawn]")
    places = [drawn.get_attribute(side) for side in ("x", "y", "width", "height")]
    assert places == ["1000", "1050", "2000", "500"]
    press(keeper, "button[value=mark]")
    expect(rows).to_have_count(found + 1)
    check_page(keeper)
    press(keeper, "section[aria-labelledby=daftar] button[value=unmark]")
    expect(rows).to_have_count(found)
    press(keeper, "button[value=hand-in]")
    expect(keeper.locator("button[value=hand-in]")).to_have_count(0)
    expect(keeper.locator("button[value=approve]")).to_have_count(0)


def result_of(second: Page) -> bytes:
    """Fetch the new file with the keyboard, once it is made."""
    for _turn in range(60):
        if second.locator("button[value=approve]").count():
            break
        second.wait_for_timeout(500)
        second.reload()
    check_page(second)
    with second.expect_download() as waiting:
        tab_to(second, "main a[href*='/lampiran/'].btn.quiet")
        second.keyboard.press("Alt+Enter")
    return waiting.value.path().read_bytes()


def test_a_file_is_blacked_out_and_released_with_the_keyboard_alone(visit: Visit, tmp_path: Path) -> None:
    contract = tmp_path / "kontrak.pdf"
    contract.write_bytes(hostile_pdf())
    keeper, address = gathered(visit, contract)
    number = re.sub(r"^.*/berkas/|[/#?]*$", "", address)
    keeper.goto(f"/berkas/{number}/hitamkan/")
    press(keeper, "main a[href*='/hitamkan/']")
    marked(keeper)
    second = visit(SECOND, PHONE)
    second.goto(keeper.url)
    result = result_of(second)
    assert SECRET.encode() not in result
    with pikepdf.open(BytesIO(result)) as document:
        assert len(document.pages) == 2
        assert KEPT.encode() not in b"".join(page.Contents.read_bytes() for page in document.pages)
    press(second, "button[value=approve]")
    expect(second.locator(".tag.ok").first).to_be_visible()
    check_page(second)
