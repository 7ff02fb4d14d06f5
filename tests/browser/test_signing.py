"""A letter's disposition sheet is signed on a phone with a passphrase, and anybody verifies it there: as it is, and changed."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from laksana.people.demo import PASSPHRASE
from tests.browser.conftest import PHONE, check_page

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
HEAD = "wiraguna"
"""The head of the office, for whose signature an outgoing letter waits."""


@pytest.fixture
def signer(visit: Visit, site: str) -> Page:
    """The page of somebody for whose signature papers wait that are made already."""
    page = visit(HEAD, PHONE)
    for _attempt in range(60):
        page.goto("/tanda-tangan/")
        if page.locator("input[name=key]:not([disabled])").count():
            return page
        time.sleep(1)
    raise AssertionError("no paper waits for a signature")


def test_a_paper_is_signed_and_verified_on_a_phone(
    signer: Page, browser: Browser, site: str, tmp_path: Path
) -> None:
    page = signer
    check_page(page)
    entry = page.locator(".sign-list li", has=page.locator("input[name=key]:not([disabled])")).first
    entry.locator("a").click()
    check_page(page)
    page.get_by_label("Frasa sandi sertifikat Anda").fill("bukan ini")
    page.get_by_role("button", name="Tandatangani", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("tidak benar")
    check_page(page)
    page.get_by_label("Frasa sandi sertifikat Anda").fill(PASSPHRASE)
    page.get_by_role("button", name="Tandatangani", exact=True).click()
    page.wait_for_url(re.compile("/berkas/"))
    check_page(page)
    address = page.get_by_role("link", name="Halaman verifikasi").first.get_attribute("href")
    assert address is not None
    with page.expect_download() as download:
        page.locator(".filelist li", has_text="(ditandatangani)").first.locator("a[href$='unduh=1']").click()
    signed = tmp_path / "surat.pdf"
    download.value.save_as(signed)

    public = browser.new_context(viewport=PHONE, locale="id-ID", base_url=site).new_page()
    public.goto(address)
    expect(public.locator("main")).to_contain_text("sesuai")
    check_page(public)
    public.locator("input[type=file]").set_input_files(signed)
    expect(public.locator("#putusan")).to_contain_text("sama dengan yang ditandatangani")
    changed = tmp_path / "berubah.pdf"
    changed.write_bytes(signed.read_bytes() + b"\n")
    public.locator("input[type=file]").set_input_files(changed)
    expect(public.locator("#putusan")).to_contain_text("BUKAN")
    check_page(public)
    public.context.close()
