"""The rules of capital goods with the figures of the office's reference, at their limits, and what the books hold."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from laksana.cases.play import play, read_script
from laksana.documents.services import Paper
from laksana.library.aset.pengadaan_belanja_modal import assets, planning, selection
from laksana.registers.models import Entry

SCRIPT = Path(__file__).parent / "scenarios.yaml"
LAPTOP, OFFICE, LAND = "1.3.2.10.01.02.002", "1.3.3.01.01.01.001", "1.3.1.01.01.01.001"
BOUGHT = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("most", "good", "light", "idle", "need"),
    [(8, 5, 1, 0, 2), (8, 5, 1, 1, 1), (8, 9, 0, 0, 0), (8, 0, 0, 0, 8)],
)
def test_the_real_need_counts_what_can_be_used(
    most: int, good: int, light: int, idle: int, need: int
) -> None:
    found = planning.real_need(Decimal(most), Decimal(good), Decimal(light), Decimal(idle))
    assert found == Decimal(need)


def test_the_price_of_an_hps_is_the_mean_of_two_sources_or_more() -> None:
    assert selection.mean_price([Decimal(14200000), Decimal(14900000), Decimal(14600000)]) == Decimal(
        14566667
    )
    assert selection.mean_price([Decimal(1), Decimal(2)]) == Decimal(2)
    assert selection.mean_price([Decimal(14200000)]) is None


@pytest.mark.parametrize(
    ("value", "method", "offer", "hps", "bond"),
    [
        (312000000, "tender", 312000000, 400000000, 20000000),
        (320000000, "tender", 320000000, 400000000, 16000000),
        (319999999, "tender", 319999999, 400000000, 20000000),
        (200000000, "tender", 200000000, 400000000, 0),
        (200000001, "tender", 200000001, None, 10000000),
        (312000000, "epurchasing", 312000000, 400000000, 0),
    ],
)
def test_the_bond_goes_by_contract_or_hps(
    value: int, method: str, offer: int, hps: int | None, bond: int
) -> None:
    limit = None if hps is None else Decimal(hps)
    assert selection.bond(Decimal(value), method, Decimal(offer), limit) == Decimal(bond)


@pytest.mark.parametrize(
    ("day", "written_off"),
    [
        (date(2026, 11, 12), 0),
        (date(2026, 12, 30), 0),
        (date(2026, 12, 31), 1641250),
        (date(2027, 6, 30), 3282500),
        (date(2030, 6, 30), 13130000),
        (date(2040, 1, 1), 13130000),
    ],
)
def test_a_laptop_is_written_off_by_half_years_that_have_ended(day: date, written_off: int) -> None:
    cost = Decimal(13130000)
    assert assets.book_value(LAPTOP, cost, BOUGHT, day) == (Decimal(written_off), cost - Decimal(written_off))


def test_the_last_period_takes_what_does_not_divide() -> None:
    cost = Decimal(10000003)
    assert assets.book_value(LAPTOP, cost, BOUGHT, date(2029, 12, 31)) == (Decimal(8750000), Decimal(1250003))
    assert assets.book_value(LAPTOP, cost, BOUGHT, date(2030, 6, 30)) == (cost, Decimal(0))


def test_land_and_work_in_progress_keep_their_value() -> None:
    for code in (LAND, "1.3.6.01.01.01.001"):
        assert assets.book_value(code, Decimal(500), BOUGHT, date(2040, 1, 1)) == (Decimal(0), Decimal(500))


def test_the_longest_prefix_says_the_useful_life() -> None:
    assert (assets.useful_life(LAPTOP), assets.useful_life(OFFICE), assets.useful_life(LAND)) == (4, 50, None)
    assert assets.useful_life("1.3.2.99.01") is None


def test_units_of_a_lot_cost_whole_rupiah_that_add_up() -> None:
    assert assets.unit_costs(Decimal(131300000), 10) == [Decimal(13130000)] * 10
    assert assets.unit_costs(Decimal(100), 3) == [Decimal(33), Decimal(33), Decimal(34)]


def test_a_unit_below_the_threshold_stays_off_the_balance_sheet() -> None:
    assert assets.stands_on_balance_sheet(LAPTOP, Decimal(500000))
    assert not assets.stands_on_balance_sheet(LAPTOP, Decimal(499999))
    assert assets.stands_on_balance_sheet("1.5.3.01.01", Decimal(1))


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_books_hold_every_unit_and_what_became_of_the_contract() -> None:
    scenarios = {each.id: each for each in read_script(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT))}
    for _event in play(scenarios["laptop-epurchasing"], SCRIPT.parent):
        pass
    rows = Entry.objects.filter(register="kib-b", kind="baris")
    assert [row.values["nomor_register"] for row in rows][:2] == ["000014", "000015"]
    assert {row.values["keterangan"] for row in rows} == {"Intrakomptabel"}
    assert sum(Decimal(row.values["harga"]["money"]) for row in rows) == Decimal(146450000)
    assert not Entry.objects.filter(register="kib-lain").exists()
    assert Entry.objects.filter(register="psp", kind="baris").count() == len(rows) == 15
    contract = Entry.objects.filter(register="kendali-kontrak")
    told = {column: cell for row in contract for column, cell in row.values.items() if cell is not None}
    assert (told["nomor_kontrak"], told["status"]) == ("SP/7/2026", "Selesai")
    assert told["realisasi"] == {"number": "145000000"}
    letter = Paper.objects.get(document="usul-psp").data
    [attached] = [section["tables"] for section in letter["sections"] if section["tables"]]
    assert (len(attached), len(attached[0]["rows"]), letter["words"]["lampiran"]) == (1, 15, "15 barang")
    for paper in Paper.objects.all():
        assert all(section["facts"] or section["tables"] for section in paper.data["sections"]), (
            paper.document
        )
