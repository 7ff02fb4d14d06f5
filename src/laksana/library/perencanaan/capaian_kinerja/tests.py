"""The arithmetic of the quarterly report, with the figures of the office's reference."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from laksana.library.perencanaan.achievement import achievement, of_range, rank
from laksana.library.perencanaan.capaian_kinerja.measuring import (
    deviation,
    means,
    measured,
    must_be_explained,
    quarter_end,
    weighted,
)

REPORTS: dict[str, Any] = {
    "kode": "A1", "sasaran": "A", "indikator": "Laporan", "polaritas": "maksimum", "agregasi": "kumulatif",
    "target_tahun": Decimal(48), "tw1": Decimal(12), "tw2": Decimal(12), "tw3": None, "tw4": Decimal(24),
}  # fmt: skip


def said(value: int, proof: str = "berkas") -> dict[str, Any]:
    return {"nilai": Decimal(value), "bukti": proof}


@pytest.mark.reference("capaian-kinerja/minimum")
@pytest.mark.parametrize(
    ("target", "realised", "form", "reached"),
    [
        (10, 8, "selisih", 120),
        (10, 23, "selisih", 0),
        (0, 0, "selisih", 100),
        (0, 1, "selisih", 0),
        (10, 8, "banding", 125),
        (10, 0, "banding", 100),
    ],
)
def test_less_is_better(target: int, realised: int, form: str, reached: int) -> None:
    assert achievement(Decimal(target), Decimal(realised), "minimum", form) == reached


def test_more_is_better_but_nobody_may_promise_nothing() -> None:
    assert achievement(Decimal(4), Decimal(3), "maksimum") == 75
    assert achievement(Decimal(), Decimal(3), "maksimum") is None


@pytest.mark.parametrize(("realised", "reached"), [(9, 90), (10, 100), (20, 100), (25, 75), (41, 0)])
def test_a_range_is_measured_to_its_nearest_bound(realised: int, reached: int) -> None:
    assert of_range(Decimal(10), Decimal(20), Decimal(realised)) == reached


@pytest.mark.reference("capaian-kinerja/batas-90")
@pytest.mark.parametrize(
    ("value", "name"),
    [("90.004", "Sangat Tinggi"), ("90.00", "Tinggi"), ("75", "Sedang"),
     ("65", "Rendah"), ("50", "Sangat Rendah"), ("0", "Sangat Rendah")],
)  # fmt: skip
def test_the_rank_is_that_of_the_value_that_is_not_rounded(value: str, name: str) -> None:
    assert rank(Decimal(value)) == name


def test_a_quarter_ends_on_the_last_day_of_its_third_month() -> None:
    assert [quarter_end(2026, number) for number in (1, 2, 4)] == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 12, 31),
    ]


def test_what_nobody_proved_is_not_reported_and_leaves_the_mean_alone() -> None:
    line = measured(REPORTS, [said(12, "")])
    assert (line["status"], line["capaian"], means([line])) == ("belum_dilaporkan", None, {})
    assert measured(REPORTS, [None])["status"] == "belum_dilaporkan"


def test_a_quarter_without_target_is_not_measured() -> None:
    assert measured(REPORTS, [said(12), said(12), said(9)])["status"] == "belum_diukur"


def test_a_ratio_without_population_is_left_out() -> None:
    ratio = REPORTS | {"agregasi": "rasio"}
    line = measured(ratio, [{"pembilang": Decimal(), "penyebut": Decimal(), "bukti": "register"}])
    assert (line["status"], line["capaian"]) == ("tanpa_populasi", None)


def test_the_year_counts_in_its_last_quarter_and_the_quarter_before() -> None:
    half = measured(REPORTS, [said(12), said(6)])
    assert (half["realisasi"], half["terhadap_tw"], half["terhadap_tahun"], half["capaian"]) == (
        18,
        75,
        Decimal("37.5"),
        75,
    )
    yearly = measured(REPORTS | {"target_tahun": Decimal(60)}, [said(12), said(12), None, said(24)])
    assert (yearly["terhadap_tw"], yearly["capaian"]) == (100, 80)


def test_a_deviation_is_negative_where_it_is_worse() -> None:
    assert deviation(Decimal(10), Decimal(10), Decimal(12), "minimum") == -20
    assert deviation(Decimal(10), Decimal(40), Decimal(6), "maksimum") == -10


@pytest.mark.parametrize(
    ("reached", "points", "asked"),
    [("90", "0", False), ("89.99", "0", True), ("110.01", "0", True), ("100", "-10", False),
     ("100", "-10.01", True), (None, None, False)],
)  # fmt: skip
def test_an_explanation_is_asked_outside_the_thresholds(
    reached: str | None, points: str | None, asked: bool
) -> None:
    line = {"capaian": reached and Decimal(reached), "deviasi": points and Decimal(points)}
    assert must_be_explained(line) is asked


def test_physical_progress_is_weighted_by_money() -> None:
    assert weighted([(Decimal(20), Decimal(300)), (Decimal(10), Decimal(700))]) == 13
    assert weighted([]) is None
