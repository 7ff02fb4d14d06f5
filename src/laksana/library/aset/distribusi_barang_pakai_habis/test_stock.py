"""The rules of stock with the figures of the office's reference, and what the cards say after an issue."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from laksana.documents.services import Paper
from laksana.library.aset import cards, stock
from laksana.library.aset.stock import Lot, Taken
from laksana.library.tests.examples import played
from laksana.registers.models import Entry
from laksana.sop.rules import RuleError
from laksana.worktime.zone import OFFICE_ZONE

LABELS = "1.1.7.01.03.09.001"


def exact(*numbers: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(number) for number in numbers)


def lot(name: str, quantity: str, value: str, day: date = date(2026, 7, 6)) -> Lot:
    return Lot(name, day, Decimal(quantity), Decimal(value), Decimal(quantity), Decimal(value))


HVS = [lot("A", "12", "612000"), lot("B", "60", "3182400", date(2026, 11, 9))]


@pytest.mark.reference("distribusi-barang-pakai-habis/dua-lot")
def test_an_issue_takes_the_oldest_lot_first() -> None:
    taken = stock.take(HVS, Decimal(20))
    assert [(part.lot, part.quantity, part.value) for part in taken] == [
        ("A", *exact(12, 612000)),
        ("B", *exact(8, 424320)),
    ]
    assert sum(part.value for part in taken) == 1036320
    assert taken[1].unit_price == Decimal("53040.00")


@pytest.mark.reference("distribusi-barang-pakai-habis/pembulatan-lot")
def test_what_empties_a_lot_takes_all_that_is_left_of_its_value() -> None:
    left, values = lot("A", "7", "100000"), []
    for quantity in (3, 3, 1):
        [part] = stock.take([left], Decimal(quantity))
        values.append(part.value)
        left = Lot(
            left.name,
            left.day,
            Decimal(7),
            Decimal(100000),
            left.quantity - quantity,
            left.value - part.value,
        )
    assert values == [42857, 42857, 14286]
    assert (left.quantity, left.value) == exact(0, 0)


def test_more_than_there_is_takes_only_what_there_is() -> None:
    assert sum(part.quantity for part in stock.take(HVS, Decimal(100))) == 72


@pytest.mark.parametrize(
    ("asked", "available", "left", "met", "over"),
    [(5, 40, 3, 5, 2), (10, 4, None, 4, 0), (5, 0, 3, 0, 0), (3, 40, 3, 3, 0), (5, -1, 3, 0, 0)],
)
def test_what_is_met_and_what_is_above_the_quota(
    asked: int, available: int, left: int | None, met: int, over: int
) -> None:
    quota = None if left is None else Decimal(left)
    assert stock.within_quota(Decimal(asked), Decimal(available), quota) == exact(met, over)


@pytest.mark.parametrize(
    ("balance", "on_order", "expected"), [(20, 0, True), (21, 0, False), (5, 1, False), (0, 0, True)]
)
def test_an_item_at_its_reorder_point_is_bought_unless_it_is_on_order(
    balance: int, on_order: int, expected: bool
) -> None:
    assert stock.to_be_reordered(Decimal(balance), Decimal(20), Decimal(on_order)) is expected


@pytest.mark.reference("distribusi-barang-pakai-habis/opname-kurang")
def test_a_count_books_a_shortage_at_cost_and_a_surplus_at_the_latest_price() -> None:
    book = [lot("A", "52", "2758080")]
    assert stock.count_difference(book, Decimal(51), Decimal(60000)) == exact(-1, -53040)
    # One missing and one water-damaged: 50 good rims of Rp2,652,000 are left.
    assert stock.count_difference(book, Decimal(50), Decimal(60000)) == exact(-2, 2652000 - 2758080)
    assert stock.count_difference(book, Decimal(53), Decimal(60000)) == exact(1, 60000)
    assert stock.count_difference(book, Decimal(52), Decimal(60000)) == exact(0, 0)


def test_what_comes_back_goes_to_the_latest_lot_at_its_cost() -> None:
    issued = [
        Taken("A", date(2026, 7, 6), Decimal(12), Decimal(51000), Decimal(612000)),
        Taken("B", date(2026, 11, 9), Decimal(8), Decimal(53040), Decimal(424320)),
    ]
    back = stock.returned(issued, Decimal(10))
    assert [(part.lot, part.quantity, part.value) for part in back] == [
        ("B", *exact(8, 424320)),
        ("A", *exact(2, 102000)),
    ]
    with pytest.raises(RuleError, match="lebih banyak"):
        stock.returned(issued, Decimal(21))


def test_an_approved_count_closes_its_period() -> None:
    frozen, approved = (datetime(2026, 12, 31, *at, tzinfo=OFFICE_ZONE) for at in ((8, 0), (15, 30)))
    assert stock.frozen(frozen) is not None
    assert stock.closed_until(frozen) == date(2026, 6, 30)
    assert stock.frozen(approved) is None
    assert stock.closed_until(approved) == date(2026, 12, 31)
    assert stock.dates_closed(approved, "tanggal", date(2026, 12, 31)) != {}
    assert stock.dates_closed(frozen, "tanggal", date(2026, 12, 31)) == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_cards_follow_an_issue_to_the_rupiah() -> None:
    played(__file__, "label-lengkap")
    assert cards.balance(LABELS) == exact(20, 300000)
    card = Entry.objects.get(register="kartu-barang").values
    assert (card["keluar_jumlah"], card["saldo_jumlah"]) == ({"number": "10"}, {"number": "20"})
    assert Entry.objects.get(register="laporan-persediaan").values["saldo_akhir_nilai"] == {
        "number": "300000"
    }
    report = cards.report(LABELS, 2026)
    assert (report.opening, report.issued, report.closing, report.value) == exact(30, 10, 20, 300000)
    book = Entry.objects.filter(register="buku-npb")
    assert [entry.values.get("status") for entry in book][-1] == "Disalurkan"
    assert cards.received_in_quarter(LABELS, "bidang-egov", date(2026, 12, 1)) == 10
    assert cards.received_in_quarter(LABELS, "bidang-egov", date(2026, 9, 1)) == 0
    assert cards.received_in_quarter(LABELS, "bidang-statistik", date(2026, 12, 1)) == 0
    paper = Paper.objects.get(document="bast").data
    assert paper["words"]["nomor"] == "SBBK/001/2026"
    assert paper["signature"]["name"] == "Asmoro Mejapanjang"
    assert not [section for section in paper["sections"] if not (section["facts"] or section["tables"])]
