"""The head takes back a disposition that its receiver has not opened, and disposes anew."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, check_page
from tests.browser.test_letter import (
    CLERK,
    KABID,
    KADIS,
    KASUBAG,
    SEKRETARIS,
    _act,
    _dispose,
    _open_task,
    _receive,
)

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_disposition_is_taken_back_before_it_is_opened(visit: Visit, screen: dict[str, int]) -> None:
    clerk, kadis = visit(CLERK, screen), visit(KADIS, screen)
    number = _receive(clerk, f"Surat yang salah didisposisi {screen['width']}")
    _act(visit(KASUBAG, screen), number, outcome="Ya")
    _act(visit(SEKRETARIS, screen), number, outcome="Disposisi Kepala Dinas", penelaahan="Segera.")
    _open_task(kadis, number)
    _dispose(kadis)
    _act(clerk, number)

    kadis.goto(f"/berkas/{number}/")
    kadis.locator("details.fold summary", has_text="Tarik kembali").click()
    check_page(kadis)
    kadis.locator("textarea[name=reason]:visible").fill("Seharusnya Bidang Statistik.")
    kadis.get_by_role("button", name="Tarik kembali", exact=True).click()
    expect(kadis.locator("main")).to_contain_text("Sudah ditarik kembali")
    expect(kadis.locator("main")).to_contain_text("Ditarik kembali dari Kepala Bidang E-Government")
    expect(kadis.locator("main")).to_contain_text("ditarik pemberinya")
    check_page(kadis)
    _open_task(kadis, number)

    kabid = visit(KABID, screen)
    expect(kabid.locator(f"a[href*='/berkas/{number}/']")).to_have_count(0)
