"""What the stock holds after purchases that were carried out, and the net need."""

from datetime import date
from decimal import Decimal

import pytest

from laksana.documents.services import Paper
from laksana.library.aset import cards, stock
from laksana.library.tests.examples import played
from laksana.registers.models import Entry


@pytest.mark.reference("pengadaan-barang-pakai-habis/netting-hvs")
@pytest.mark.parametrize(
    ("need", "balance", "coming", "safety", "pack", "net", "bought"),
    [
        (60, 14, 0, 10, 5, 56, 60),
        (20, 65, 0, 10, 5, 0, 0),
        (60, 14, 6, 10, 5, 50, 50),
        (51, 0, 0, 0, 5, 51, 55),
    ],
)
def test_the_net_need_is_bought_in_whole_packs(
    need: int, balance: int, coming: int, safety: int, pack: int, net: int, bought: int
) -> None:
    found = stock.net_need(Decimal(need), Decimal(balance), Decimal(coming), Decimal(safety), Decimal(pack))
    assert found == (Decimal(net), Decimal(bought))


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_cards_hold_what_came_in_and_went_out_to_the_rupiah() -> None:
    played(__file__, "hvs-dan-tinta")
    assert cards.balance("1.1.7.01.03.02.001") == (Decimal(52), Decimal(2758080))
    assert cards.balance("1.1.7.01.03.06.004") == (Decimal(30), Decimal(570000 + 2325600))
    rows = Entry.objects.filter(register="kartu-barang", kind="baris").order_by("pk")
    told = [(row.values["lot"], row.values["saldo_jumlah"]["number"]) for row in rows]
    first, ink = "BAST-H/001/2026-1", "BAST-H/001/2026-2"
    assert told == [(first, "74"), (ink, "30"), ("SA/001", "72"), ("SA/001", "60"), (first, "52")]
    package = Entry.objects.filter(register="kendali-paket")
    cells = {column: cell for row in package for column, cell in row.values.items() if cell is not None}
    assert cells["akumulasi_rekening_setahun"] == {"number": "5400000"}
    assert cells["porsi_umk_setahun"] == {"number": "0.00"}
    assert not Entry.objects.filter(register="kib-ekstra").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_what_is_booked_after_a_count_is_dated_after_it() -> None:
    played(__file__, "terlambat")
    row = Entry.objects.get(register="kartu-barang", kind="baris")
    assert row.values["tanggal"] == {"date": "2027-01-01"}
    assert [lot.day for lot in cards.lots("1.1.7.01.03.06.005")] == [date(2027, 1, 1)]


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_durable_goods_below_the_threshold_are_no_stock() -> None:
    played(__file__, "barang-modal")
    row = Entry.objects.get(register="kib-ekstra", kind="baris")
    assert (row.values["jumlah"], row.values["nilai"]) == ({"number": "2"}, {"money": "990000"})
    assert not Entry.objects.filter(register="kartu-barang").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_papers_leave_no_part_empty() -> None:
    played(__file__, "barang-ditolak")
    papers = {paper.document: paper.data for paper in Paper.objects.order_by("pk")}
    assert set(papers) == {"nota-dinas-usulan", "lembar-netting", "surat-pesanan", "hasil-periksa", "bast"}
    for document, data in papers.items():
        assert all(section["facts"] or section["tables"] for section in data["sections"]), document
    assert papers["bast"]["signature"]["name"] == "Prasaja Kodeterang, S.Kom., M.Kom."
    assert papers["surat-pesanan"]["words"]["nomor"] == "KW/3/2026"
