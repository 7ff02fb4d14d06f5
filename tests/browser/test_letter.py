"""A letter from intake to archive, walked in the browser by the people who handle it, on a desk's screen and on a phone."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from laksana.library.persuratan import surat_masuk
from laksana.worktime.zone import OFFICE_ZONE
from tests.browser.conftest import DESKTOP, PHONE, check_page

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
SCAN = Path(surat_masuk.__file__).parent / "demo" / "surat-opd.pdf"
CLERK, KASUBAG, SEKRETARIS, KADIS, KABID, ARSIPARIS = (
    "ningsih",
    "melati",
    "ratnawulan",
    "wiraguna",
    "prasaja",
    "sekar",
)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_letter_goes_from_intake_to_archive(visit: Visit, screen: dict[str, int]) -> None:
    subject = f"Permintaan data uji {screen['width']}"
    clerk = visit(CLERK, screen)
    number = _receive(clerk, subject)
    check_page(clerk)

    _act(visit(KASUBAG, screen), number, outcome="Ya")
    _act(
        visit(SEKRETARIS, screen),
        number,
        outcome="Disposisi Kepala Dinas",
        penelaahan="Untuk Bidang E-Government.",
    )
    kadis = visit(KADIS, screen)
    _open_task(kadis, number)
    check_page(kadis)
    _dispose(kadis)
    _act(clerk, number)

    kabid = visit(KABID, screen)
    _act(kabid, number, outcome="Ditindaklanjuti")
    today = datetime.now(OFFICE_ZONE).date().isoformat()
    _act(
        kabid,
        number,
        outcome="Dilaksanakan",
        uraian_tindak_lanjut="Data telah dikirim.",
        tanggal_tindak_lanjut=today,
        perlu_balasan=False,
    )
    _act(kabid, number, outcome="Sesuai tanpa balasan")
    _act(kabid, number, outcome="Dinilai Sekretaris", uraian_tindak_lanjut="Data telah dikirim.")
    _act(visit(SEKRETARIS, screen), number, outcome="Ya")
    archivist = visit(ARSIPARIS, screen)
    _act(archivist, number, nomor_berkas="000.7.2/2026/09")
    archivist.goto(f"/berkas/{number}/")
    expect(archivist.locator("main")).to_contain_text("Selesai")
    check_page(archivist)


def _receive(page: Page, subject: str) -> str:
    """Register a letter up to its agenda number; return the case's number."""
    now = datetime.now(OFFICE_ZONE)
    page.goto("/mulai/surat-masuk/")
    check_page(page)
    _fill(
        page,
        saluran="pos",
        diterima_pada=f"{now - timedelta(minutes=1):%Y-%m-%dT%H:%M}",
        asal_surat="Bapperida Kota Serang",
        asal_kelompok="opd_kota",
    )
    _send(page)
    match = re.search(r"/berkas/(SM/\d{4}/\d+)/", page.url)
    assert match, page.url
    number = match.group(1)
    _act(page, number, outcome="Sesuai", jumlah_lampiran="1")
    _act(page, number, outcome="Biasa atau terbatas", sifat="biasa", kecepatan="biasa")
    _open_task(page, number)
    check_page(page)
    _act(
        page,
        number,
        outcome="Surat baru",
        nomor_surat=f"000.7.2/{now:%H%M%S}/Bapperida/2026",
        tanggal_surat=now.date().isoformat(),
        hal=subject,
        jenis_naskah="surat_dinas",
        jumlah_lampiran="1",
        kode_klasifikasi="000.7.2",
        ringkasan="Bapperida meminta data.",
        pindaian=SCAN,
    )
    return number


def _dispose(page: Page) -> None:
    """Give the disposition to the head of the E-Government section."""
    receiver = page.locator("select[name='disposisi.0.kepada'] ~ input[role=combobox]")
    receiver.click()
    receiver.press_sequentially("kepala bidang e-gov")
    receiver.press("ArrowDown")
    receiver.press("Enter")
    _tick(page, "disposisi.0.instruksi", "proses")
    _send(page)


def _open_task(page: Page, number: str) -> None:
    page.goto("/tugas/")
    page.locator(f"a[href*='/berkas/{number}/']").first.click()
    page.wait_for_load_state()


def _act(page: Page, number: str, *, outcome: str | None = None, **values: object) -> None:
    """Do the step of a case that waits for this person, from his inbox."""
    _open_task(page, number)
    if outcome is not None:
        _tick(page, "outcome", outcome)
        page.wait_for_load_state("networkidle")
    _fill(page, **values)
    _send(page)


def _fill(page: Page, **values: object) -> None:
    for name, value in values.items():
        field = page.locator(f"[name='{name}']:not([type=hidden])")
        if isinstance(value, Path):
            field.first.set_input_files(value)
        elif field.first.evaluate("e => e.type") in ("radio", "checkbox"):
            text = value if isinstance(value, str) else "true" if value else "false"
            _tick(page, name, text)
        elif field.first.evaluate("e => e.tagName") == "SELECT":
            field.first.select_option(str(value))
        else:
            field.first.fill(str(value))
        page.wait_for_load_state("networkidle")


def _tick(page: Page, name: str, value: str) -> None:
    """Choose a button or box by its label, as a hand does."""
    page.locator(f"label:has(> input[name='{name}'][value='{value}'])").click()
    expect(page.locator(f"input[name='{name}'][value='{value}']")).to_be_checked()


def _send(page: Page) -> None:
    page.locator("#formulir .form-end button.primary").click()
    page.wait_for_load_state("networkidle")
    faults = page.locator("#isian section.errors")
    assert faults.count() == 0, f"{page.url}: {faults.inner_text()}"
