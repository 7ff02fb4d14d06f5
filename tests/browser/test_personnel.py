"""Self-service on a phone: from signing in to a sent request for leave in four interactions; and the pages of the files."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from laksana.worktime.zone import OFFICE_ZONE
from tests.browser.conftest import DESKTOP, PHONE, check_page

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
EMPLOYEE, OFFICER, HEAD = "hanum", "handoko", "wiraguna"


def test_four_interactions_lead_from_signing_in_to_a_sent_request(visit: Visit) -> None:
    page = visit(EMPLOYEE, PHONE)
    monday = datetime.now(OFFICE_ZONE).date()
    monday += timedelta(days=7 - monday.weekday())
    # 1: the file.
    page.get_by_role("navigation", name="Pintasan").get_by_role("link", name="Berkas saya").click()
    expect(page.locator(".balance .left")).to_contain_text("hari tersisa")
    check_page(page)
    # 2: the request.
    page.get_by_role("link", name="Ajukan cuti tahunan").click()
    expect(page.locator("input[name=jenis_cuti][value=tahunan]")).to_be_checked()
    expect(page.locator("input[name=nip]")).not_to_have_value("")
    check_page(page)
    # 3: what only the employee knows.
    page.locator("[name=mulai]").fill(monday.isoformat())
    page.locator("[name=selesai]").fill((monday + timedelta(days=1)).isoformat())
    page.locator("[name=alasan]").fill("Urusan keluarga")
    page.locator("[name=alamat_selama_cuti]").fill("Jalan Contoh 1")
    page.locator("[name=telepon]").fill("081234567890")
    # 4: sending it.
    page.locator("#formulir .form-end button.primary").click()
    page.wait_for_url("**/berkas/CUTI/**")
    number = page.locator("main").get_by_text("CUTI/").first.text_content() or ""
    page.goto("/berkas-saya/cuti/")
    expect(page.locator("table.ledger").first).to_contain_text("dipesan, menunggu keputusan")
    check_page(page)
    assert "CUTI/" in number


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_files_the_calendar_and_the_machines_can_be_used_by_all(
    visit: Visit, screen: dict[str, int]
) -> None:
    page = visit(OFFICER, screen)
    for address in ("/pegawai/", "/pegawai/impor/", "/pegawai/presensi/", "/pegawai/ketidakhadiran/"):
        page.goto(address)
        check_page(page)
    page.goto("/pegawai/?q=Tyas")
    page.get_by_role("link", name="Tyas Ujicermat").click()
    expect(page.locator("#bagian-gaji")).to_be_visible()
    check_page(page)
    page.locator("section[aria-labelledby=bagian-gaji] a", has_text="Koreksi").first.click()
    page.locator("#formulir .form-end button.primary").click()
    expect(page.locator("section.errors")).to_contain_text("Alasan koreksi")
    check_page(page)
    page.goto("/pegawai/impor/")
    page.get_by_role("button", name="Ambil").click()
    expect(page.locator("#f-berkas-error")).to_be_visible()
    check_page(page)


def test_a_machines_columns_are_chosen_on_a_phone_and_the_head_sees_only_what_he_needs(visit: Visit) -> None:
    page = visit(OFFICER, PHONE)
    page.goto("/pegawai/presensi/")
    page.locator("#f-mesin").fill("Mesin lobi")
    content = b"PIN;Waktu\n7;05/10/2026 07:21\n7;05/10/2026 16:02\n"
    page.locator("#f-berkas").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Ambil").click()
    page.locator("#f-employee").select_option("PIN")
    page.locator("#f-moment").select_option("Waktu")
    check_page(page)
    page.get_by_role("button", name="Ambil berkasnya").click()
    expect(page.locator("main")).to_contain_text("Nomor yang belum dipasangkan")
    check_page(page)
    head = visit(HEAD, PHONE)
    head.goto("/pegawai/?q=Tyas")
    head.get_by_role("link", name="Tyas Ujicermat").click()
    expect(head.locator("#bagian-cuti")).to_be_visible()
    expect(head.locator("#bagian-gaji")).to_have_count(0)
    check_page(head)
