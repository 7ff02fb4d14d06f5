"""The rules of the performance agreement by themselves: due dates, money, the tree of indicators, targets, quarters."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from laksana.library.perencanaan.perjanjian_kinerja.alignment import misalignments
from laksana.library.perencanaan.perjanjian_kinerja.rules import (
    differences,
    due,
    needs_reason,
    orphans,
    torn,
    unsupported,
)
from laksana.library.perencanaan.quarters import accumulated

HEAD: dict[str, Any] = {"kode": "U1", "indikator": "Indeks SPBE", "berbeda": False}
BELOW: dict[str, Any] = {"kode": "B1", "kode_atasan": "U1", "pejabat": "position:kabid-egov", "sendiri": True}
VALUES: dict[str, Any] = {
    "jenis_pk": "awal", "iku": [HEAD], "sasaran_kadis": [HEAD], "rencana_aksi": [HEAD], "pk_administrator": [BELOW],
    "program_dpa": [{"program": "2.16.03", "jumlah": Decimal(500)}],
    "program_anggaran": [{"program": "2.16.03", "jumlah": Decimal(500)}],
    "anggaran_administrator": [{"kegiatan": "2.16.03.2.02", "jumlah": Decimal(500)}],
    "penjenjangan": [{**BELOW, "jenjang": "administrator", "indikator": "Layanan", "penanggung_jawab": "position:kabid-egov"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 1, 9), date(2026, 2, 9)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 6, 15), date(2026, 7, 15)),
    ],
)
def test_it_is_due_a_month_later_or_on_the_last_day(start: date, last: date) -> None:
    assert due(start, 1) == last


def test_money_is_compared_programme_by_programme_to_the_rupiah() -> None:
    agreed = [
        {"kegiatan": "2.16.02.2.01", "jumlah": Decimal(100)}, {"kegiatan": "2.16.03.2.01", "jumlah": Decimal(50)},
        {"kegiatan": "2.16.03.2.02", "jumlah": Decimal(49)},
    ]  # fmt: skip
    approved = [
        {"program": "2.16.02", "jumlah": Decimal(100)},
        {"program": "2.16.03", "jumlah": Decimal(100)},
    ]
    assert differences(agreed, approved, "kegiatan") == {"2.16.03": -1}


def test_an_indicator_hangs_on_exactly_one_of_the_superiors() -> None:
    rows = [
        {"kode": "C1", "kode_atasan": "B1"},
        {"kode": "C1", "kode_atasan": "B2"},
        {"kode": "C2"},
        {"kode": "C3", "kode_atasan": "X"},
    ]
    assert (orphans(rows, {"B1", "B2"}), torn(rows)) == (["C2", "C3"], ["C1"])


def test_a_superiors_indicator_needs_somebody_below_unless_he_does_it_himself() -> None:
    assert unsupported([{"kode": "U1"}, {"kode": "U2", "sendiri": True}, {"kode": "U3"}], {"U1"}) == ["U3"]


@pytest.mark.parametrize(
    ("polarity", "target", "renja", "renstra", "asked"),
    [
        ("maksimum", 90, 90, 90, False), ("maksimum", 91, 90, 90, True), ("maksimum", 88, 88, 90, True),
        ("minimum", 10, 10, 12, False), ("minimum", 12, 12, 10, True), ("rentang", 10, 10, 12, False),
    ],
)  # fmt: skip
def test_another_target_than_the_renjas_or_a_worse_one_than_the_renstras_needs_a_reason(
    polarity: str, target: int, renja: int, renstra: int, asked: bool
) -> None:
    iku = {"polaritas": polarity, "target_renja": Decimal(renja), "target_renstra": Decimal(renstra)}
    assert needs_reason(Decimal(target), iku) is asked


@pytest.mark.parametrize(
    ("kind", "made"), [("kumulatif", 60), ("rata_rata", 20), ("posisi_akhir", 30), ("rasio", 30)]
)
def test_quarters_make_a_year_by_the_kind_of_indicator(kind: str, made: int) -> None:
    assert accumulated([Decimal(10), None, Decimal(20), Decimal(30)], kind) == made
    assert accumulated([None, None], kind) is None


def test_agreements_in_line_leave_nothing_to_say() -> None:
    assert list(misalignments(VALUES)) == []


@pytest.mark.parametrize(
    ("change", "test", "code"),
    [
        ({"sasaran_kadis": [{**HEAD, "kode": "U9"}]}, "IKU tidak tercantum", "U1"),
        ({"sasaran_kadis": [{**HEAD, "berbeda": True}]}, "Target berbeda tanpa alasan", "U1"),
        ({"rencana_aksi": []}, "Tanpa rencana aksi", "U1"),
        ({"anggaran_administrator": []}, "Anggaran administrator berbeda dari DPA", "2.16.03"),
        ({"pk_administrator": [{**BELOW, "kode_atasan": "U8"}]}, "Tanpa indikator bawahan", "U1"),
        ({"pk_administrator": [{**BELOW, "sendiri": False}]}, "Tanpa indikator bawahan", "B1"),
        ({"pk_administrator": [{**BELOW, "kode": "B7"}]}, "Belum diperjanjikan", "B1"),
    ],
)
def test_what_is_out_of_line_is_named(change: dict[str, Any], test: str, code: str) -> None:
    assert (test, code) in {(found["uji"], found["kode"]) for found in misalignments(VALUES | change)}


def test_in_a_revision_the_matrix_stands_for_those_who_keep_theirs() -> None:
    revised = VALUES | {"jenis_pk": "perubahan", "pk_administrator": [], "anggaran_administrator": []}
    assert list(misalignments(revised)) == []
