"""The rules of buying with the figures of the office's reference, at their limits."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from laksana.cases.play import play, read_script
from laksana.documents.services import Paper
from laksana.library.aset import cards, procurement, stock
from laksana.registers.models import Entry

SCRIPT = Path(__file__).parent / "scenarios.yaml"


def played(scenario_id: str) -> None:
    scenarios = {each.id: each for each in read_script(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT))}
    for _event in play(scenarios[scenario_id], SCRIPT.parent):
        pass


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


def test_a_common_cost_is_shared_by_value_without_losing_a_rupiah() -> None:
    assert procurement.with_shared_cost([Decimal(3120000), Decimal(2280000)], Decimal(108000)) == [
        Decimal(3182400),
        Decimal(2325600),
    ]
    thirds = procurement.with_shared_cost([Decimal(100)] * 3, Decimal(100))
    assert thirds == [Decimal(133), Decimal(133), Decimal(134)]


@pytest.mark.parametrize(
    ("value", "npwp", "pkp", "split", "platform", "ppn", "pph"),
    [
        (5550000, True, True, False, False, 550000, 75000),
        (5550000, False, True, False, False, 550000, 150000),
        (5550000, True, False, False, False, 0, 83250),
        (5550000, True, True, False, True, 0, 0),
        (2220000, True, True, False, False, 0, 0),
        (2220000, True, True, True, False, 220000, 30000),
        (2220001, True, True, False, False, 220000, 30000),
    ],
)
def test_taxes_are_collected_above_the_limit(
    value: int, npwp: bool, pkp: bool, split: bool, platform: bool, ppn: int, pph: int
) -> None:
    assert procurement.taxes(Decimal(value), npwp, pkp, split, platform) == (Decimal(ppn), Decimal(pph))


def test_a_late_delivery_costs_a_thousandth_a_day_of_what_is_late() -> None:
    assert procurement.fine([(Decimal(46620000), 7)]) == Decimal(294000)
    assert procurement.fine([(Decimal(144300000), 11)]) == Decimal(1430000)
    assert procurement.fine([(Decimal(38850000), 0), (Decimal(7770000), 1)]) == Decimal(7000)
    assert procurement.fine([(Decimal(1000999), 1)], pkp=False) == Decimal(1000)


@pytest.mark.parametrize(
    ("value", "method", "needed"),
    [
        (10000000, "pengadaan_langsung", False),
        (10000001, "pengadaan_langsung", True),
        (100000000, "epurchasing", False),
        (100000001, "epurchasing", True),
    ],
)
def test_when_an_hps_is_needed(value: int, method: str, needed: bool) -> None:
    assert procurement.hps_needed(Decimal(value), Decimal(value), method) is needed


@pytest.mark.parametrize(
    ("value", "method", "form"),
    [
        (10000000, "pengadaan_langsung", "Bukti pembelian"),
        (10000001, "pengadaan_langsung", "Kuitansi"),
        (50000000, "pengadaan_langsung", "Kuitansi"),
        (200000000, "tender", "Surat Perintah Kerja (SPK)"),
        (200000001, "tender", "Surat perjanjian"),
        (900000000, "epurchasing", "Surat pesanan"),
    ],
)
def test_the_form_of_a_contract_goes_by_its_value(value: int, method: str, form: str) -> None:
    assert procurement.contract_form(Decimal(value), method) == form


def test_limits_include_themselves() -> None:
    assert procurement.direct_allowed(Decimal(200000000))
    assert not procurement.direct_allowed(Decimal(200000001))
    assert procurement.direct_allowed(Decimal(400000000), konstruksi=True)
    assert procurement.buyer_desk(Decimal(200000000)) == "position:pejabat-pengadaan"
    assert procurement.buyer_desk(Decimal(200000001)) == "position:pejabat-pembuat-komitmen"


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_cards_hold_what_came_in_and_went_out_to_the_rupiah() -> None:
    played("hvs-dan-tinta")
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
    played("terlambat")
    row = Entry.objects.get(register="kartu-barang", kind="baris")
    assert row.values["tanggal"] == {"date": "2027-01-01"}
    assert [lot.day for lot in cards.lots("1.1.7.01.03.06.005")] == [date(2027, 1, 1)]


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_durable_goods_below_the_threshold_are_no_stock() -> None:
    played("barang-modal")
    row = Entry.objects.get(register="kib-ekstra", kind="baris")
    assert (row.values["jumlah"], row.values["nilai"]) == ({"number": "2"}, {"money": "990000"})
    assert not Entry.objects.filter(register="kartu-barang").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_papers_leave_no_part_empty() -> None:
    played("barang-ditolak")
    papers = {paper.document: paper.data for paper in Paper.objects.order_by("pk")}
    assert set(papers) == {"nota-dinas-usulan", "lembar-netting", "surat-pesanan", "hasil-periksa", "bast"}
    for document, data in papers.items():
        assert all(section["facts"] or section["tables"] for section in data["sections"]), document
    assert papers["bast"]["signature"]["name"] == "Prasaja Kodeterang, S.Kom., M.Kom."
    assert papers["surat-pesanan"]["words"]["nomor"] == "KW/3/2026"
