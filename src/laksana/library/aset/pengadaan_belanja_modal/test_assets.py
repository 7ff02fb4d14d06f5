"""The rules of capital goods with the figures of the office's reference, at their limits, and what the books hold."""

from decimal import Decimal

import pytest

from laksana.library.aset.pengadaan_belanja_modal import assets, planning, selection
from laksana.library.tests.examples import played, printed
from laksana.registers.models import Entry


@pytest.mark.parametrize(
    ("most", "good", "light", "idle", "need"),
    [(8, 5, 1, 0, 2), (8, 5, 1, 1, 1), (8, 9, 0, 0, 0), (8, 0, 0, 0, 8)],
)
def test_the_real_need_counts_what_can_be_used(
    most: int, good: int, light: int, idle: int, need: int
) -> None:
    found = planning.real_need(Decimal(most), Decimal(good), Decimal(light), Decimal(idle))
    assert found == Decimal(need)


@pytest.mark.reference("pengadaan-belanja-modal/hps-survei")
def test_the_price_of_an_hps_is_the_mean_of_two_sources_or_more() -> None:
    assert selection.mean_price([Decimal(14200000), Decimal(14900000), Decimal(14600000)]) == Decimal(
        14566667
    )
    assert selection.mean_price([Decimal(1), Decimal(2)]) == Decimal(2)
    assert selection.mean_price([Decimal(14200000)]) is None


def test_units_of_a_lot_cost_whole_rupiah_that_add_up() -> None:
    assert assets.unit_costs(Decimal(131300000), 10) == [Decimal(13130000)] * 10
    assert assets.unit_costs(Decimal(100), 3) == [Decimal(33), Decimal(33), Decimal(34)]


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_books_hold_every_unit_and_what_became_of_the_contract() -> None:
    played(__file__, "laptop-epurchasing")
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
    letter = printed("usul-psp")
    assert "Rp146.450.000" in letter
    assert [row.values["nomor_register"] in letter for row in rows] == [True] * 15
