"""The page of the office today, and the picture of a procedure's months."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.cases.tests.conftest import Desk
from laksana.measurement.services import Month, Times
from laksana.workspace.tests.conftest import Browser, parsed
from laksana.workspace.trend_picture import HEIGHT, WIDTH, trend_picture

NONE = Times(0, None, None)


@pytest.fixture
def desk(begin: Callable[..., Desk]) -> Desk:
    steps: list[dict[str, Any]] = [{"id": "isi"}, {"id": "akhir", "by": "kasubag", "then": "selesai"}]
    return begin(steps=steps)


def test_it_names_units_and_the_cases_that_the_reader_may_know_of(desk: Desk, browser: Browser) -> None:
    page = parsed(browser("kepala").get("/kinerja/hari-ini/"))
    assert len(page.xpath("//section[@aria-labelledby='unit']//tbody/tr")) == 1
    assert page.xpath("//section[@aria-labelledby='lama']//a/@href") == [f"/berkas/{desk.case.number}/"]
    type(desk.case).objects.filter(pk=desk.case.pk).update(level="rahasia")
    page = parsed(browser("kepala").get("/kinerja/hari-ini/"))
    assert len(page.xpath("//section[@aria-labelledby='unit']//tbody/tr")) == 1
    assert not page.xpath("//section[@aria-labelledby='lama']")


def test_a_measured_procedure_shows_its_months_as_picture_and_table(desk: Desk, browser: Browser) -> None:
    desk.do("isi")
    page = parsed(browser("staf").get("/kinerja/contoh/"))
    assert len(page.xpath("//svg[@class='trend']//rect")) == 24
    rows = page.xpath("//section[@aria-labelledby='tren']//tbody/tr")
    assert len(rows) == 12
    assert rows[-1].xpath("./td")[3].text == "2"


@given(
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), max_size=24).map(
        lambda pairs: [(max(pair), min(pair)) for pair in pairs]
    )
)
def test_bars_stay_inside_the_picture_and_do_not_overlap(counts: list[tuple[int, int]]) -> None:
    months = [Month(date(2026, 1, 1), 0, NONE, steps, punctual) for steps, punctual in counts]
    picture = trend_picture(months)
    for bar in picture.bars:
        assert bar.late_y >= -0.1
        assert bar.late_y + bar.late_height == pytest.approx(bar.punctual_y, abs=0.2)
        assert bar.punctual_y + bar.punctual_height == pytest.approx(HEIGHT, abs=0.2)
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
    for left, right in zip(picture.bars, picture.bars[1:], strict=False):
        assert left.x + left.width < right.x


def test_a_supposed_change_is_answered_on_the_page_and_as_csv_and_a_bad_one_keeps_what_was_typed(
    desk: Desk, browser: Browser
) -> None:
    desk.do("isi")
    desk.do("akhir", "kasubag")
    asked = {"masa": "semua", "langkah": "isi", "bagian": "seluruh", "arah": "tambah", "jumlah": "10"}
    page = browser("staf").get("/kinerja/contoh/", asked | {"satuan": "menit"})
    [section] = parsed(page).xpath("//section[@aria-labelledby='andai']")
    rows = [[cell.text_content() for cell in row] for row in section.xpath(".//tbody/tr")]
    assert rows[0][1:] == ["2 minutes", "12 minutes", "+10 minutes"]
    assert rows[2][1:] == ["100%", "100%", "0 percentage points"]
    [link] = section.xpath(".//a/@href")
    table = browser("staf").get(link).content.decode("utf-8-sig").splitlines()
    assert table[1] == "isi,seluruh,10,1,1,90,median_menit_kerja,2.0,12.0"
    page = browser("staf").get("/kinerja/contoh/", asked | {"jumlah": "-3", "satuan": "abad"})
    [section] = parsed(page).xpath("//section[@aria-labelledby='andai']")
    assert section.xpath(".//input[@name='jumlah']/@value") == ["-3"]
    assert len(section.xpath(".//*[@aria-invalid='true']")) == 2
    assert not section.xpath(".//table")
    assert browser("staf").get("/kinerja/contoh/andai.csv", asked | {"jumlah": "-3"}).status_code == 404
