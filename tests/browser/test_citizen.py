"""A citizen with a cheap phone: asks for information, keeps the receipt, follows, and answers what is asked of him."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
PAPER = Path(__file__).parents[2] / "src" / "laksana" / "library" / "demo" / "berkas.pdf"
NARROW = {"width": 320, "height": 640}
NUMBERS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
ANSWERS = {
    "nama": "Siti Aminah",
    "nik": "3673010101900001",
    "alamat": "Jalan Ahmad Yani 1, Serang",
    "pekerjaan": "Guru",
    "telepon": "081200000001",
    "rincian_informasi": "Data titik Wi-Fi publik menurut kelurahan",
    "tujuan_penggunaan": "Bahan penelitian",
}


def is_sound(page: Page, *, scripts: bool) -> None:
    """Hold that a page fits the screen and, where axe can run, that it finds nothing."""
    if not scripts:
        return
    for screen in (NARROW, PHONE):
        page.set_viewport_size({"width": screen["width"], "height": screen["height"]})
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], page.url
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    found = [
        (each["id"], [node["target"] for node in each["nodes"]]) for each in results.response["violations"]
    ]
    assert found == [], (page.url, found)


def attach(page: Page, *, scripts: bool) -> None:
    """Choose a file; with scripts it is sent at once."""
    page.locator("[name=identitas][type=file]").first.set_input_files(PAPER)
    if scripts:
        expect(page.locator(".filelist li")).to_have_count(1)


def fill(page: Page, *, scripts: bool, paper: bool = False) -> None:
    """Answer page after page until all is to be checked."""
    for _turn in range(30):
        if "/periksa/" in page.url:
            return
        is_sound(page, scripts=scripts)
        form = page.locator("form.ask")
        for name, text in ANSWERS.items():
            if form.locator(f"[name={name}]").count():
                form.locator(f"[name={name}]").fill(text)
        for name, value in (
            ("kategori_pemohon", "perseorangan"),
            ("cara_memperoleh", "melihat_membaca_mendengar_mencatat"),
        ):
            if form.locator(f"[name={name}]").count():
                form.locator(f"[name={name}][value={value}]").check()
        if paper and form.locator("[name=identitas][type=file]").count():
            attach(page, scripts=scripts)
        form.locator(".btn.primary").click()
        page.wait_for_load_state()
    raise AssertionError("the form has no end")


def send(page: Page, *, scripts: bool) -> None:
    """Answer the question where the browser cannot work in its place, and send."""
    question = page.locator("label[for=jawaban]")
    if not scripts and question.count():
        words = re.findall("[a-z]+", question.inner_text().lower())
        page.locator("#jawaban").fill(str(sum(NUMBERS.index(word) for word in words if word in NUMBERS)))
    page.locator("form.send .btn.primary").click()


def asked_for_more(officer: Page, number: str) -> None:
    """Let the officer take the request in, find the identity missing, and ask for it."""
    officer.goto(f"/berkas/{number}/")
    officer.locator("[name=kanal][value=formulir_daring]").check()
    if not officer.locator("[name=waktu_terima]").input_value():
        now = officer.evaluate("new Date(Date.now() - 6e4).toLocaleString('sv', {timeZone: 'Asia/Jakarta'})")
        officer.locator("[name=waktu_terima]").fill(str(now)[:16].replace(" ", "T"))
    officer.locator("#formulir .form-end .btn.primary").click()
    officer.locator("[name=outcome][value='Tidak lengkap']").check()
    officer.locator("[name=hasil_periksa][value=tidak_lengkap]").check()
    officer.locator("[name=kekurangan][value=identitas]").check()
    officer.locator("#formulir .form-end .btn.primary").click()
    today = officer.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Asia/Jakarta'})")
    officer.locator("[name=tanggal_surat_tidak_lengkap]").fill(str(today))
    officer.locator("#formulir .form-end .btn.primary").click()
    expect(officer.locator("[name=tanggal_surat_tidak_lengkap]")).to_have_count(0)


@pytest.mark.parametrize("scripts", [False, True], ids=["without-javascript", "with-javascript"])
def test_a_citizen_asks_follows_and_answers_on_a_phone(
    browser: Browser, site: str, visit: Callable[..., Page], *, scripts: bool
) -> None:
    context = browser.new_context(
        viewport=PHONE, locale="id-ID", timezone_id="Asia/Jakarta", base_url=site, java_script_enabled=scripts
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    for address in (
        "/layanan/",
        "/layanan/kinerja/",
        "/layanan/privasi/",
        "/layanan/aksesibilitas/",
        "/lacak/",
        "/lacak/kirim-kode/",
        "/layanan/keberatan-informasi/asal/",
        "/berita/",
    ):
        page.goto(address)
        is_sound(page, scripts=scripts)
    page.locator(".news a").last.click()
    is_sound(page, scripts=scripts)
    page.locator("a", has_text="Hak jawab atau ralat").or_(
        page.locator("a[href$='/tanggapi/']")
    ).first.click()
    is_sound(page, scripts=scripts)
    page.goto("/layanan/permohonan-informasi/")
    is_sound(page, scripts=scripts)
    page.locator(".begin button").click()
    fill(page, scripts=scripts)
    is_sound(page, scripts=scripts)
    send(page, scripts=scripts)
    page.wait_for_url("**/tanda-terima/")
    is_sound(page, scripts=scripts)
    number, code = page.locator(".done-number").inner_text(), page.locator(".code").inner_text()
    asked_for_more(visit("citra", DESKTOP), number)
    page.goto("/lacak/")
    page.locator("#kode").fill(code.lower())
    page.locator("main form .btn.primary").click()
    expect(page.locator(".asked")).to_have_count(1)
    is_sound(page, scripts=scripts)
    page.locator(".asked .btn.primary").click()
    fill(page, scripts=scripts, paper=True)
    expect(page.locator(".answers .filelist li")).to_have_count(1)
    send(page, scripts=scripts)
    page.wait_for_url("**terkirim=1")
    expect(page.locator(".asked")).to_have_count(0)
    is_sound(page, scripts=scripts)
    context.close()
