"""The rules of every purchase with the figures of the office's reference, at their limits."""

from decimal import Decimal

import pytest

from laksana.library.aset import procurement


@pytest.mark.reference("pengadaan-barang-pakai-habis/lot-dengan-ongkos")
def test_a_common_cost_is_shared_by_value_without_losing_a_rupiah() -> None:
    assert procurement.with_shared_cost([Decimal(3120000), Decimal(2280000)], Decimal(108000)) == [
        Decimal(3182400),
        Decimal(2325600),
    ]
    thirds = procurement.with_shared_cost([Decimal(100)] * 3, Decimal(100))
    assert thirds == [Decimal(133), Decimal(133), Decimal(134)]


@pytest.mark.reference("pengadaan-barang-pakai-habis/pajak-dipungut")
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
    assert procurement.bond(Decimal(value), method, Decimal(offer), limit) == Decimal(bond)


def test_a_contract_far_below_its_hps_bears_the_bond_of_the_hps() -> None:
    estimate = Decimal(300_000_000)
    assert procurement.bond(Decimal(200_000_000), "tender", Decimal(200_000_000), estimate) == 0
    assert procurement.bond(Decimal(210_000_000), "tender", Decimal(210_000_000), estimate) == 15_000_000


def test_the_code_of_a_form_goes_with_its_name() -> None:
    assert procurement.form_code(Decimal(50_000_000), "pengadaan_langsung") == "kuitansi"
    assert procurement.form_code(Decimal(50_000_001), "pengadaan_langsung") == "spk"
