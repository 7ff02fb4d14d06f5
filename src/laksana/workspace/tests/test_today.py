"""The page of the office today, and the picture of a procedure's months."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.cases.actions import claim
from laksana.cases.tests.conftest import Desk
from laksana.measurement.services import Month, Times, step_parts
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


def test_waiting_and_working_time_are_told_apart_on_the_chart_in_the_table_and_as_csv(
    desk: Desk, browser: Browser
) -> None:
    item = desk.item("isi")
    claim(item.pk, item.revision, desk.office.staf, desk.at + timedelta(minutes=13))
    desk.at += timedelta(minutes=23)
    desk.do("isi")
    page = parsed(browser("staf").get("/kinerja/contoh/"))
    [row] = page.xpath("//section[@aria-labelledby='langkah']//tbody/tr[2]")
    assert "waiting 13 minutes, working 11 minutes" in " ".join(row.text_content().split())
    pills = {}
    for part in ("seluruh", "tunggu", "kerja"):
        chart = parsed(browser("staf").get("/kinerja/contoh/", {"panas": part}))
        assert chart.xpath("//nav[@aria-label='Which time']/a[@aria-current]/@href") == [
            f"?panas={part}#panas"
        ]
        pills[part] = "".join(chart.xpath("//section[@aria-labelledby='panas']//svg")[0].itertext())
    assert "24" in pills["seluruh"]
    assert "13" in pills["tunggu"]
    assert "11" in pills["kerja"]
    lines = browser("staf").get("/kinerja/contoh/langkah.csv").content.decode("utf-8-sig").splitlines()
    assert lines[2] == "2,Mengerjakan isi,Staf,30,1,24.0,24.0,13.0,11.0,100,0,0,0,0"


def test_what_nobody_took_up_before_doing_it_is_all_waiting(desk: Desk) -> None:
    desk.at += timedelta(minutes=9)
    desk.do("isi")
    parts = step_parts("contoh", None, desk.at + timedelta(days=1))["isi"]
    assert (parts.waiting.median, parts.working.count) == (10, 0)


def test_what_sent_cases_back_and_what_was_done_again_is_told_by_reason(
    begin: Callable[..., Desk], browser: Browser
) -> None:
    outcomes = {"Ya": "akhir", "Kurang lengkap": "isi"}
    steps: list[dict[str, Any]] = [
        {"id": "isi"},
        {"id": "periksa", "by": "kasubag", "decides": "Memeriksa", "outcomes": outcomes},
        {"id": "akhir", "then": "selesai"},
    ]
    desk = begin(steps=steps)
    desk.do("isi")
    desk.do("periksa", "kasubag", outcome="Kurang lengkap")
    desk.do("isi")
    page = parsed(browser("staf").get("/kinerja/contoh/"))
    tables = page.xpath("//section[@aria-labelledby='kembali']//table")
    told = [
        [cell.text_content() for cell in row.xpath("./td")] for t in tables for row in t.xpath("./tbody/tr")
    ]
    assert told == [["Memeriksa", "Kurang lengkap", "", "1"], ["Mengerjakan isi", "", "1"]]
    table = browser("staf").get("/kinerja/contoh/kembali.csv").content.decode("utf-8-sig").splitlines()
    assert table == ["langkah,alasan,kali", "Memeriksa,Kurang lengkap,1"]


def test_months_and_units_are_given_as_csv_and_other_tables_are_not_found(
    desk: Desk, browser: Browser
) -> None:
    desk.do("isi")
    client = browser("staf")
    months = client.get("/kinerja/contoh/bulan.csv").content.decode("utf-8-sig").splitlines()
    assert len(months) == 13
    assert months[-1] == "2026-11,1,0,,2,2,0"
    units = client.get("/kinerja/hari-ini.csv").content.decode("utf-8-sig").splitlines()
    assert units[1].startswith("Dinas,1,0,2026-11-10T")
    for unknown in ("contoh/lain.csv", "tidak-ada/langkah.csv", "tidak-ada/bulan.csv"):
        assert client.get(f"/kinerja/{unknown}").status_code == 404
